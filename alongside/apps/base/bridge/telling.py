"""Tell the database who acts, so that its triggers can write it beside each changed row.

SQLite's triggers call functions of ours. PostgreSQL's read a setting made with `set_config(…, is_local => true)` just
before the first write of each transaction: it dies with the transaction, committed or not, so that no later work on
the same connection can ever be laid at somebody else's door. A rolled-back savepoint takes a setting with it, so we
set it again after one. Writes outside a transaction get a short one of their own.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from alongside.apps.base.bridge.postgresql import SETTING
from alongside.apps.base.rules.acting import Acting, get_acting

READS = ("SELECT", "SHOW", "EXPLAIN", "FETCH", "DECLARE", "CLOSE")
WRITES = ("INSERT", "UPDATE", "DELETE", "WITH", "MERGE", "COPY")
IDLE = 0  # psycopg's name for "no transaction has begun yet"
_suspended: ContextVar[bool] = ContextVar("alongside_suspended", default=False)


@contextmanager
def suspended_on_sqlite() -> Iterator[None]:
    """Let SQLite's triggers be silent in this thread; nothing that comes in as SQL can ask for it."""
    token = _suspended.set(True)
    try:
        yield
    finally:
        _suspended.reset(token)


def _say(what: str) -> str | int | None:
    now = get_acting()
    if what == "suspended":
        return int(_suspended.get())
    if what == "why":
        return now.why
    found = now.person_id if what == "person" else now.work_id
    return found.hex if found else None


def _sha256(value: object) -> str | None:
    return None if value is None else hashlib.sha256(str(value).encode("utf-8", "surrogatepass")).hexdigest()


def say_who_acts(connection: BaseDatabaseWrapper, **_more: object) -> None:
    """Prepare a new connection; called by Django for each."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("alongside_acting", 1, _say)
        connection.connection.create_function("alongside_sha256", 1, _sha256, deterministic=True)
        return
    if not any(isinstance(one, _SayFirst) for one in connection.execute_wrappers):
        connection.execute_wrappers.append(_SayFirst(connection))


class _SayFirst:
    """Say who acts before the first write of a transaction, and again where that was undone or has changed."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection
        self.said: Acting | None = None

    def __call__(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        verb = sql.lstrip(" \n(")[:12].upper() if isinstance(sql, str) else "WITH"
        if verb.startswith(READS):
            return execute(sql, params, many, context)
        if verb.startswith("ROLLBACK"):
            self.said = None
            return execute(sql, params, many, context)
        if self.connection.get_autocommit():
            if not verb.startswith(WRITES):
                return execute(sql, params, many, context)
            with transaction.atomic(using=self.connection.alias):
                self._say()
                return execute(sql, params, many, context)
        self._say()
        return execute(sql, params, many, context)

    def _say(self) -> None:
        """Set who acts for the rest of this transaction, unless it was said in it already."""
        now, raw = get_acting(), self.connection.connection
        if raw.info.transaction_status != IDLE and self.said == now:
            return
        words = "|".join(
            (
                now.person_id.hex if now.person_id else "",
                now.work_id.hex if now.work_id else "",
                now.why.replace("|", " "),
            )
        )
        with raw.cursor() as cursor:  # below Django's own cursor: this is no statement of the application
            cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, words])
        self.said = now
