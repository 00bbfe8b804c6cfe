"""Triggers for SQLite. They ask functions of ours who acts, so a program without them cannot write at all."""

# ruff: noqa: S608  (names of our own tables and columns, taken from the models)

from alongside.apps.base.bridge.shapes import (
    CHANGE_COLUMNS,
    KEPT_OF_CHANGE,
    KEPT_OF_ERASED_LINE,
    KEPT_OF_LINE,
    Trigger,
    quote,
    words,
)
from alongside.apps.base.rules.audited import AuditedTable, Batch, Column

NOT_SUSPENDED = "alongside_acting('suspended') = 0"
AT = "strftime('%Y-%m-%d %H:%M:%f', 'now')"


def _plain(column: Column, row: str) -> str:
    name = f"{row}.{quote(column.name)}"
    return f"CASE WHEN {name} IS NULL THEN NULL ELSE hex({name}) END" if column.is_binary else name


def _shown(table: AuditedTable, column: Column, row: str) -> str:
    return f"alongside_sha256({_plain(column, row)})" if column.name in table.masked else _plain(column, row)


def row_digest(table: AuditedTable, row: str) -> str:
    """Return the SQL for the digest of a whole row."""
    return f"alongside_sha256(json_array({', '.join(_plain(column, row) for column in table.watched)}))"


def row_key(table: AuditedTable, row: str) -> str:
    """Return the SQL for a row's id as text."""
    return f"CAST({row}.{quote(table.key)} AS TEXT)"


def key_of_text(table: AuditedTable, text: str) -> str:
    """Return the SQL that turns a row's id as text back into what its column holds."""
    return f"CAST({text} AS INTEGER)" if table.key_kind == "number" else text


def scope_of(table: AuditedTable, row: str) -> str:
    """Return the SQL for what a row belongs to while it waits."""
    return f"COALESCE({row}.{quote(table.batch.column)}, '')" if table.batch else "''"


def _values(table: AuditedTable, row: str, other: str) -> str:
    """Return the SQL for the columns that changed; what is not there was empty."""
    parts = []
    for column in table.watched:
        shown = _shown(table, column, row)
        if other:
            shown = f"CASE WHEN {_differs(column)} THEN {shown} END"
        parts.append(f"{words([column.name])}, {shown}")
    return f"json_patch('{{}}', json_object({', '.join(parts)}))"


def _differs(column: Column) -> str:
    return f"OLD.{quote(column.name)} IS NOT NEW.{quote(column.name)}"


def _waits(batch: Batch, row: str) -> str:
    return (
        f'EXISTS (SELECT 1 FROM {quote(batch.table)} WHERE "id" = {row}.{quote(batch.column)} '
        f"AND {quote(batch.open_column)} IS NULL)"
    )


def _condition(table: AuditedTable, kind: str) -> str:
    if kind == "update":
        return f"({' OR '.join(_differs(column) for column in table.watched)}) AND {NOT_SUSPENDED}"
    if table.batch is None:
        return NOT_SUSPENDED
    waits = _waits(table.batch, "NEW" if kind == "insert" else "OLD")
    if kind == "delete":
        waits += (
            f" AND NOT EXISTS (SELECT 1 FROM base_audit_change WHERE table_name = {words([table.name])} "
            f"AND row_id = {row_key(table, 'OLD')})"
        )
    return f"NOT ({waits}) AND {NOT_SUSPENDED}"


def drop(name: str) -> tuple[str, ...]:
    """Return the SQL that takes a trigger away."""
    return (f"DROP TRIGGER IF EXISTS {quote(name)}",)


def _make(name: str, table: str, source: str) -> Trigger:
    return Trigger(name, table, source, (source,), drop(name))


def _audit(table: AuditedTable, kind: str) -> Trigger:
    row = "OLD" if kind == "delete" else "NEW"
    was, now = kind != "insert", kind != "delete"
    both = "both" if kind == "update" else ""
    values = (
        AT,
        words([table.name]),
        row_key(table, row),
        f"'{kind}'",
        "alongside_acting('person')",
        "alongside_acting('work')",
        "alongside_acting('why')",
        f"{row}.{quote(table.subject)}" if table.subject else "NULL",
        scope_of(table, "OLD" if was else "NEW"),
        _values(table, "OLD", both) if was else "NULL",
        _values(table, "NEW", both) if now else "NULL",
        row_digest(table, "OLD") if was else "''",
        row_digest(table, "NEW") if now else "''",
        "''",
    )
    name = f"alongside_audit_{table.name}_{kind}"
    source = (
        f"CREATE TRIGGER {quote(name)} AFTER {kind.upper()} ON {quote(table.name)} "
        f"WHEN {_condition(table, kind)} BEGIN "
        f"INSERT INTO base_audit_change ({', '.join(map(quote, CHANGE_COLUMNS))}) VALUES ({', '.join(values)}); END"
    )
    return _make(name, table.name, source)


def _keep(table: str, kind: str, condition: str) -> Trigger:
    name = f"alongside_keep_{table}_{kind}"
    source = (
        f"CREATE TRIGGER {quote(name)} BEFORE {kind.upper()} ON {quote(table)} WHEN {condition}{NOT_SUSPENDED} "
        f"BEGIN SELECT RAISE(ABORT, 'the audit is append-only: {table}'); END"
    )
    return _make(name, table, source)


def _but_for_sealing(kept: tuple[str, ...]) -> str:
    changed = " OR ".join(f"OLD.{quote(name)} IS NOT NEW.{quote(name)}" for name in kept)
    return f"(OLD.seal_number IS NOT NULL OR NEW.seal_number IS NULL OR {changed}) AND "


def _but_for_erasing() -> str:
    changed = " OR ".join(f"OLD.{quote(name)} IS NOT NEW.{quote(name)}" for name in KEPT_OF_ERASED_LINE)
    return f"(NEW.reason <> '' OR {changed}) AND "


def make_triggers(tables: tuple[AuditedTable, ...]) -> list[Trigger]:
    """Return every trigger: three for each audited table, and those that keep the trail append-only."""
    found = [_audit(table, kind) for table in tables for kind in ("insert", "update", "delete")]
    of_line = _but_for_sealing(KEPT_OF_LINE) + _but_for_erasing()
    for table, but_for in (
        ("base_audit_change", _but_for_sealing(KEPT_OF_CHANGE)),
        ("base_audit_line", of_line),
    ):
        found += [_keep(table, "update", but_for), _keep(table, "delete", "")]
    found += [_keep("base_audit_value", "update", ""), _keep("base_audit_value", "delete", "")]
    return found


LIST = "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'alongside\\_%' ESCAPE '\\'"
