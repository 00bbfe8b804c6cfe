"""Whether every live row is as the trail last saw it: what somebody did around the triggers shows here."""

# ruff: noqa: S608  (names of our own tables and columns, taken from the models)

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from alongside.apps.base.bridge.digests import RowsDigest, keyed
from alongside.apps.base.bridge.shapes import quote
from alongside.apps.base.bridge.triggers import key_of_text_sql, row_digest_sql, row_key_sql, scope_sql
from alongside.apps.base.models import AuditChange
from alongside.apps.base.rules.audited import AuditedTable, list_audited_tables

STEP = 2_000
OF_ROWS = "kind IN ('insert', 'update', 'delete')"
LAST = (
    "SELECT max(x.id) FROM base_audit_change x WHERE x.table_name = %s AND x.row_id = {key} AND x.id > %s "
    "AND x." + OF_ROWS
)


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, in words; with the number of the line where it is one line's."""

    words: str
    number: int | None = None


@dataclass
class _Sums:
    """For each source, import or run: what should be there by the batches, and what is."""

    wanted: dict[str, RowsDigest] = field(default_factory=dict)
    found: dict[str, RowsDigest] = field(default_factory=dict)
    a_row: dict[str, str] = field(default_factory=dict)

    def add_found(self, scope: str, digest: str) -> None:
        """Count one row by its keyed digest."""
        self.found[scope] = self.found.get(scope, RowsDigest()).add(digest)


def match_tables(say: Callable[[str, int, int], None]) -> Iterator[Finding]:
    """Yield what is wrong, table by table; the first bad row of each."""
    here = set(connection.introspection.table_names())
    tables = [one for one in list_audited_tables() if one.name in here]
    for number, table in enumerate(tables, 1):
        yield from _match(table)
        say("tables", number, len(tables))


def _match(table: AuditedTable) -> Iterator[Finding]:
    start, sums = _read_batches(table)
    bad = _match_rows(table, start, sums) or _find_gone(table, start)
    if bad:
        yield bad
        return
    _add_first_states(table, start, sums)
    yield from _compare(table, sums)


def _read_batches(table: AuditedTable) -> tuple[int, _Sums]:
    """Return after which line the trail of a table begins, and what its baseline and batches say."""
    lines = AuditChange.objects.filter(table_name=table.name)
    sums = _Sums()
    last = lines.filter(kind=AuditChange.Kind.BASELINE).order_by("-id").first()
    start = 0
    if last:
        for one in lines.filter(kind=AuditChange.Kind.BASELINE, work_id=last.work_id):
            start = max(start, one.id)
            sums.wanted[one.scope] = _read_digest(one)
    for one in lines.filter(kind__in=("batch_in", "batch_out"), id__gt=start).iterator(STEP):
        before = sums.wanted.get(one.scope, RowsDigest())
        was_in = one.kind == AuditChange.Kind.BATCH_IN
        sums.wanted[one.scope] = before.join(_read_digest(one)) if was_in else before.leave(_read_digest(one))
    return start, sums


def _read_digest(one: AuditChange) -> RowsDigest:
    said = one.new or {}
    return RowsDigest(int(said.get("rows", 0)), int(str(said.get("digest", "0")), 16))


def _fetch(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _match_rows(table: AuditedTable, start: int, sums: _Sums) -> Finding | None:
    """Compare each live row with its last line, in one statement a step, so that nothing moves in between."""
    key = row_key_sql(table, "t")
    own = f"t.{quote(table.key)}"
    sql = (
        f"SELECT {own}, {key}, {row_digest_sql(table, 't')}, {scope_sql(table, 't')}, c.kind, c.after, "
        f"c.seal_number, c.id FROM {quote(table.name)} t LEFT JOIN base_audit_change c ON c.id = "
        f"({LAST.format(key=key)})"
    )
    last: list[Any] = []
    while True:
        where = f" WHERE {own} > %s" if last else ""
        rows = _fetch(f"{sql}{where} ORDER BY {own} LIMIT {STEP}", [table.name, start, *last])
        for _own, row_id, digest, scope, kind, after, number, change_id in rows:
            if change_id is None:
                sums.add_found(scope, keyed(digest))
                sums.a_row.setdefault(scope, row_id)
            elif kind == "delete" or keyed(digest) != (after if number else keyed(after)):
                return _tell_apart(table, row_id, kind, number)
        if len(rows) < STEP:
            return None
        last = [rows[-1][0]]


def _tell_apart(table: AuditedTable, row_id: str, kind: str, number: int | None) -> Finding:
    what = "is here again after it was removed" if kind == "delete" else "is not as its last line left it"
    line = f", line {number}" if number else ""
    return Finding(
        f"Row {row_id} of {table.name} {what}{line}: somebody wrote to it around the triggers.", number
    )


def _find_gone(table: AuditedTable, start: int) -> Finding | None:
    rows = _fetch(
        "SELECT c.row_id, c.seal_number FROM base_audit_change c "
        f"WHERE c.table_name = %s AND c.id > %s AND c.{OF_ROWS} AND c.kind <> 'delete' "
        "AND NOT EXISTS (SELECT 1 FROM base_audit_change x WHERE x.table_name = c.table_name "
        f"AND x.row_id = c.row_id AND x.id > c.id AND x.{OF_ROWS}) "
        f"AND NOT EXISTS (SELECT 1 FROM {quote(table.name)} t "
        f"WHERE t.{quote(table.key)} = {key_of_text_sql(table, 'c.row_id')}) ORDER BY c.id LIMIT 1",
        [table.name, start],
    )
    for row_id, number in rows:
        line = f" after line {number}" if number else ""
        return Finding(f"Row {row_id} of {table.name} is gone{line} without a line that says so.", number)
    return None


def _add_first_states(table: AuditedTable, start: int, sums: _Sums) -> None:
    """Add the rows that came in a batch and have changed since, as they were then."""
    rows = _fetch(
        "SELECT c.scope, c.before, c.seal_number FROM base_audit_change c "
        "WHERE c.table_name = %s AND c.id > %s AND c.kind IN ('update', 'delete') "
        "AND NOT EXISTS (SELECT 1 FROM base_audit_change x WHERE x.table_name = c.table_name "
        f"AND x.row_id = c.row_id AND x.id < c.id AND x.id > %s AND x.{OF_ROWS})",
        [table.name, start, start],
    )
    for scope, before, number in rows:
        sums.add_found(scope, before if number else keyed(before))


def _compare(table: AuditedTable, sums: _Sums) -> Iterator[Finding]:
    for scope in sorted({*sums.wanted, *sums.found}):
        wanted, found = sums.wanted.get(scope, RowsDigest()), sums.found.get(scope, RowsDigest())
        if wanted == found or not _is_settled(table, scope):
            continue
        where = f"{table.name}, {table.batch.column} {scope}" if table.batch and scope else table.name
        if wanted.rows == found.rows:
            yield Finding(f"The {found.rows} rows of {where} are not those that were recorded together.")
        else:
            row = sums.a_row.get(scope, "")
            hint = f" One of them is row {row}." if row and not wanted.rows else ""
            yield Finding(f"{where} holds {found.rows} rows where {wanted.rows} were recorded.{hint}")


def _is_settled(table: AuditedTable, scope: str) -> bool:
    """Return whether rows of this scope are in for good; while they wait they come and go."""
    if table.batch is None or not scope:
        return True
    batch = table.batch
    sql = f"SELECT 1 FROM {quote(batch.table)} WHERE id = %s AND {quote(batch.open_column)} IS NOT NULL"
    return bool(_fetch(sql, [scope]))
