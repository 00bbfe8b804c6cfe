"""What a race is: something is made ready, sixteen reach for it at once, and one look says what became of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from alongside.apps.base.rules import Viewer
from alongside.apps.people.queries import get_viewer_by_id

PROCESSES, THREADS = 2, 8
RACERS = PROCESSES * THREADS
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
Given = Mapping[str, str]


@dataclass(frozen=True)
class Race:
    """One race.

    `ready()` makes rows and returns their ids; `go(given, place)` is what each racer does, and raises Refused where
    it came too late; `wrong(given)` returns words for what is not as it should be, or nothing. `winners` is how many
    must win; None where any number may.
    """

    name: str
    ready: Callable[[], Given]
    go: Callable[[Given, int], object]
    wrong: Callable[[Given], str]
    winners: int | None


class TooLate(Exception):
    """A racer came too late, where the operation says so by what it returns."""


def in_time(won: object) -> None:
    """Raise TooLate where an operation returned nothing for its caller."""
    if not won:
        raise TooLate


def as_id(given: Given, name: str) -> UUID:
    """Return an id that was made ready."""
    return UUID(given[name])


def viewer_of(given: Given, name: str = "by") -> Viewer:
    """Return the viewer of a person who was made ready."""
    return get_viewer_by_id(UUID(given[name]))


def differs(what: str, found: object, wanted: object) -> str:
    """Return words where two things that should be the same are not."""
    return "" if found == wanted else f"{what}: {found}, not {wanted}"
