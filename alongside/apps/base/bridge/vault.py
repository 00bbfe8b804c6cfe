"""From settings to the vault: the keys of this installation."""

import base64
import hmac
from functools import lru_cache

from django.conf import settings

from alongside.adapters.vault import CannotOpen, Vault, make_key

__all__ = ["CannotOpen", "Vault", "get_audit_key", "get_vault", "list_vault_keys", "make_key", "open_vault"]


@lru_cache
def open_vault(keys: str) -> Vault:
    """Return the vault with these keys: one a line in base64, the current one first."""
    return Vault([base64.urlsafe_b64decode(line) for line in keys.split()])


def get_vault() -> Vault:
    """Return the vault of this installation."""
    return open_vault(settings.VAULT_KEYS)


def list_vault_keys() -> list[bytes]:
    """Return the keys of this installation's vault, the current one first, to derive others from."""
    return [base64.urlsafe_b64decode(line) for line in settings.VAULT_KEYS.split()]


@lru_cache
def _derive_audit_key(keys: str) -> bytes:
    oldest = base64.urlsafe_b64decode(keys.split()[-1])
    return hmac.digest(oldest, b"alongside audit chain", "sha256")


def get_audit_key() -> bytes:
    """Return the key of the audit's digests.

    It comes from the vault's oldest key, which stands last: a newer key in front of it leaves every digest checkable.
    """
    return _derive_audit_key(settings.VAULT_KEYS)
