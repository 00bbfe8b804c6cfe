"""From settings to the vault, and from tables to the triggers and digests that audit them."""

from alongside.apps.base.bridge.vault import (
    CannotOpen,
    Vault,
    get_audit_key,
    get_vault,
    list_vault_keys,
    make_key,
    open_vault,
)

__all__ = [
    "CannotOpen",
    "Vault",
    "get_audit_key",
    "get_vault",
    "list_vault_keys",
    "make_key",
    "open_vault",
]
