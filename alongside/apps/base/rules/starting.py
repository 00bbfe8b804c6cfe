"""What is about to begin, and what stands in its way, as values: the one question rooms ask before a start."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Starting:
    """Something that is about to begin on a day: an engagement, an event, a payment, a funded programme, a project.

    `kind` is the word a room gives its things ("engagement", "event", "payment", "funding", "project"), `title`
    what a reader calls this one.
    """

    kind: str
    id: UUID
    title: str
    on: date


@dataclass(frozen=True)
class Blocker:
    """One thing in the way of a start: which rule, why, and what would unblock it; `url` leads to where."""

    rule: str
    why: str
    remedy: str
    url: str = ""

    @property
    def words(self) -> str:
        """Return it as one line for a refusal."""
        return f"{self.why} {self.remedy} ({self.rule})" if self.rule else f"{self.why} {self.remedy}"
