"""Making a backup: one moment of every table, and the uploaded files of that moment."""

import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from alongside import __version__
from alongside.apps.base.bridge.backups import ArchiveWriter, PassphraseWrong
from alongside.apps.base.operations.audit import record_audit
from alongside.apps.base.operations.backups.manifest import (
    FORMAT,
    HEAD_NAME,
    TALLY_NAME,
    BackupRefused,
    BackupSummary,
    FileEntry,
    Head,
    TableEntry,
)
from alongside.apps.base.operations.backups.rows import list_columns, read_lines
from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.backups import list_kept_models, list_missing_tables

PART_BYTES = 4 * 2**20
LINKS_PREFIX = "backup-links-"
BEGIN_READING = {
    "sqlite": "BEGIN",
    "postgresql": "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
}
Tell = Callable[[str, int], None]


def make_backup(
    *, path: Path, passphrase: str | None, by: Viewer, at: datetime, tell: Tell = lambda _what, _rows: None
) -> BackupSummary:
    """Write everything this installation holds into one new file, while others go on writing.

    `tell(what, rows)` hears how far it is. Raise BackupRefused, leaving no file, where there is one of this name,
    the passphrase is empty, or the database holds a table nobody has decided about.
    """
    missing = list_missing_tables(list_database_tables())
    if missing:
        raise BackupRefused(
            f"The database holds tables that no backup would hold: {', '.join(missing)}. Bring the database to this "
            "version, or move tables that are not Alongside's to a database of their own.",
            "place",
        )
    try:
        with ArchiveWriter(path, passphrase) as archive, _one_moment(), _linked_files() as files:
            summary = _write(archive, files, at, tell)
    except FileExistsError as taken:
        raise BackupRefused(f"{path} is there already. Choose another name.", "place") from taken
    except PassphraseWrong as wrong:
        raise BackupRefused(str(wrong), "passphrase") from wrong
    with transaction.atomic():
        detail: dict[str, object] = {
            "rows": summary.rows,
            "files": len(summary.files),
            "locked": passphrase is not None,
        }
        record_audit(by=by, at=at, operation="make_backup", detail=detail)
    return summary


def list_database_tables() -> frozenset[str]:
    """Return the names of the tables in the database."""
    with connection.cursor() as cursor:
        return frozenset(connection.introspection.table_names(cursor))


def list_applied_migrations() -> tuple[str, ...]:
    """Return "app.name" of every migration this database has had."""
    return tuple(sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()))


@contextmanager
def _one_moment() -> Iterator[None]:
    """Hold one moment of the database, which everything read inside belongs to; nobody waits for it.

    The transaction is begun by hand: Django would begin with SQLite's write lock, and on PostgreSQL the trail asks
    something of every transaction before its kind can be chosen.
    """
    with connection.cursor() as cursor:
        cursor.execute(BEGIN_READING[connection.vendor])
        try:
            cursor.execute("SELECT COUNT(*) FROM django_migrations")  # the moment is that of the first read
            cursor.fetchall()
            yield
        finally:
            cursor.execute("ROLLBACK")


@contextmanager
def _linked_files() -> Iterator[Path]:
    """Hold every uploaded file of this moment by a second name, so that one taken away meanwhile is still there."""
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in root.parent.glob(f"{LINKS_PREFIX}*"):  # by a backup that was killed
        shutil.rmtree(left, ignore_errors=True)
    links = Path(tempfile.mkdtemp(prefix=LINKS_PREFIX, dir=root.parent))
    try:
        for path in sorted(root.rglob("*")):
            if path.is_file() and not path.is_symlink():
                _link(path, links / path.relative_to(root))
        yield links
    finally:
        shutil.rmtree(links, ignore_errors=True)


def _link(path: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        os.link(path, to)
    except FileNotFoundError:
        return  # taken away a moment ago: brought in or left out, and so not needed any more
    except OSError:
        shutil.copy2(path, to)  # a file system without second names


def _write(archive: ArchiveWriter, files: Path, at: datetime, tell: Tell) -> BackupSummary:
    kept = list_kept_models()
    head = Head(
        format=FORMAT,
        version=__version__,
        engine=connection.vendor,
        made_at=at.isoformat(),
        migrations=list_applied_migrations(),
        columns=tuple((model._meta.db_table, list_columns(model)) for model in kept),
    )
    archive.add_bytes(HEAD_NAME, head.as_json())
    tables = tuple(_write_table(archive, model, tell) for model in kept)
    entries = tuple(_write_file(archive, files, path) for path in sorted(files.rglob("*")) if path.is_file())
    summary = BackupSummary(head, tables, entries)
    archive.add_bytes(TALLY_NAME, summary.tally_as_json())
    return summary


def _write_table(archive: ArchiveWriter, model: type[models.Model], tell: Tell) -> TableEntry:
    table = model._meta.db_table
    digest, part, rows, number = hashlib.sha256(), io.BytesIO(), 0, 0

    def leave() -> None:
        nonlocal number
        number += 1
        archive.add_bytes(f"tables/{table}/{number:06d}.jsonl", part.getvalue())
        part.seek(0)
        part.truncate()
        tell(table, rows)

    for line in read_lines(model):
        digest.update(line)
        part.write(line)
        rows += 1
        if part.tell() >= PART_BYTES:
            leave()
    if part.tell():
        leave()
    return TableEntry(table, list_columns(model), rows, digest.hexdigest())


def _write_file(archive: ArchiveWriter, root: Path, path: Path) -> FileEntry:
    name, size = path.relative_to(root).as_posix(), path.stat().st_size
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        archive.add_file(f"files/{name}", size, file)
    return FileEntry(name, size, sha256)
