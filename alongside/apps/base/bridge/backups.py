"""The way to backups: one sealed file, written and read part by part."""

from alongside.adapters.backups import ArchiveReader, ArchiveWriter, BackupDamaged, PassphraseWrong
from alongside.adapters.backups import Part as SealedPart

__all__ = ["ArchiveReader", "ArchiveWriter", "BackupDamaged", "PassphraseWrong", "SealedPart"]
