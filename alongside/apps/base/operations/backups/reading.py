"""Reading a backup to its end before anything is touched: each digest, each count, nothing more and nothing less."""

import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, TypeVar

from alongside.apps.base.bridge.backups import ArchiveReader, BackupDamaged, PassphraseWrong, SealedPart
from alongside.apps.base.operations.backups.manifest import (
    HEAD_NAME,
    TALLY_NAME,
    BackupRefused,
    BackupSummary,
    FileEntry,
    Head,
    TableEntry,
)

STEP_BYTES = 2**20
Read = TypeVar("Read")


class _Seen:
    """What was found of one table while the parts went by."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()
        self.rows = 0


def inspect_backup(path: Path, passphrase: str | None) -> BackupSummary:
    """Read a whole backup and return what it holds.

    Raise BackupRefused where it was cut off, changed, locked with another passphrase, or is of another format.
    """
    head, summary = None, None
    tables: dict[str, _Seen] = {}
    files: list[FileEntry] = []
    for part in read_parts(path, passphrase):
        if part.name == HEAD_NAME:
            head = _understand(Head.from_json, part.read())
            tables = {name: _Seen() for name, _columns in head.columns}
        elif head is None or summary is not None:
            raise _damaged("its parts are not in their order")
        elif part.name == TALLY_NAME:
            summary = _understand(partial(BackupSummary.from_tally, head), part.read())
        elif part.name.startswith("files/"):
            files.append(_read_file(part))
        else:
            _read_table(part, tables)
    if head is None or summary is None:
        raise _damaged("it has no end")
    found = tuple(
        TableEntry(name, columns, tables[name].rows, tables[name].digest.hexdigest())
        for name, columns in head.columns
    )
    if found != summary.tables or tuple(files) != summary.files:
        raise _damaged("what is in it is not what it says is in it")
    return summary


def read_parts(path: Path, passphrase: str | None, *, is_checked: bool = False) -> Iterator[SealedPart]:
    """Yield the parts of a backup; raise BackupRefused where it cannot be trusted or opened."""
    try:
        with ArchiveReader(path, passphrase, is_checked=is_checked) as archive:
            yield from archive.parts()
    except BackupDamaged as damaged:
        raise BackupRefused(f"{damaged} Nothing was changed here. Use another copy.", "damaged") from damaged
    except PassphraseWrong as wrong:
        raise BackupRefused(f"{wrong} Nothing was changed here.", "passphrase") from wrong


def check_file_name(name: str) -> str:
    """Return the name of a file inside a backup; raise BackupRefused where it would lead out of its folder."""
    parts = PurePosixPath(name).parts
    if not parts or PurePosixPath(name).is_absolute() or ".." in parts:
        raise _damaged("it holds a file that would lie outside its folder")
    return name


def _understand(read: Callable[[bytes], Read], content: bytes) -> Read:
    """Return what a part says of itself; raise BackupRefused where it says it in no words of ours."""
    try:
        return read(content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as strange:
        raise _damaged("what it says of itself cannot be read") from strange


def _read_table(part: SealedPart, tables: dict[str, _Seen]) -> None:
    _tables, _, rest = part.name.partition("/")
    seen = tables.get(rest.partition("/")[0])
    if _tables != "tables" or seen is None:
        raise _damaged("it holds a part that nobody announced")
    content = part.read()
    seen.digest.update(content)
    seen.rows += content.count(b"\n")


def _read_file(part: SealedPart) -> FileEntry:
    digest, size = hashlib.sha256(), 0
    for step in read_steps(part.file):
        digest.update(step)
        size += len(step)
    return FileEntry(check_file_name(part.name.removeprefix("files/")), size, digest.hexdigest())


def read_steps(file: IO[bytes]) -> Iterator[bytes]:
    """Yield a file in steps."""
    while step := file.read(STEP_BYTES):
        yield step


def _damaged(what: str) -> BackupRefused:
    return BackupRefused(
        f"This is no whole backup of Alongside: {what}. Nothing was changed here. Use another copy.",
        "damaged",
    )
