"""A person's own day, gathered from every room that announced a part of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.registry import registry, resolve
from alongside.science.values.trail import DayItem

GROUPS = ("needs_you", "late", "new")


@dataclass(frozen=True)
class Day:
    """A person's own day: what needs them, what is late, what is new."""

    needs_you: Sequence[DayItem]
    late: Sequence[DayItem]
    new: Sequence[DayItem]

    @property
    def every(self) -> list[DayItem]:
        """Return every line, what needs the person first."""
        return [*self.needs_you, *self.late, *self.new]

    @property
    def is_quiet(self) -> bool:
        """Return whether there is nothing at all."""
        return not (self.needs_you or self.late or self.new)


def get_day(viewer: Viewer, on: date) -> Day:
    """Return the viewer's day, gathered from every room that announced a part of it; soonest first."""
    items: list[DayItem] = []
    for section in sorted(registry.start_sections.values(), key=lambda one: one.position):
        items.extend(resolve(section.provide)(viewer, on))
    by_group = {group: [item for item in items if item.group == group] for group in GROUPS}
    by_group["late"].sort(key=lambda item: item.on or on)
    return Day(needs_you=by_group["needs_you"], late=by_group["late"], new=by_group["new"])
