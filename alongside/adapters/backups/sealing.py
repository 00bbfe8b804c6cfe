"""The outer shell of a backup: chunks locked with a passphrase where there is one, and a seal at the end.

Unlocked, a backup is a gzipped tar that any tool opens, followed by the seal. Locked, it is a head of 47 bytes, then
chunks of 1 MiB under AES-256-GCM with a key from the passphrase (Argon2id). Each chunk is bound to the head, to its
number and to being the last or not, so that none can be changed, left out, moved or cut off. Either way the seal is
the SHA-256 of everything before it: a damaged copy is known before a passphrase is asked for.
"""

import hashlib
import io
import os
import secrets
import struct
from pathlib import Path
from typing import IO

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"alongside locked backup\x01"
SEAL_MARK = b"\nalongside end "
SEAL_BYTES = len(SEAL_MARK) + 64 + 1
SALT_BYTES, PREFIX_BYTES, TAG_BYTES = 16, 7, 16
HEAD_BYTES = len(MAGIC) + SALT_BYTES + PREFIX_BYTES
CHUNK_BYTES = 2**20
# Argon2id as RFC 9106 recommends where memory is scarce: 64 MiB, three passes, four lanes.
ARGON_PASSES, ARGON_KIBIBYTES, ARGON_LANES = 3, 65_536, 4


class BackupDamaged(Exception):
    """Say that a file is no backup, or not a whole and unchanged one."""


class PassphraseWrong(Exception):
    """Say that a passphrase is missing, not wanted, or not the one the backup was locked with."""


def check_seal(path: Path) -> None:
    """Read a file to its end and compare its seal; raise BackupDamaged where it is cut off or changed."""
    size = path.stat().st_size
    if size <= SEAL_BYTES:
        raise BackupDamaged("This file is too short to be a backup.")
    digest = hashlib.sha256()
    with path.open("rb") as file:
        left = size - SEAL_BYTES
        while left and (part := file.read(min(CHUNK_BYTES, left))):
            digest.update(part)
            left -= len(part)
        seal = file.read()
    if not seal.startswith(SEAL_MARK) or not seal.endswith(b"\n"):
        raise BackupDamaged("This file has no end: the copy was cut off, or it is no backup of Alongside.")
    if seal[len(SEAL_MARK) : -1].decode("ascii", "replace") != digest.hexdigest():
        raise BackupDamaged("This file was changed or damaged after it was made.")


def is_locked(path: Path) -> bool:
    """Return whether a backup wants a passphrase."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


class _Lock:
    """One key and the nonces of a file's chunks."""

    def __init__(self, head: bytes, passphrase: str) -> None:
        salt = head[len(MAGIC) : len(MAGIC) + SALT_BYTES]
        key = hash_secret_raw(
            passphrase.encode(), salt, ARGON_PASSES, ARGON_KIBIBYTES, ARGON_LANES, 32, Type.ID
        )
        self._cipher = AESGCM(key)
        self._head = head
        self._prefix = head[-PREFIX_BYTES:]
        self._number = 0

    def _nonce(self, is_last: bool) -> bytes:
        nonce = self._prefix + struct.pack(">IB", self._number, is_last)
        self._number += 1
        return nonce

    def lock(self, part: bytes, *, is_last: bool) -> bytes:
        return self._cipher.encrypt(self._nonce(is_last), part, self._head)

    def open(self, part: bytes, *, is_last: bool) -> bytes:
        is_first = self._number == 0
        try:
            return self._cipher.decrypt(self._nonce(is_last), part, self._head)
        except InvalidTag as failed:
            if is_first:
                raise PassphraseWrong("This is not the passphrase the backup was locked with.") from failed
            raise BackupDamaged("A part of this backup was changed after it was made.") from failed


class SealedWriter(io.RawIOBase):
    """A file to write a backup into; `finish` locks the last chunk and sets the seal."""

    def __init__(self, file: IO[bytes], passphrase: str | None) -> None:
        """Begin. Raise PassphraseWrong where the passphrase is empty."""
        super().__init__()
        self._file = file
        self._digest = hashlib.sha256()
        self._waiting = bytearray()
        self._lock: _Lock | None = None
        if passphrase is not None:
            check_passphrase(passphrase)
            head = MAGIC + secrets.token_bytes(SALT_BYTES + PREFIX_BYTES)
            self._lock = _Lock(head, passphrase)
            self._put(head)

    def writable(self) -> bool:
        """Return that it can be written."""
        return True

    def write(self, part: bytes, /) -> int:  # type: ignore[override]
        """Take a part of the backup; whole chunks leave at once."""
        self._waiting += part
        # One chunk always waits, because only the end tells which chunk is the last.
        while len(self._waiting) > CHUNK_BYTES:
            self._leave(bytes(self._waiting[:CHUNK_BYTES]), is_last=False)
            del self._waiting[:CHUNK_BYTES]
        return len(part)

    def finish(self) -> None:
        """Write what waits, and the seal; the caller makes the file safe on the disk."""
        self._leave(bytes(self._waiting), is_last=True)
        self._file.write(SEAL_MARK + self._digest.hexdigest().encode() + b"\n")
        self._file.flush()

    def _leave(self, part: bytes, *, is_last: bool) -> None:
        self._put(self._lock.lock(part, is_last=is_last) if self._lock else part)

    def _put(self, part: bytes) -> None:
        self._digest.update(part)
        self._file.write(part)


class SealedReader(io.RawIOBase):
    """Reads what a SealedWriter wrote, from the first byte to the last. Check the seal before."""

    def __init__(self, path: Path, passphrase: str | None) -> None:
        """Open. Raise PassphraseWrong where one is missing, empty, not wanted or not the right one."""
        super().__init__()
        locked = is_locked(path)
        if locked and passphrase is None:
            raise PassphraseWrong("This backup is locked. Give its passphrase with --passphrase-file.")
        if passphrase is not None:
            check_passphrase(passphrase)
            if not locked:
                raise PassphraseWrong("This backup is not locked. Leave --passphrase-file out.")
        self._file = path.open("rb")
        self._left = path.stat().st_size - SEAL_BYTES
        self._ready = b""
        self._lock: _Lock | None = None
        if passphrase is not None:
            self._lock = _Lock(self._take(HEAD_BYTES), passphrase)
            self._fill()

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Fill a buffer with what comes next; 0 at the end."""
        if not self._ready:
            self._fill()
        part = self._ready[: len(buffer)]
        buffer[: len(part)] = part
        self._ready = self._ready[len(part) :]
        return len(part)

    def close(self) -> None:
        """Close the file."""
        if not self.closed and hasattr(self, "_file"):
            self._file.close()
        super().close()

    def _fill(self) -> None:
        if not self._left:
            return
        part = self._take(CHUNK_BYTES + TAG_BYTES if self._lock else CHUNK_BYTES)
        self._ready = self._lock.open(part, is_last=not self._left) if self._lock else part

    def _take(self, most: int) -> bytes:
        part = self._file.read(min(most, self._left))
        self._left -= len(part)
        return part


def check_passphrase(passphrase: str) -> None:
    """Raise PassphraseWrong where a passphrase is empty."""
    if not passphrase.strip():
        raise PassphraseWrong("The passphrase is empty. Put one in the file, on one line.")


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder safe on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
