"""What rooms tell about partners, as values: a timeline, how a relationship stands, records that are shared."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class TimelineEntry:
    """One thing on a partner's timeline.

    `kind` is a short word for a tag ("meeting", "payment"); `words` say one or two sentences more. `is_shared` says
    whether the partner sees it too.
    """

    organisation_id: UUID
    on: date
    kind: str
    title: str
    words: str = ""
    url: str = ""
    is_shared: bool = False


@dataclass(frozen=True)
class HealthReason:
    """One reason why a relationship stands as it does, in a few words such as "2 promises late".

    `weight` is 0 for something good to know, 1 for something to look at, 2 for something that strains.
    """

    organisation_id: UUID
    words: str
    weight: int
    url: str = ""


@dataclass(frozen=True)
class SharedTable:
    """Records of one kind as a partner sees them and takes them away: plain words, dates as ISO, money in pounds."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
