"""Keyed digests: of a row, of many rows in any order, of a value, of a line and the one before it."""

import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass

from alongside.apps.base.bridge.vault import get_audit_key

MODULUS = 1 << 256


@dataclass(frozen=True)
class RowsDigest:
    """How many rows, and the sum of their keyed digests modulo 2^256 (MSet-Add-Hash; docs/methods/audit.md)."""

    rows: int = 0
    total: int = 0

    def add(self, digest: str) -> "RowsDigest":
        """Return the digest with one more row."""
        return RowsDigest(self.rows + 1, (self.total + int(digest, 16)) % MODULUS)

    def join(self, other: "RowsDigest") -> "RowsDigest":
        """Return the digest of both."""
        return RowsDigest(self.rows + other.rows, (self.total + other.total) % MODULUS)

    def leave(self, other: "RowsDigest") -> "RowsDigest":
        """Return the digest without the rows of another."""
        return RowsDigest(self.rows - other.rows, (self.total - other.total) % MODULUS)

    @property
    def words(self) -> str:
        """Return the sum as 64 hexadecimal digits."""
        return f"{self.total:064x}"


def keyed(row_digest: str) -> str:
    """Return the keyed digest of a row whose plain digest the database made."""
    return hmac.new(get_audit_key(), b"row " + row_digest.encode(), "sha256").hexdigest()


def digest_rows(row_digests: Iterable[str]) -> RowsDigest:
    """Return the digest of many rows, whatever their order."""
    rows, total, key = 0, 0, get_audit_key()
    for one in row_digests:
        total += int.from_bytes(hmac.digest(key, b"row " + one.encode(), "sha256"), "big")
        rows += 1
    return RowsDigest(rows, total % MODULUS)


def digest_value(change_id: int, column: str, value: object) -> str:
    """Return the keyed digest of one personal value, different in every line."""
    return _mac("value", [change_id, column, value])


def digest_reason(line_id: str, reason: str) -> str:
    """Return the keyed digest of a line's reason, or nothing where it has none."""
    return _mac("reason", [line_id, reason]) if reason else ""


def digest_link(previous: str, line: list[object]) -> str:
    """Return the seal of a line: over all it says, its number, and the seal before it."""
    return _mac("link", [previous, *line])


def _mac(kind: str, things: list[object]) -> str:
    text = json.dumps([kind, *things], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hmac.new(get_audit_key(), text.encode("utf-8", "surrogatepass"), "sha256").hexdigest()
