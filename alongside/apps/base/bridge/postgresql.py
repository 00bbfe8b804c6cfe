"""Triggers for PostgreSQL. They read who acts from a setting that lives no longer than the transaction."""

# ruff: noqa: S608  (names of our own tables and columns, taken from the models)

import hashlib

from alongside.apps.base.bridge.shapes import (
    CHANGE_COLUMNS,
    KEPT_OF_CHANGE,
    KEPT_OF_ERASED_LINE,
    KEPT_OF_LINE,
    Trigger,
    quote,
    words,
)
from alongside.apps.base.rules.audited import AuditedTable, Batch

SETTING = "alongside.acting"
CASTS = {"number": "::bigint", "uuid": "::uuid", "text": ""}
REFUSED = (
    "RAISE EXCEPTION 'the audit is append-only: %', TG_TABLE_NAME "
    "USING ERRCODE = 'integrity_constraint_violation'"
)


def _digest_of(value: str) -> str:
    return f"encode(sha256(convert_to(({value})::text, 'UTF8')), 'hex')"


def _array(names: object) -> str:
    listed = words(sorted(names))  # type: ignore[call-overload]
    return f"ARRAY[{listed}]::text[]"


def row_digest(table: AuditedTable, row: str) -> str:
    """Return the SQL for the digest of a whole row; the session's time zone must be UTC."""
    return _digest_of(f"to_jsonb({row}) - {_array(table.passing)}")


def row_key(table: AuditedTable, row: str) -> str:
    """Return the SQL for a row's id as text, a UUID without its dashes."""
    return _as_text(table, f"{row}.{quote(table.key)}::text")


def _as_text(table: AuditedTable, text: str) -> str:
    return f"replace({text}, '-', '')" if table.key_kind == "uuid" else text


def key_of_text(table: AuditedTable, text: str) -> str:
    """Return the SQL that turns a row's id as text back into what its column holds."""
    return text + CASTS[table.key_kind]


def scope_of(table: AuditedTable, row: str) -> str:
    """Return the SQL for what a row belongs to while it waits."""
    return f"COALESCE(replace({row}.{quote(table.batch.column)}::text, '-', ''), '')" if table.batch else "''"


def _values(table: AuditedTable, one: str, other: str) -> str:
    """Return the SQL for the columns that changed; what is not there was empty."""
    value = "value"
    if table.masked:
        value = (
            f"CASE WHEN key = ANY({_array(table.masked)}) THEN to_jsonb({_digest_of('value')}) ELSE value END"
        )
    return (
        f"CASE WHEN {one} IS NULL THEN NULL ELSE (SELECT COALESCE(jsonb_object_agg(key, {value}), '{{}}'::jsonb) "
        f"FROM jsonb_each({one}) WHERE value <> 'null'::jsonb AND value IS DISTINCT FROM {other} -> key) END"
    )


def _waits(batch: Batch, row: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {quote(batch.table)} WHERE id = {row}.{quote(batch.column)} "
        f"AND {quote(batch.open_column)} IS NULL)"
    )


def _batch_part(table: AuditedTable) -> str:
    if table.batch is None:
        return ""
    return f"""
  IF TG_OP = 'INSERT' THEN
    IF {_waits(table.batch, "NEW")} THEN RETURN NULL; END IF;
  ELSIF TG_OP = 'DELETE' THEN
    IF {_waits(table.batch, "OLD")} AND NOT EXISTS (SELECT 1 FROM base_audit_change
      WHERE table_name = {words([table.name])} AND row_id = {row_key(table, "OLD")}) THEN RETURN NULL; END IF;
  END IF;"""


def _scope_from(table: AuditedTable) -> str:
    column = words([table.batch.column]) if table.batch else ""
    return f"COALESCE(replace(COALESCE(was, now) ->> {column}, '-', ''), '')" if table.batch else "''"


def _audit(table: AuditedTable) -> Trigger:
    subject = f"(COALESCE(now, was) ->> {words([table.subject])})::uuid" if table.subject else "NULL"
    passing = _array(table.passing)
    values = (
        "clock_timestamp()",
        words([table.name]),
        _as_text(table, f"COALESCE(now, was) ->> {words([table.key])}"),
        "lower(TG_OP)",
        "NULLIF(who[1], '')::uuid",
        "NULLIF(who[2], '')::uuid",
        "COALESCE(who[3], '')",
        subject,
        _scope_from(table),
        _values(table, "was", "now"),
        _values(table, "now", "was"),
        f"COALESCE({_digest_of('was')}, '')",
        f"COALESCE({_digest_of('now')}, '')",
        "''",
    )
    body = f"""
DECLARE
  who text[] := string_to_array(COALESCE(current_setting('{SETTING}', true), ''), '|');
  was jsonb;
  now jsonb;
BEGIN{_batch_part(table)}
  IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD) - {passing}; END IF;
  IF TG_OP <> 'DELETE' THEN now := to_jsonb(NEW) - {passing}; END IF;
  IF was IS NOT DISTINCT FROM now THEN RETURN NULL; END IF;
  INSERT INTO base_audit_change ({", ".join(map(quote, CHANGE_COLUMNS))})
  VALUES ({", ".join(values)});
  RETURN NULL;
END
"""
    return _make("alongside_audit", table.name, body, "AFTER INSERT OR UPDATE OR DELETE", "ROW")


def drop(name: str) -> tuple[str, ...]:
    """Return the SQL that takes a trigger away, with its function of the same name."""
    return (f"DROP FUNCTION IF EXISTS {quote(name)}() CASCADE",)


def _make(kind: str, table: str, body: str, when: str, each: str) -> Trigger:
    name = f"{kind}_{hashlib.sha256((table + when + body).encode()).hexdigest()[:16]}"
    return Trigger(
        name,
        table,
        body,
        create=(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET timezone TO 'UTC' "
            f"AS $alongside${body}$alongside$",
            f"DROP TRIGGER IF EXISTS {name} ON {quote(table)}",
            f"CREATE TRIGGER {name} {when} ON {quote(table)} FOR EACH {each} EXECUTE FUNCTION {name}()",
        ),
        drop=drop(name),
    )


def _keep(table: str, kept: tuple[str, ...], erased: tuple[str, ...] = ()) -> list[Trigger]:
    refused = REFUSED
    if kept:
        same = " AND ".join(f"NEW.{quote(name)} IS NOT DISTINCT FROM OLD.{quote(name)}" for name in kept)
        refused = (
            "IF TG_OP = 'UPDATE' THEN IF OLD.seal_number IS NULL AND NEW.seal_number IS NOT NULL "
            f"AND {same} THEN RETURN NEW; END IF; END IF; {REFUSED}"
        )
    if erased:
        same = " AND ".join(f"NEW.{quote(name)} IS NOT DISTINCT FROM OLD.{quote(name)}" for name in erased)
        refused = f"IF TG_OP = 'UPDATE' THEN IF NEW.reason = '' AND {same} THEN RETURN NEW; END IF; END IF; {refused}"
    body = f" BEGIN {refused}; END "
    return [
        _make("alongside_keep", table, body, "BEFORE UPDATE OR DELETE", "ROW"),
        _make("alongside_keep", table, f" BEGIN {REFUSED}; END ", "BEFORE TRUNCATE", "STATEMENT"),
    ]


def make_triggers(tables: tuple[AuditedTable, ...]) -> list[Trigger]:
    """Return every trigger: one for each audited table, and those that keep the trail append-only."""
    found = [_audit(table) for table in tables]
    found += _keep("base_audit_change", KEPT_OF_CHANGE)
    found += _keep("base_audit_line", KEPT_OF_LINE, KEPT_OF_ERASED_LINE)
    found += _keep("base_audit_value", ())
    return found


LIST = (
    "SELECT c.relname, t.tgname, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' "
    "AND c.relnamespace = current_schema()::regnamespace AND t.tgname LIKE 'alongside\\_%'"
)
