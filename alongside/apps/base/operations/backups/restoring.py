"""Restoring a backup: everything or nothing, checked row by row before it counts."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.color import no_style
from django.db import connection, models, transaction

from alongside.apps.base.operations.audit import record_audit
from alongside.apps.base.operations.backups.making import Tell, list_applied_migrations
from alongside.apps.base.operations.backups.manifest import BackupRefused, BackupSummary, Head, TableEntry
from alongside.apps.base.operations.backups.reading import read_parts, read_steps
from alongside.apps.base.operations.backups.rows import digest_table, insert_lines, list_columns
from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.backups import LEFT_OUT, list_kept_models
from alongside.apps.base.rules.registry import registry, resolve

INSERT_ROWS = 1_000
TRIGGERED_ON_POSTGRESQL = (
    "SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace"
)


def restore_backup(
    *,
    path: Path,
    passphrase: str | None,
    summary: BackupSummary,
    may_replace: bool,
    by: Viewer,
    at: datetime,
    tell: Tell = lambda _what, _rows: None,
) -> None:
    """Put everything of a backup that `inspect_backup` has read in the place of what is here.

    One transaction: rows, digests, constraints, what other rooms do after a restore (such as erasing again who had
    been erased since), and the uploaded files last. Raise BackupRefused, changing nothing, where this installation
    is of another version, is in use and may not be replaced, or the rows do not come out as they went in.
    """
    _check_version(summary.head)
    if not may_replace and is_in_use():
        raise BackupRefused(
            "There are people in this installation already. Restore into an empty one, or say --replace to throw "
            "away what is here.",
            "place",
        )
    kept = {model._meta.db_table: model for model in list_kept_models()}
    with _new_files(path, passphrase, summary) as put_in_place, transaction.atomic():
        with _without_triggers():
            _empty(list(kept.values()))
            _load(path, passphrase, summary, kept, tell)
            _reset_sequences(list(kept.values()))
            for entry in summary.tables:
                _check_table(kept[entry.name], entry)
            connection.check_constraints()  # at once: a table with checks still to come takes no triggers back
        for step in registry.list_after_restore():
            resolve(step.run)(at=at)
        record_audit(
            by=by,
            at=at,
            operation="restore_backup",
            detail={"made_at": summary.head.made_at, "rows": summary.rows, "files": len(summary.files)},
        )
        put_in_place()


def is_in_use() -> bool:
    """Return whether anybody has an account here."""
    return get_user_model()._base_manager.exists()


def _check_version(head: Head) -> None:
    here, there = set(list_applied_migrations()), set(head.migrations)
    if there - here:
        raise BackupRefused(
            f"This backup was made by Alongside {head.version}, which is newer than this one "
            f"({len(there - here)} changes of its tables are not known here). Update Alongside first.",
            "version",
        )
    if here - there:
        raise BackupRefused(
            f"This backup was made by Alongside {head.version}, which is older than this one "
            f"({len(here - there)} changes of its tables came since). Restore it with that version into an empty "
            "installation, then update.",
            "version",
        )
    if tuple((model._meta.db_table, list_columns(model)) for model in list_kept_models()) != head.columns:
        raise BackupRefused(
            "The tables of this backup are not those of this version of Alongside.", "version"
        )


@contextmanager
def _without_triggers() -> Iterator[None]:
    """Let the triggers of every room step aside inside this transaction: rows that come back are not new writes."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # pragma: no cover  (the suite on PostgreSQL comes here)
            cursor.execute(TRIGGERED_ON_POSTGRESQL)
            tables = [connection.ops.quote_name(name) for (name,) in cursor.fetchall()]
            aside = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
            back = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            aside = [f"DROP TRIGGER {connection.ops.quote_name(name)}" for name, _sql in triggers]
            back = [sql for _name, sql in triggers]
        for statement in aside:
            cursor.execute(statement)
        yield
        for statement in back:
            cursor.execute(statement)


def _empty(kept: list[type[models.Model]]) -> None:
    quote = connection.ops.quote_name
    emptied = [one.table for one in LEFT_OUT if one.is_emptied]
    tables = [quote(name) for name in [*(model._meta.db_table for model in kept), *emptied]]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # pragma: no cover  (the suite on PostgreSQL comes here)
            cursor.execute(f"TRUNCATE {', '.join(tables)}")
            return
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608  (our own names)


def _load(
    path: Path,
    passphrase: str | None,
    summary: BackupSummary,
    kept: dict[str, type[models.Model]],
    tell: Tell,
) -> None:
    columns = dict(summary.head.columns)
    rows = dict.fromkeys(columns, 0)
    for part in read_parts(path, passphrase, is_checked=True):
        if not part.name.startswith("tables/"):
            continue
        table = part.name.split("/")[1]
        lines = part.read().splitlines()
        for start in range(0, len(lines), INSERT_ROWS):
            insert_lines(kept[table], columns[table], lines[start : start + INSERT_ROWS])
        rows[table] += len(lines)
        tell(table, rows[table])


def _reset_sequences(kept: list[type[models.Model]]) -> None:
    """Let the next number of each table follow the highest that is there."""
    with connection.cursor() as cursor:
        # SQLite needs no such statement, so only the suite on PostgreSQL comes in.
        for statement in connection.ops.sequence_reset_sql(no_style(), kept):  # pragma: no cover
            cursor.execute(statement)


def _check_table(model: type[models.Model], entry: TableEntry) -> None:
    if digest_table(model) != (entry.rows, entry.sha256):
        raise BackupRefused(
            f"The rows of {entry.name} did not come out as they went in, so nothing was changed here. "
            "Tell the makers of Alongside.",
            "damaged",
        )


class _PutInPlace:
    """Swaps the folder of uploaded files for the restored one, and back where the rest fails."""

    def __init__(self, new: Path, root: Path) -> None:
        self.new, self.root = new, root
        self.old = root.with_name(f"{root.name}.old-{secrets.token_hex(4)}")
        self.is_done = False

    def __call__(self) -> None:
        self.root.rename(self.old)
        self.new.rename(self.root)
        self.is_done = True

    def take_back(self) -> None:
        if self.is_done:
            self.root.rename(self.new)
            self.old.rename(self.root)


@contextmanager
def _new_files(path: Path, passphrase: str | None, summary: BackupSummary) -> Iterator[_PutInPlace]:
    """Write the uploaded files of a backup beside those that are here; keep the old ones until all is well."""
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    swap = _PutInPlace(root.with_name(f"{root.name}.new-{secrets.token_hex(4)}"), root)
    try:
        _write_files(path, passphrase, swap.new, summary)
        yield swap
    except BaseException:
        swap.take_back()
        raise
    finally:
        shutil.rmtree(swap.new, ignore_errors=True)
        shutil.rmtree(swap.old, ignore_errors=True)


def _write_files(path: Path, passphrase: str | None, to: Path, summary: BackupSummary) -> None:
    wanted = {entry.name: entry.sha256 for entry in summary.files}
    to.mkdir(mode=0o700)
    for part in read_parts(path, passphrase, is_checked=True):
        if part.name.startswith("files/"):
            name = part.name.removeprefix("files/")
            target, digest = to / name, hashlib.sha256()
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                for step in read_steps(part.file):
                    digest.update(step)
                    file.write(step)
                file.flush()
                os.fsync(file.fileno())
            if wanted.get(name) != digest.hexdigest():
                raise BackupRefused(
                    "This backup changed while it was read. Nothing was changed here.", "damaged"
                )
