"""Words locked with AES-GCM under named keys, each bound to the place where it lies."""

from alongside.adapters.vault.locking import CannotOpen, Vault, make_key

__all__ = ["CannotOpen", "Vault", "make_key"]
