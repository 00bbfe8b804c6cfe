"""What lies inside a backup: named parts one after the other in a gzipped tar, written and read as a stream."""

import gzip
import io
import os
import secrets
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO

from alongside.adapters.backups.sealing import (
    BackupDamaged,
    SealedReader,
    SealedWriter,
    check_seal,
    sync_folder,
)

GZIP_LEVEL = 3  # words shrink well at any level, and a night's backup should not need a night


@dataclass(frozen=True)
class Part:
    """One named part of a backup, to be read before the next one is asked for."""

    name: str
    size: int
    file: IO[bytes]

    def read(self) -> bytes:
        """Return the whole part."""
        return self.file.read()


class ArchiveWriter:
    """Write a backup under another name, and give it its own only once it is whole and safe on the disk."""

    def __init__(self, path: Path, passphrase: str | None = None) -> None:
        """Begin. Raise FileExistsError where there is a file of this name, PassphraseWrong for an empty one."""
        if path.exists():
            raise FileExistsError(path)
        self._path = path
        self._waiting = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        descriptor = os.open(self._waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(descriptor, "wb")
        try:
            self._sealed = SealedWriter(self._file, passphrase)
            self._packed = gzip.GzipFile(
                filename="", mode="wb", compresslevel=GZIP_LEVEL, fileobj=self._sealed, mtime=0
            )
            self._tar = tarfile.open(  # noqa: SIM115  (closed in _finish)
                fileobj=self._packed, mode="w|", format=tarfile.PAX_FORMAT
            )
        except BaseException:
            self._drop()
            raise

    def __enter__(self) -> "ArchiveWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, places: TracebackType | None
    ) -> None:
        if kind is not None:
            self._drop()
            return
        try:
            self._finish()
        except BaseException:
            self._drop()
            raise

    def add_bytes(self, name: str, content: bytes) -> None:
        """Add a part that is in memory."""
        self.add_file(name, len(content), io.BytesIO(content))

    def add_file(self, name: str, size: int, file: IO[bytes]) -> None:
        """Add a part of so many bytes from a file."""
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, file)

    def _finish(self) -> None:
        self._tar.close()
        self._packed.close()
        self._sealed.finish()
        os.fsync(self._file.fileno())
        self._file.close()
        # A link, unlike a rename, refuses to take the place of a file that came up meanwhile.
        os.link(self._waiting, self._path)
        self._waiting.unlink()
        sync_folder(self._path.parent)

    def _drop(self) -> None:
        self._file.close()
        self._waiting.unlink(missing_ok=True)


class ArchiveReader:
    """Read a backup's parts in order. Its seal is checked first, over the whole file."""

    def __init__(self, path: Path, passphrase: str | None = None, *, is_checked: bool = False) -> None:
        """Open. Raise BackupDamaged or PassphraseWrong where it cannot be trusted or opened."""
        if not is_checked:
            check_seal(path)
        self._sealed = SealedReader(path, passphrase)

    def __enter__(self) -> "ArchiveReader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, places: TracebackType | None
    ) -> None:
        self._sealed.close()

    def parts(self) -> Iterator[Part]:
        """Yield each part; raise BackupDamaged where there is something other than files inside."""
        try:
            with (
                gzip.GzipFile(fileobj=io.BufferedReader(self._sealed), mode="rb") as packed,
                tarfile.open(fileobj=packed, mode="r|") as tar,
            ):
                for member in tar:
                    content = tar.extractfile(member) if member.isfile() else None
                    if content is None:
                        raise BackupDamaged(f"This backup holds something that is not a file: {member.name}.")
                    yield Part(member.name, member.size, content)
        except (tarfile.TarError, gzip.BadGzipFile, EOFError) as fault:
            raise BackupDamaged("This file is no backup of Alongside.") from fault
