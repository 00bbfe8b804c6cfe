"""Rule sets to read: every stored edition, and the shipped ones that nobody has stored yet."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count

from alongside.apps.agreements.bridge import list_shipped_texts, read_known_book
from alongside.apps.agreements.models import RuleSet
from alongside.apps.base.rules import Viewer, check_may
from alongside.apps.people.queries import get_names
from alongside.science.values.rules import RuleBook


@dataclass(frozen=True)
class BookLine:
    """One edition of a rule set, in a list or on its page."""

    id: UUID | None
    name: str
    title: str
    edition: int
    valid_from: date
    valid_to: date | None
    is_shipped: bool
    is_newest: bool
    added_at: datetime | None
    added_by: str
    checks: int
    book: RuleBook
    text: str

    def holds(self, on: date) -> bool:
        """Return whether it holds on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def list_rule_sets(viewer: Viewer) -> list[BookLine]:
    """Return every edition of every rule set, the newest of each first."""
    if not viewer.may("change_rule_sets"):
        check_may(viewer, "see_agreements")
    counted = RuleSet.objects.annotate(checks=Count("results"))
    stored = list(counted.order_by("name", "-edition"))
    names = get_names(viewer, {one.added_by_id for one in stored if one.added_by_id})
    newest: set[str] = set()
    lines = []
    for one in stored:
        lines.append(_as_line(one, one.checks, names, is_newest=one.name not in newest))
        newest.add(one.name)
    for text in list_shipped_texts():
        book = read_known_book(text)
        if book.name not in newest:
            lines.append(_as_shipped(text, book))
    return lines


def get_rule_set(viewer: Viewer, name: str, edition: int) -> BookLine | None:
    """Return one edition of a rule set."""
    found = (one for one in list_rule_sets(viewer) if (one.name, one.edition) == (name, edition))
    return next(found, None)


def _as_line(one: RuleSet, checks: int, names: dict[UUID, str], *, is_newest: bool) -> BookLine:
    return BookLine(
        id=one.id,
        name=one.name,
        title=one.title,
        edition=one.edition,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        is_shipped=one.is_shipped,
        is_newest=is_newest,
        added_at=one.added_at,
        added_by=names.get(one.added_by_id, "") if one.added_by_id else "",
        checks=checks,
        book=read_known_book(one.text),
        text=one.text,
    )


def _as_shipped(text: str, book: RuleBook) -> BookLine:
    return BookLine(
        id=None,
        name=book.name,
        title=book.title,
        edition=1,
        valid_from=book.valid_from,
        valid_to=book.valid_to,
        is_shipped=True,
        is_newest=True,
        added_at=None,
        added_by="",
        checks=0,
        book=book,
        text=text,
    )
