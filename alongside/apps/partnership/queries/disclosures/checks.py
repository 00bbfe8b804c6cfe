"""What partners were asked and what they said: for the team every check, for an organisation its own."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import Disclosure, DisclosureCheck, DisclosureRow
from alongside.apps.partnership.queries.disclosures.rows import with_corrections


@dataclass(frozen=True)
class OurYear:
    """One year as an organisation sees it: what is asked of it, and what it said."""

    id: UUID
    year: int
    state: str
    is_public: bool
    rows: int
    answer: str
    answer_words: str
    due_on: date | None
    may_answer: bool


@dataclass(frozen=True)
class OurDisclosure:
    """An organisation's rows of one year, with the check that waits for it and what was said before."""

    disclosure: Disclosure
    rows: list[DisclosureRow]
    check: DisclosureCheck | None
    earlier: list[DisclosureCheck]
    may_answer: bool


def list_checks(viewer: Viewer, disclosure_id: UUID, answer: str) -> "QuerySet[DisclosureCheck]":
    """Return what each organisation was asked and said: those who asked us to look first, then the silent."""
    found = DisclosureCheck.objects.for_viewer(viewer).filter(disclosure_id=disclosure_id, is_current=True)
    if answer:
        found = found.filter(answer="" if answer == "silent" else answer)
    return found.select_related("organisation").order_by("organisation__name", "id")


def get_check(viewer: Viewer, check_id: UUID) -> DisclosureCheck | None:
    """Return one check to the team."""
    if not viewer.may("see_disclosures"):
        return None
    return DisclosureCheck.objects.select_related("organisation", "disclosure").filter(id=check_id).first()


def list_rows_of_check(check: DisclosureCheck) -> list[DisclosureRow]:
    """Return the rows a check is about."""
    found = DisclosureRow.objects.filter(
        disclosure_id=check.disclosure_id, organisation_id=check.organisation_id
    )
    return list(with_corrections(found.standing()).order_by("number", "id"))


def list_our_years(viewer: Viewer) -> list[OurYear]:
    """Return the years in which the viewer's organisation stands, the latest first; nobody else's."""
    if viewer.partner_id is None or not viewer.may("see_own_organisation"):
        return []
    counts: dict[UUID, int] = {}
    rows = DisclosureRow.objects.for_viewer(viewer).values_list("disclosure_id", flat=True)
    for disclosure_id in rows:
        counts[disclosure_id] = counts.get(disclosure_id, 0) + 1
    current = DisclosureCheck.objects.for_viewer(viewer).filter(is_current=True)
    checks = {one.disclosure_id: one for one in current}
    years = Disclosure.objects.filter(id__in={*counts, *checks}).order_by("-year")
    return [_as_our_year(one, counts.get(one.id, 0), checks.get(one.id)) for one in years]


def _as_our_year(one: Disclosure, rows: int, check: DisclosureCheck | None) -> OurYear:
    return OurYear(
        id=one.id,
        year=one.year,
        state=one.state,
        is_public=one.state in Disclosure.PUBLIC,
        rows=rows,
        answer=check.answer if check else "",
        answer_words=check.get_answer_display() if check and check.answer else "",
        due_on=one.checks_due_on,
        may_answer=_may_answer(one, check),
    )


def _may_answer(disclosure: Disclosure, check: DisclosureCheck | None) -> bool:
    return disclosure.state == Disclosure.State.CHECKING and check is not None and not check.reply


def get_our_disclosure(viewer: Viewer, disclosure_id: UUID) -> OurDisclosure | None:
    """Return the rows of the viewer's own organisation in one year; None where it was never asked."""
    if viewer.partner_id is None or not viewer.may("see_own_organisation"):
        return None
    found = Disclosure.objects.filter(id=disclosure_id).first()
    if found is None:
        return None
    mine = DisclosureRow.objects.for_viewer(viewer).filter(disclosure=found)
    rows = list(with_corrections(mine).order_by("number", "id"))
    checks = list(DisclosureCheck.objects.for_viewer(viewer).filter(disclosure=found).order_by("-asked_at"))
    if not rows and not checks:
        return None
    check = next((one for one in checks if one.is_current), None)
    earlier = [one for one in checks if not one.is_current and one.answer]
    return OurDisclosure(found, rows, check, earlier, _may_answer(found, check))


@dataclass(frozen=True)
class WaitingCheck:
    """A check an organisation has not answered."""

    disclosure_id: UUID
    year: int
    due_on: date | None
    reminded_at: datetime | None


def list_waiting_checks(viewer: Viewer) -> list[WaitingCheck]:
    """Return what waits for the viewer's own organisation."""
    if viewer.partner_id is None or not viewer.may("speak_for_organisation"):
        return []
    waiting = DisclosureCheck.objects.for_viewer(viewer).filter(
        is_current=True, answer="", disclosure__state=Disclosure.State.CHECKING
    )
    return [
        WaitingCheck(one.disclosure_id, one.disclosure.year, one.disclosure.checks_due_on, one.reminded_at)
        for one in waiting.select_related("disclosure").order_by("disclosure__year")
    ]
