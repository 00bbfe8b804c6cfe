"""The sealer: one at a time it numbers and chains what the triggers and the operations have written.

It takes personal values out of the lines and locks them beside the chain, under the key of whom they are about.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.db.models import Max

from alongside.apps.base.bridge.digests import digest_reason, digest_value, keyed
from alongside.apps.base.bridge.heads import keep_head
from alongside.apps.base.bridge.links import seal_change, seal_line
from alongside.apps.base.models import AuditChange, AuditHead, AuditLine, AuditValue, PersonKey
from alongside.apps.base.operations.jobs import JobWork
from alongside.apps.base.operations.keys import ToLock, lock_for
from alongside.apps.base.rules import get_acting
from alongside.apps.base.rules.audited import AuditedTable, find_audited_table

MOST_AT_ONCE = 500  # a short transaction: others want to write too
# Names the keys of rows that are about nobody in particular.
OWN_KEYS = UUID("6f1d1c1e-5b0e-5c57-9a53-0a1d6e0d7f11")


def name_own_key(table_name: str, row_id: str) -> UUID:
    """Return the id of the key of a row that is about nobody in particular; destroy it to erase the row's values."""
    return uuid5(OWN_KEYS, f"{table_name}:{row_id}")


def hold_head() -> AuditHead:
    """Return the end of the chain, held until the transaction ends, so that nobody else seals meanwhile."""
    AuditHead.objects.get_or_create(id=1)
    return AuditHead.objects.select_for_update().get(id=1)


@transaction.atomic
def seal_some(*, at: datetime, most: int = MOST_AT_ONCE) -> int:
    """Seal the oldest waiting lines of both kinds; return how many."""
    head = hold_head()
    changes = list(AuditChange.objects.filter(seal_number=None).order_by("id")[:most])
    lines = list(AuditLine.objects.filter(seal_number=None).order_by("id")[:most])
    if not changes and not lines:
        return 0
    _lock_values(changes, at)
    for line in lines:
        line.reason_digest = digest_reason(str(line.id), line.reason)
    waiting: list[AuditChange | AuditLine] = [*changes, *lines]
    for one in sorted(waiting, key=lambda one: (one.at, isinstance(one, AuditLine), str(one.id))):
        head.seal_number += 1
        one.seal_number = head.seal_number
        one.seal = seal_line(head.seal, one) if isinstance(one, AuditLine) else seal_change(head.seal, one)
        head.seal = one.seal
    _write(changes, lines)
    head.sealed_at = at
    head.save(update_fields=["seal_number", "seal", "sealed_at"])
    return len(waiting)


def seal_waiting(
    *, clock: Callable[[], datetime], on_progress: Callable[[int], None] = lambda _done: None
) -> int:
    """Seal everything that waits, in short transactions; return how many lines. Keep the head of the day."""
    done = 0
    while sealed := seal_some(at=clock()):
        done += sealed
        on_progress(done)
    _keep_head_of_the_day(clock())
    return done


def seal_trail(work: JobWork) -> None:
    """Seal everything that waits, as a piece of background work."""
    done = seal_waiting(clock=work.clock, on_progress=lambda done: work.progress(done, 0, f"{done:,} sealed"))
    with work.finish() as result:
        result["sealed"] = done


def mark_trail() -> int:
    """Return the trail's last change so far, to find later what came after it."""
    return AuditChange.objects.aggregate(last=Max("id"))["last"] or 0


def list_own_keys(*, since: int) -> set[UUID]:
    """Return the keys of rows about nobody in particular that this piece of work changed since a mark.

    An erasure destroys them with the person's own: what stood in those rows was about the erased person.
    """
    work_id = get_acting().work_id
    changed = AuditChange.objects.filter(id__gt=since, subject_id=None).exclude(kind__in=AuditChange.BATCHES)
    mine = changed.filter(work_id=work_id) if work_id else changed
    return {name_own_key(table, row) for table, row in mine.values_list("table_name", "row_id").distinct()}


@transaction.atomic
def _keep_head_of_the_day(at: datetime) -> None:
    head = hold_head()
    if head.seal_number and head.kept_on != at.date():
        keep_head(number=head.seal_number, seal=head.seal, at=at)
        head.kept_on = at.date()
        head.save(update_fields=["kept_on"])


def _lock_values(changes: Sequence[AuditChange], at: datetime) -> None:
    """Put digests in the place of personal values, and the values under lock; nothing of an erased person."""
    found: dict[int, tuple[UUID, str]] = {}
    for one in changes:
        one.before, one.after = (keyed(row) if row else "" for row in (one.before, one.after))
        table = find_audited_table(one.table_name)
        if table is None or one.kind in AuditChange.BATCHES:
            continue
        kept = {side: _take_out(one, side, table) for side in ("old", "new")}
        if any(kept.values()):
            subject = one.subject_id or name_own_key(one.table_name, one.row_id)
            found[one.id] = (subject, json.dumps(kept, ensure_ascii=False))
    subjects = {subject for subject, _words in found.values()}
    erased = set(
        PersonKey.objects.filter(subject_id__in=subjects, destroyed_at__isnull=False).values_list(
            "subject_id", flat=True
        )
    )
    left = {change_id: pair for change_id, pair in found.items() if pair[0] not in erased}
    locked = lock_for(
        [
            ToLock(subject, words, f"base_audit_value:{change_id}")
            for change_id, (subject, words) in left.items()
        ],
        at=at,
    )
    AuditValue.objects.bulk_create(
        [
            AuditValue(change_id=change_id, subject_id=subject, locked=value)
            for (change_id, (subject, _words)), value in zip(left.items(), locked, strict=True)
        ]
    )


def _take_out(one: AuditChange, side: str, table: AuditedTable) -> dict[str, Any]:
    """Leave digests of one side's personal and secret values; return the personal ones that may be kept."""
    values: dict[str, Any] = getattr(one, side) or {}
    hidden = {name: value for name, value in values.items() if name in table.personal | table.masked}
    if hidden:
        digests = {name: {"sealed": digest_value(one.id, name, value)} for name, value in hidden.items()}
        setattr(one, side, {**values, **digests})
    return {name: value for name, value in hidden.items() if name not in table.masked}


def _write(changes: Sequence[AuditChange], lines: Sequence[AuditLine]) -> None:
    with connection.cursor() as cursor:
        if changes:
            cursor.executemany(
                "UPDATE base_audit_change SET seal_number = %s, seal = %s, old = %s, new = %s, before = %s, after = %s "
                "WHERE id = %s",
                [
                    (
                        one.seal_number,
                        one.seal,
                        _as_json(one.old),
                        _as_json(one.new),
                        one.before,
                        one.after,
                        one.id,
                    )
                    for one in changes
                ],
            )
        if lines:
            key = AuditLine._meta.get_field("id")
            cursor.executemany(
                "UPDATE base_audit_line SET seal_number = %s, seal = %s, reason_digest = %s WHERE id = %s",
                [
                    (
                        one.seal_number,
                        one.seal,
                        one.reason_digest,
                        key.get_db_prep_value(one.id, connection),
                    )
                    for one in lines
                ],
            )


def _as_json(values: dict[str, Any] | None) -> str | None:
    return None if values is None else json.dumps(values, ensure_ascii=False)
