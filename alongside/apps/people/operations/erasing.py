"""Erasing somebody in every room at once, the ledger that outlives a backup, and replaying it."""

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from alongside.apps.base.bridge import list_vault_keys
from alongside.apps.base.models import new_id
from alongside.apps.base.operations import destroy_keys, record_audit
from alongside.apps.base.operations.backups import BackupRefused
from alongside.apps.base.operations.covering import cover_mentions, shred_free_space
from alongside.apps.base.operations.sealing import list_own_keys, mark_trail, seal_some
from alongside.apps.base.rules import SYSTEM, Refused, Viewer, check, check_may
from alongside.apps.base.rules.registry import registry, resolve
from alongside.apps.base.rules.subjects import ErasedRows, Subject
from alongside.apps.people.models import DataRequest, Erasure, Person, RoleGrant
from alongside.apps.people.operations.steps import end_request, lock_request
from alongside.apps.people.queries.subjects import gather_names, get_chosen_subject
from alongside.apps.people.rules.ledger import LedgerLine, last_digest, read_lines, write_line
from alongside.apps.people.rules.requests import check_kind, check_known, check_open

LEDGER = "erasures.jsonl"
TYPED = "ERASE"


class _Rollback(Exception):
    """Take back what a preview did."""


def ledger_path() -> Path:
    """Return where the ledger of erasures lies: beside the database, and outside of it."""
    return Path(settings.DATA) / LEDGER


def preview_erasure(*, request_id: UUID, by: Viewer, at: datetime) -> list[ErasedRows]:
    """Return what an erasure would do, exactly: it is done and taken back in one transaction."""
    check_may(by, "erase_people")
    rows: list[ErasedRows] = []
    try:
        with transaction.atomic():
            request = lock_request(by, request_id)
            rows = _erase_everywhere(_subject_of(request), by, at)
            raise _Rollback
    except _Rollback:
        return [row for row in rows if row.erased or row.kept]


@transaction.atomic
def erase_person(*, request_id: UUID, typed: str, by: Viewer, at: datetime) -> Erasure:
    """Erase the person a request is about, in every room, and say what was kept and why.

    Raise Refused where it is not known who asks, where nobody was chosen, or where the last administrator would go.
    """
    check_may(by, "erase_people")
    check(
        typed.strip().upper() == TYPED, f"Type {TYPED} to confirm. This cannot be taken back.", field="typed"
    )
    request = lock_request(by, request_id)
    check_kind(request.kind, (DataRequest.Kind.ERASURE,))
    check_open(request.state)
    check_known(request.identity)
    subject = _subject_of(request)
    _check_may_go(subject, by)
    end_request(request, DataRequest.State.ANSWERED, what="erased", note="", by=by, at=at)
    return erase_subject(subject=subject, kind=Erasure.Kind.PERSON, by=by, at=at, request_id=request.id)


@transaction.atomic
def erase_subject(
    *, subject: Subject, kind: str, by: Viewer, at: datetime, request_id: UUID | None = None
) -> Erasure:
    """Erase whoever a subject is, record it by ids alone, and write the ledger's line before it counts.

    The caller has made sure that it may happen: a person's confirmed request, or the confirmed end of an engagement's
    time.
    """
    mark = mark_trail()
    rows = _erase_everywhere(subject, by, at)
    _forget_in_trail(mark, at)
    erasure = Erasure.objects.create(
        id=new_id(),
        kind=kind,
        request_id=request_id,
        subjects=len(subject.all_ids),
        counts=_as_counts(rows),
        by_id=by.person_id,
        at=at,
    )
    detail: dict[str, object] = {"subjects": len(subject.all_ids), "rows": sum(row.erased for row in rows)}
    record_audit(by=by, at=at, operation="erase", on=erasure, detail=detail)
    # The line is on the disk before the commit: a crash in between leaves a line too many, never one too few.
    append_to_ledger(LedgerLine(erasure.id, at, subject))
    transaction.on_commit(shred_free_space)
    return erasure


@transaction.atomic
def replay_erasures(*, ledger_path: Path, by: Viewer, at: datetime) -> int:
    """Erase again, in a restored backup, whatever was erased since it was made; return how many erasures that were.

    Erasures the backup already knows are left alone, so that replaying twice changes nothing. Raise Refused where the
    ledger was changed.
    """
    check_may(by, "erase_people")
    lines = read_lines(read_ledger(ledger_path), keys=list_vault_keys())
    known = set(Erasure.objects.values_list("id", flat=True))
    missing = [line for line in lines if line.id not in known]
    mark = mark_trail()
    for line in missing:
        rows = _erase_everywhere(line.subject, by, line.at)
        kind = Erasure.Kind.RETENTION if line.subject.keeps_counts else Erasure.Kind.PERSON
        Erasure.objects.create(
            id=line.id, kind=kind, subjects=len(line.subject.all_ids), counts=_as_counts(rows), by_id=by.person_id,
            at=line.at, replayed_at=at,
        )  # fmt: skip
    _forget_in_trail(mark, at)
    record_audit(by=by, at=at, operation="replay_erasures", detail={"erasures": len(missing)})
    transaction.on_commit(shred_free_space)
    return len(missing)


def erase_again(*, at: datetime) -> int:
    """Erase again, after a restore, whomever the ledger beside the database names; return how many erasures that were.

    Raise BackupRefused where the ledger was changed: nothing is restored then.
    """
    try:
        return replay_erasures(ledger_path=ledger_path(), by=SYSTEM, at=at)
    except Refused as refusal:
        raise BackupRefused(refusal.reason, "damaged") from refusal


def read_ledger(path: Path) -> list[str]:
    """Return the whole lines of a ledger; a last line without its end was never part of an erasure that counted."""
    if not path.exists():
        return []
    return path.read_text("utf-8").split("\n")[:-1]


def append_to_ledger(line: LedgerLine) -> None:
    """Add a line to the ledger and wait until it is on the disk."""
    path = ledger_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = read_ledger(path)
    written = write_line(line, before=last_digest(lines), key=list_vault_keys()[0]) + "\n"
    whole = sum(len(one.encode()) + 1 for one in lines)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.ftruncate(descriptor, whole)
        os.lseek(descriptor, whole, os.SEEK_SET)
        os.write(descriptor, written.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _subject_of(request: DataRequest) -> Subject:
    subject = get_chosen_subject(request.id)
    if not subject.all_ids:
        raise Refused("First choose who in our records this person is.")
    return subject


def _check_may_go(subject: Subject, by: Viewer) -> None:
    check(by.own_id not in subject.person_ids, "You cannot erase yourself. Ask another governance lead.")
    administrators = RoleGrant.objects.filter(role="administrator", ended_at=None, person__is_active=True)
    going = administrators.filter(person_id__in=subject.person_ids)
    staying = administrators.exclude(person_id__in=subject.person_ids)
    check(
        not going.exists() or staying.exists(),
        "This is the last administrator. Make somebody else one before this account is erased.",
    )


def _erase_everywhere(subject: Subject, by: Viewer, at: datetime) -> list[ErasedRows]:
    """Ask every room, from the top floor down, then cover the names that stand in other people's words."""
    # The rows of accounts come first in the order of locks, so that two erasures never wait for each other.
    list(Person.objects.select_for_update().filter(id__in=subject.person_ids).order_by("id"))
    sources = registry.list_personal_sources()[::-1]
    if not subject.keeps_counts:
        subject = gather_names(subject)
    rows: list[ErasedRows] = []
    for source in sources:
        rows += resolve(source.erase)(subject, by=by, at=at)
    rows += cover_mentions(names=subject.names)
    destroy_keys(subject.all_ids, at=at)
    return rows


def _forget_in_trail(mark: int, at: datetime) -> None:
    """Lock what the trail wrote of the erasure itself after the keys are gone, so that nobody can read it."""
    destroy_keys(list_own_keys(since=mark), at=at)
    while seal_some(at=at):
        pass


def _as_counts(rows: Sequence[ErasedRows]) -> list[dict[str, object]]:
    return [
        {"table": row.table, "erased": row.erased, "kept": row.kept, "because": row.because}
        for row in rows
        if row.erased or row.kept
    ]
