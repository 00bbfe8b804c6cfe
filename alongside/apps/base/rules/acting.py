"""Who acts just now, why, and in which piece of work: what the audit writes beside every changed row."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from alongside.apps.base.rules.viewer import Viewer


@dataclass(frozen=True)
class Acting:
    """Hold who acts, why (a page, a kind of job, a command) and the work all of its lines belong to."""

    person_id: UUID | None = None
    why: str = ""
    work_id: UUID | None = None


NOBODY = Acting()
_acting: ContextVar[Acting] = ContextVar("alongside_acting", default=NOBODY)


def get_acting() -> Acting:
    """Return who acts in this thread just now; nobody where no entrance has said so."""
    return _acting.get()


@contextmanager
def acting(by: Viewer | UUID | None, *, why: str, work_id: UUID | None = None) -> Iterator[Acting]:
    """Say for a while who acts and why; a work of its own is made where none is given."""
    person_id = by.person_id if isinstance(by, Viewer) else by
    now = Acting(person_id, why[:120], work_id or uuid4())
    token = _acting.set(now)
    try:
        yield now
    finally:
        _acting.reset(token)


def change_acting(*, by: Viewer | None = None, why: str | None = None) -> None:
    """Say more about the work that has begun, such as the page once its address is known, or who signed in."""
    now = _acting.get()
    if by is not None:
        now = replace(now, person_id=by.person_id)
    if why is not None:
        now = replace(now, why=why[:120])
    _acting.set(now)
