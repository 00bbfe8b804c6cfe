"""A whole installation into one file, and back, on either database."""

from alongside.apps.base.operations.backups.making import make_backup
from alongside.apps.base.operations.backups.manifest import (
    BackupRefused,
    BackupSummary,
    FileEntry,
    TableEntry,
)
from alongside.apps.base.operations.backups.reading import inspect_backup
from alongside.apps.base.operations.backups.restoring import restore_backup

__all__ = [
    "BackupRefused",
    "BackupSummary",
    "FileEntry",
    "TableEntry",
    "inspect_backup",
    "make_backup",
    "restore_backup",
]
