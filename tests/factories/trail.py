"""Somebody who goes round the triggers, as a person with the database in their hands could."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from alongside.apps.base.operations import seal_waiting
from alongside.apps.base.operations.triggers import refresh_triggers, remove_triggers
from alongside.apps.base.queries import Verdict, verify_trail
from alongside.apps.base.rules import SYSTEM

SEALED_AT = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


@contextmanager
def around_the_triggers() -> Iterator[None]:
    """Take the triggers away and put them back, leaving no line."""
    remove_triggers()
    try:
        yield
    finally:
        refresh_triggers()


def tamper(sql: str, values: list[Any] | None = None) -> None:
    """Run one statement around the triggers."""
    with around_the_triggers(), connection.cursor() as cursor:
        cursor.execute(sql, values or [])


def seal() -> int:
    """Seal what waits."""
    return seal_waiting(clock=lambda: SEALED_AT)


def verify(*, deep: bool = True) -> Verdict:
    """Verify as the system."""
    return verify_trail(SYSTEM, deep=deep)
