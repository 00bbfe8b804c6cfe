"""Where somebody's words have gone, as a value: what a withdrawal must be honest about."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class PublishedUse:
    """One place words went. `kind` is public_story, insight, report, export or partner.

    `use` names the permission it rests on, such as quote_public. `can_be_undone` says whether stopping that use
    takes the words away there; what was printed or downloaded cannot be called back. `times` counts how often.
    """

    kind: str
    use: str
    title: str
    on: date
    can_be_undone: bool
    object_id: UUID | None = None
    times: int = 1

    def to_json(self) -> dict[str, object]:
        """Return it as a ledger line keeps it."""
        return {
            "kind": self.kind,
            "use": self.use,
            "title": self.title,
            "on": self.on.isoformat(),
            "can_be_undone": self.can_be_undone,
            "object_id": str(self.object_id) if self.object_id else "",
            "times": self.times,
        }

    @classmethod
    def from_json(cls, kept: dict[str, str | int | bool]) -> "PublishedUse":
        """Return what a ledger line kept."""
        return cls(
            kind=str(kept["kind"]),
            use=str(kept["use"]),
            title=str(kept["title"]),
            on=date.fromisoformat(str(kept["on"])),
            can_be_undone=bool(kept["can_be_undone"]),
            object_id=UUID(str(kept["object_id"])) if kept["object_id"] else None,
            times=int(kept["times"]),
        )
