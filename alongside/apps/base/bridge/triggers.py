"""The triggers of the database in use, and the SQL that says a row's id and digest there."""

from functools import lru_cache
from typing import Protocol

from django.db import connection

from alongside.apps.base.bridge import postgresql, sqlite
from alongside.apps.base.bridge.shapes import Trigger
from alongside.apps.base.rules.audited import AuditedTable, list_audited_tables


class Engine(Protocol):
    """What a database must be able to say."""

    LIST: str

    def make_triggers(self, tables: tuple[AuditedTable, ...]) -> list[Trigger]: ...
    def drop(self, name: str) -> tuple[str, ...]: ...
    def row_digest(self, table: AuditedTable, row: str) -> str: ...
    def row_key(self, table: AuditedTable, row: str) -> str: ...
    def key_of_text(self, table: AuditedTable, text: str) -> str: ...
    def scope_of(self, table: AuditedTable, row: str) -> str: ...


ENGINES: dict[str, Engine] = {"sqlite": sqlite, "postgresql": postgresql}


@lru_cache
def _make(vendor: str) -> tuple[Trigger, ...]:
    return tuple(ENGINES[vendor].make_triggers(list_audited_tables()))


def list_wanted_triggers() -> tuple[Trigger, ...]:
    """Return the triggers this database should have."""
    return _make(connection.vendor)


def drop_sql(name: str) -> tuple[str, ...]:
    """Return the SQL that takes a trigger of ours away."""
    return ENGINES[connection.vendor].drop(name)


def list_faulty_triggers() -> list[Trigger]:
    """Return the triggers that should be there and are not, are off, or say something else."""
    tables, here = set(connection.introspection.table_names()), list_installed_triggers()
    return [
        one
        for one in list_wanted_triggers()
        if one.table in tables and here.get((one.table, one.name)) != one.source
    ]


def list_installed_triggers() -> dict[tuple[str, str], str]:
    """Return the source of every trigger of ours that is there and on, by table and name."""
    with connection.cursor() as cursor:
        cursor.execute(ENGINES[connection.vendor].LIST)
        return {(table, name): source for table, name, source in cursor.fetchall()}


def row_digest_sql(table: AuditedTable, row: str) -> str:
    """Return the SQL for the digest of a whole row under an alias."""
    return ENGINES[connection.vendor].row_digest(table, row)


def row_key_sql(table: AuditedTable, row: str) -> str:
    """Return the SQL for a row's id as text under an alias."""
    return ENGINES[connection.vendor].row_key(table, row)


def key_of_text_sql(table: AuditedTable, text: str) -> str:
    """Return the SQL that turns a row's id as text back into what its column holds."""
    return ENGINES[connection.vendor].key_of_text(table, text)


def scope_sql(table: AuditedTable, row: str) -> str:
    """Return the SQL for what a row belongs to while it waits, under an alias."""
    return ENGINES[connection.vendor].scope_of(table, row)
