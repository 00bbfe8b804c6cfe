"""Emptying tables between tests although some refuse to be emptied: their triggers step aside for the flush alone."""

from typing import Any

from django.db import connection

OF_AUDIT = "name LIKE 'alongside%'"  # they look away by themselves
SQLITE_TRIGGERS = f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND NOT {OF_AUDIT}"
GUARDED = (
    "SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal AND tgname NOT LIKE 'alongside%' "
    "AND relnamespace = current_schema()::regnamespace"
)


def let_tables_be_emptied() -> Any:
    """Wrap the engine's own statements for a flush; return what they were, to put them back."""
    operations = type(connection.ops)
    as_it_was = operations.sql_flush

    def sql_flush(self: Any, style: Any, tables: Any, **options: Any) -> list[str]:
        statements = as_it_was(self, style, tables, **options)
        if not statements:
            return []
        with self.connection.cursor() as cursor:
            if self.connection.vendor == "sqlite":
                cursor.execute(SQLITE_TRIGGERS)
                triggers = cursor.fetchall()
                aside = [f'DROP TRIGGER "{name}"' for name, _sql in triggers]
                back = [sql for _name, sql in triggers]
            else:
                cursor.execute(GUARDED)
                names = [name for (name,) in cursor.fetchall()]
                aside = [f'ALTER TABLE "{name}" DISABLE TRIGGER USER' for name in names]
                back = [f'ALTER TABLE "{name}" ENABLE TRIGGER USER' for name in names]
        return [*aside, *statements, *back]

    operations.sql_flush = sql_flush  # type: ignore[method-assign]
    return as_it_was
