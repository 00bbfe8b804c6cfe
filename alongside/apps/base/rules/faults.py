"""Which faults of the machine a reader can wait out: the database is away, something is held, the disk is full."""

import errno
from enum import Enum

from django.db import Error as DatabaseFault
from django.db.utils import InterfaceError, OperationalError


class Fault(Enum):
    """What stands in the way, as far as a reader needs to know."""

    AWAY = "away"  # the database cannot be reached, or was stopped while it worked for us
    HELD = "held"  # somebody else holds what we need, longer than we wait
    CLASHED = "clashed"  # two writes crossed and the database undid one of them: worth one more try
    FULL = "full"  # there is no room left on the disk


FULL_NUMBERS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# SQLSTATE as PostgreSQL names it: single codes first, then whole classes by their first two letters.
_BY_STATE = {
    "40001": Fault.CLASHED,
    "40P01": Fault.CLASHED,
    "55P03": Fault.HELD,
    "57014": Fault.HELD,
    "53100": Fault.FULL,
    "53200": Fault.AWAY,
    "53300": Fault.AWAY,
    "25006": Fault.AWAY,
    "57P01": Fault.AWAY,
    "57P02": Fault.AWAY,
    "57P03": Fault.AWAY,
    "57P05": Fault.AWAY,
    "58030": Fault.AWAY,
}
# SQLite says it in words; the driver's number is not there in every version of it.
_BY_WORDS = (
    ("disk is full", Fault.FULL),
    ("is locked", Fault.HELD),
    ("unable to open database", Fault.AWAY),
    ("disk i/o error", Fault.AWAY),
)


def find_fault(exception: BaseException | None) -> Fault | None:
    """Return what of the machine is behind an exception; None where the fault is in our own work.

    Looks at the exception and at what it was raised from, at most five deep.
    """
    for _depth in range(5):
        if exception is None:
            return None
        if found := _find_in(exception):
            return found
        exception = exception.__cause__ or (None if exception.__suppress_context__ else exception.__context__)
    return None


def _find_in(exception: BaseException) -> Fault | None:
    if isinstance(exception, OSError):
        return Fault.FULL if exception.errno in FULL_NUMBERS else None
    if isinstance(exception, InterfaceError):
        return Fault.AWAY
    if not isinstance(exception, DatabaseFault):
        return None
    state = getattr(exception.__cause__, "sqlstate", None)
    if state:
        return _BY_STATE.get(state) or (Fault.AWAY if state.startswith("08") else None)
    if not isinstance(exception, OperationalError):
        return None
    words = str(exception).lower()
    for part, fault in _BY_WORDS:
        if part in words:
            return fault
    # psycopg names no state where there was no server left to give one; SQLite's others are our own mistakes.
    return Fault.AWAY if _is_of_psycopg(exception.__cause__) else None


def _is_of_psycopg(cause: BaseException | None) -> bool:
    return cause is not None and type(cause).__module__.startswith("psycopg")
