"""One way to write a document, so that its checksum means the same everywhere: sorted keys, no spaces, UTF-8."""

import hashlib
import json
from collections.abc import Mapping


def write_canonical(document: Mapping[str, object]) -> str:
    """Return a document as canonical JSON. Raises TypeError for what JSON cannot say, ValueError for NaN."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest_text(text: str, *, after: str = "") -> str:
    """Return the SHA-256 of a text in hexadecimal; with `after`, over that checksum and the text."""
    return hashlib.sha256(f"{after}{text}".encode("utf-8", "surrogatepass")).hexdigest()
