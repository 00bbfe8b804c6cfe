"""Rows that arrive by the thousand are one line: how many they are, and a keyed digest over all of them."""

# ruff: noqa: S608  (names of our own tables and columns, taken from the models)

from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, models, transaction
from django.db.models.functions import Now

from alongside.apps.base.bridge.digests import RowsDigest, digest_rows
from alongside.apps.base.bridge.shapes import quote
from alongside.apps.base.bridge.triggers import row_digest_sql, row_key_sql, scope_sql
from alongside.apps.base.models import AuditChange
from alongside.apps.base.rules import get_acting
from alongside.apps.base.rules.audited import AuditedTable, describe_table

STEP = 2_000


def record_batch(
    *, model: type[models.Model], ids: Iterable[UUID | int], scope: UUID, taken_out: bool = False
) -> None:
    """Write one line for rows that wait in staging under one source, import or run.

    Call it in the transaction that wrote them, or before the one that takes them out is done. Raise RuntimeError
    outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("record_batch must run inside the transaction of the rows it records")
    table, rest, found = describe_table(model), iter(ids), RowsDigest()
    while chunk := list(islice(rest, STEP)):
        found = found.join(_digest_of(model, table, chunk, without_known=taken_out))
    if found.rows:
        kind = AuditChange.Kind.BATCH_OUT if taken_out else AuditChange.Kind.BATCH_IN
        _write(table.name, scope.hex, kind, found)


def _digest_of(
    model: type[models.Model], table: AuditedTable, ids: Sequence[UUID | int], *, without_known: bool
) -> RowsDigest:
    """Return the digest of these rows; where they leave, without those that have lines of their own."""
    key = model._meta.pk
    prepared = [key.get_db_prep_value(one, connection) for one in ids] if key else []
    known = (
        " AND NOT EXISTS (SELECT 1 FROM base_audit_change c WHERE c.table_name = %s "
        f"AND c.row_id = {row_key_sql(table, 't')})"
        if without_known
        else ""
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {row_digest_sql(table, 't')} FROM {quote(table.name)} t "
            f"WHERE t.{quote(table.key)} IN ({', '.join(['%s'] * len(prepared))}){known}",
            [*prepared, *([table.name] if known else [])],
        )
        return digest_rows(digest for (digest,) in cursor.fetchall())


@transaction.atomic
def record_baselines(tables: Collection[AuditedTable]) -> None:
    """Write how many rows these tables hold now and their digest: what the trail begins with, or goes on from."""
    work_id = uuid4()  # what belongs together as one baseline
    for table in tables:
        by_scope = _digest_table(table)
        if not by_scope and AuditChange.objects.filter(table_name=table.name).exists():
            by_scope = {"": RowsDigest()}
        for scope, found in sorted(by_scope.items()):
            _write(table.name, scope, AuditChange.Kind.BASELINE, found, work_id)


def _digest_table(table: AuditedTable) -> dict[str, RowsDigest]:
    found: dict[str, RowsDigest] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {scope_sql(table, 't')}, {row_digest_sql(table, 't')} FROM {quote(table.name)} t "
            "ORDER BY 1"
        )
        while rows := cursor.fetchmany(STEP):
            for scope, part in _group(rows):
                found[scope] = found.get(scope, RowsDigest()).join(digest_rows(part))
    return found


def _group(rows: Sequence[Any]) -> Iterable[tuple[str, list[str]]]:
    by_scope: dict[str, list[str]] = {}
    for scope, digest in rows:
        by_scope.setdefault(scope, []).append(digest)
    return by_scope.items()


def _write(
    table: str, scope: str, kind: AuditChange.Kind, found: RowsDigest, work_id: UUID | None = None
) -> None:
    now = get_acting()
    AuditChange.objects.create(
        at=Now(),
        table_name=table,
        row_id="",
        kind=kind,
        person_id=now.person_id,
        work_id=work_id or now.work_id,
        why=now.why,
        scope=scope,
        new={"rows": found.rows, "digest": found.words},
    )
