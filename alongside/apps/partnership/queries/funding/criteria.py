"""What we fund and how we judge, as it is in force on a day: published by a lead, or as it was shipped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from alongside.apps.partnership.bridge.funding import read_shipped_criteria
from alongside.apps.partnership.models import FundingCriteria
from alongside.apps.partnership.rules.funding import Criterion


@dataclass(frozen=True)
class CriteriaPage:
    """One edition as everybody may read it."""

    edition: int
    valid_from: date
    intro: str
    criteria: tuple[Criterion, ...]
    warn_from_percent: int
    source: str


def as_criteria(raw: Iterable[Sequence[str]]) -> list[Criterion]:
    """Return stored criteria as values."""
    return [Criterion(key, title, words) for key, title, words in raw]


def as_page(row: FundingCriteria) -> CriteriaPage:
    """Return a stored edition as everybody may read it."""
    return CriteriaPage(
        row.edition,
        row.valid_from,
        row.intro,
        tuple(as_criteria(row.criteria)),
        row.warn_from_percent,
        row.source,
    )


def get_criteria(on: date, edition: int | None = None) -> CriteriaPage | None:
    """Return the edition in force on a day, or the one that is asked for; None where there is no such edition.

    These are public, so no viewer is asked for.
    """
    rows = FundingCriteria.objects.all()
    found = rows.filter(valid_from__lte=on).order_by("-valid_from", "-edition").first()
    if edition is not None:
        found = rows.filter(edition=edition).first()
    if found is not None:
        return as_page(found)
    shipped = read_shipped_criteria()
    if edition not in (None, shipped.edition):
        return None
    return CriteriaPage(
        shipped.edition,
        shipped.valid_from,
        shipped.intro,
        tuple(as_criteria(shipped.criteria)),
        shipped.warn_from_percent,
        shipped.source,
    )


def list_editions() -> list[CriteriaPage]:
    """Return every published edition, newest first."""
    return [as_page(one) for one in FundingCriteria.objects.order_by("-edition")]


def get_warning_level(on: date) -> CriteriaPage:
    """Return the edition whose warning level holds on a day; before the first one, the shipped one."""
    found = get_criteria(on)
    assert found is not None  # noqa: S101  (without an edition asked for there is always one)
    return found
