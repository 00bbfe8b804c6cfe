"""Reads across rooms: a person's own day, search, the audit lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext

from alongside.apps.base.queries import list_audit_lines
from alongside.apps.base.rules import Viewer, check_may
from alongside.apps.base.rules.registry import registry, resolve
from alongside.apps.people.queries import get_names
from alongside.science.values.trail import DayItem, SearchHit

MOST_HITS = 20
AUDIT_LINES = 50
GROUPS = ("needs_you", "late", "new")


@dataclass(frozen=True)
class Day:
    """A person's own day: what needs them, what is late, what is new."""

    needs_you: Sequence[DayItem]
    late: Sequence[DayItem]
    new: Sequence[DayItem]

    @property
    def is_quiet(self) -> bool:
        """Return whether there is nothing at all."""
        return not (self.needs_you or self.late or self.new)


@dataclass(frozen=True)
class FoundSection:
    """What one room found."""

    label: str
    hits: Sequence[SearchHit]

    @property
    def may_be_more(self) -> bool:
        """Return whether the room stopped looking."""
        return len(self.hits) >= MOST_HITS


@dataclass(frozen=True)
class AuditRow:
    """One audit line in words."""

    at: datetime
    who: str
    operation: str
    object_type: str
    object_id: UUID | None
    reason: str


def get_day(viewer: Viewer, on: date) -> Day:
    """Return the viewer's day, gathered from every room that announced a part of it; soonest first."""
    items: list[DayItem] = []
    for section in sorted(registry.start_sections.values(), key=lambda one: one.position):
        items.extend(resolve(section.provide)(viewer, on))
    by_group = {group: [item for item in items if item.group == group] for group in GROUPS}
    by_group["late"].sort(key=lambda item: item.on or on)
    return Day(needs_you=by_group["needs_you"], late=by_group["late"], new=by_group["new"])


def search(viewer: Viewer, words: str) -> list[FoundSection]:
    """Return what each room finds for these words, as far as the viewer may see it; nothing below two letters."""
    if len(words.strip()) < 2:
        return []
    sources = sorted(registry.search_sources.values(), key=lambda one: one.position)
    found = [
        FoundSection(gettext(source.label), resolve(source.find)(viewer, words.strip(), MOST_HITS))
        for source in sources
    ]
    return [section for section in found if section.hits]


def list_audit(viewer: Viewer, *, operation: str = "", page: str = "1") -> Page[AuditRow]:
    """Return a page of the newest audit lines with names, for those who may see them."""
    check_may(viewer, "see_audit")
    found: Page[Any] = Paginator(list_audit_lines(viewer, operation=operation), AUDIT_LINES).get_page(page)
    lines = list(found.object_list)
    names = get_names(viewer, {line.by_person_id for line in lines if line.by_person_id})
    found.object_list = [
        AuditRow(
            at=line.at,
            who=names.get(line.by_person_id, "Alongside") if line.by_person_id else "Alongside or the public",
            operation=line.operation.replace("_", " "),
            object_type=_name_type(line.object_type),
            object_id=line.object_id,
            reason=line.reason,
        )
        for line in lines
    ]
    return found


def _name_type(label: str) -> str:
    """Return the words for a kind of row, or its label where it is gone."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label
