"""Somebody we hold data about, as a value: what every room is asked to find, tell and erase."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Subject:
    """One natural person under every id we know them by. Ids of each kind are UUIDs of those tables.

    `voice_ids` are voices without a known speaker, `contact_ids` contacts at partner
    organisations. `names` are what names this person in anybody's free text: full
    name, address, telephone; gathered before anything is erased. `keeps_counts` holds where a whole engagement's time
    is over: its words and facts go, and how many voices it had stays.
    """

    person_ids: frozenset[UUID] = field(default_factory=frozenset)
    speaker_ids: frozenset[UUID] = field(default_factory=frozenset)
    member_ids: frozenset[UUID] = field(default_factory=frozenset)
    voice_ids: frozenset[UUID] = field(default_factory=frozenset)
    contact_ids: frozenset[UUID] = field(default_factory=frozenset)
    names: frozenset[str] = field(default_factory=frozenset)
    keeps_counts: bool = False

    @property
    def all_ids(self) -> frozenset[UUID]:
        """Return every id, whatever its kind; each may have a key of its own."""
        return self.person_ids | self.speaker_ids | self.member_ids | self.voice_ids | self.contact_ids


@dataclass(frozen=True)
class SubjectMatch:
    """A place where a name or an address was found: `kind` is person, speaker, member or contact."""

    kind: str
    id: UUID
    words: str  # what a handler needs to tell two people apart
    place: str  # where it was found, such as "Patient Partnership Programme"


@dataclass(frozen=True)
class HeldRecord:
    """One row we hold about somebody, in words: fields are pairs of a label and a value.

    `needs_review` marks what a person must read before it is handed out: private notes, words about others.
    `why` says on what basis it is held and how long.
    """

    table: str
    label: str
    record_id: str
    fields: tuple[tuple[str, str], ...]
    held_since: datetime | None = None
    needs_review: bool = False
    why: str = ""


@dataclass(frozen=True)
class CorrectableField:
    """Something that can be put right: `key` names row and column for the room that holds it."""

    key: str
    label: str
    place: str
    value: str


@dataclass(frozen=True)
class ErasedRows:
    """What became of one table's rows at an erasure; what is kept says which law keeps it."""

    table: str
    erased: int
    kept: int = 0
    because: str = ""
