"""From settings to the vault: the keys of this installation; and the way to backups."""

import base64
from functools import lru_cache

from django.conf import settings

from alongside.adapters.backups import ArchiveReader, ArchiveWriter, BackupDamaged, PassphraseWrong
from alongside.adapters.backups import Part as SealedPart
from alongside.adapters.vault import CannotOpen, Vault, make_key

__all__ = [
    "ArchiveReader",
    "ArchiveWriter",
    "BackupDamaged",
    "CannotOpen",
    "PassphraseWrong",
    "SealedPart",
    "Vault",
    "get_vault",
    "make_key",
    "open_vault",
]


@lru_cache
def open_vault(keys: str) -> Vault:
    """Return the vault with these keys: one a line in base64, the current one first."""
    return Vault([base64.urlsafe_b64decode(line) for line in keys.split()])


def get_vault() -> Vault:
    """Return the vault of this installation."""
    return open_vault(settings.VAULT_KEYS)
