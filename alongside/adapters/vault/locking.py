"""Lock and open bytes. A locked value says which key it needs, and opens only in the place it was locked for.

Layout: one byte of version, four bytes naming the key, twelve of nonce, then the ciphertext with its tag.
"""

import hashlib
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
VERSION = b"\x01"
NAME_BYTES = 4
NONCE_BYTES = 12
HEAD_BYTES = 1 + NAME_BYTES + NONCE_BYTES


class CannotOpen(Exception):
    """The value was locked with a key that is not here, for another place, or was changed since."""


def make_key() -> bytes:
    """Return a new key of 256 bits."""
    return secrets.token_bytes(KEY_BYTES)


def name_of(key: bytes) -> bytes:
    """Return the four bytes that name a key without telling it."""
    return hashlib.sha256(b"alongside key name" + key).digest()[:NAME_BYTES]


class Vault:
    """Hold keys, the current one first; lock with the current, open with whichever is named."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        """Raise ValueError where there is no key, or one is not of 32 bytes."""
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise ValueError("a vault needs at least one key, each of 32 bytes")
        self._current = name_of(keys[0])
        self._keys = {name_of(key): AESGCM(key) for key in keys}

    def lock(self, words: bytes, *, place: str) -> bytes:
        """Return the words locked for one place, such as "engagement_original:<id>"."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        locked = self._keys[self._current].encrypt(nonce, words, place.encode())
        return VERSION + self._current + nonce + locked

    def open(self, locked: bytes, *, place: str) -> bytes:
        """Return the words; raise CannotOpen for another place, a missing key, or a changed value."""
        key = self._keys.get(locked[1 : 1 + NAME_BYTES])
        if locked[:1] != VERSION or key is None or len(locked) < HEAD_BYTES:
            raise CannotOpen("locked with a key that is not here")
        nonce = locked[1 + NAME_BYTES : HEAD_BYTES]
        try:
            return key.decrypt(nonce, locked[HEAD_BYTES:], place.encode())
        except InvalidTag as changed:
            raise CannotOpen("locked for another place, or changed since") from changed
