"""One file that holds a whole installation: sealed against damage, locked where a passphrase is given."""

from alongside.adapters.backups.archive import ArchiveReader, ArchiveWriter, Part
from alongside.adapters.backups.sealing import (
    BackupDamaged,
    PassphraseWrong,
    SealedReader,
    SealedWriter,
    check_seal,
)

__all__ = [
    "ArchiveReader",
    "ArchiveWriter",
    "BackupDamaged",
    "Part",
    "PassphraseWrong",
    "SealedReader",
    "SealedWriter",
    "check_seal",
]
