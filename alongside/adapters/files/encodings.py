"""Which of the accepted encodings a text file is in, decided from all of its bytes without holding them."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from alongside.science.values.sources import FileRefused

CHUNK_BYTES = 2**20
ACCEPTED = "Save it as UTF-8 and try again (accepted: UTF-8, UTF-8 with BOM, Windows-1252)."
OTHER_KINDS = (
    (b"\xff\xfe", "UTF-16 text"),
    (b"\xfe\xff", "UTF-16 text"),
    (b"PK\x03\x04", "a zip or Office file under another name"),
    (b"\xd0\xcf\x11\xe0", "an Office file from before 2007"),
    (b"%PDF-", "a PDF"),
)
# What begins like this is a page, a drawing or a program, whatever its name says.
PAGES = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<head", b"<body", b"<iframe", b"#!/")
WORDS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8 with BOM", "cp1252": "Windows-1252"}
NOT_IN_TEXT = bytes(sorted(set(range(32)) - {9, 10, 11, 12, 13}))
NOT_IN_CP1252 = b"\x81\x8d\x8f\x90\x9d"


def find_encoding(path: Path) -> str:
    """Return "utf-8-sig", "utf-8" or "cp1252".

    Raises FileRefused, with the position of the byte, for an empty file or bytes in no accepted encoding.
    """
    with path.open("rb") as file:
        head = file.read(64)
    if not head:
        raise FileRefused("the file", "it is empty", "Choose a file with a header row and at least one row.")
    for start, kind in OTHER_KINDS:
        if head.startswith(start):
            raise FileRefused("byte 1", f"this is {kind}, not plain text", ACCEPTED)
    if head.removeprefix(codecs.BOM_UTF8).lstrip().lower().startswith(PAGES):
        raise FileRefused(
            "byte 1", "this is a web page, a drawing or a program, not a table or a text", ACCEPTED
        )
    if (nul := _first_of(path, b"\x00")) is not None:
        raise FileRefused(f"byte {nul + 1}", "a NUL byte, which no text has", ACCEPTED)
    broken = _first_byte_not_utf8(path)
    if broken is None:
        return "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"
    _refuse_unless_cp1252(path, broken)
    return "cp1252"


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def _first_of(path: Path, wanted: bytes) -> int | None:
    """Return the 0-based position of the first byte that is one of these."""
    table = bytes(1 if byte in wanted else 0 for byte in range(256))
    position = 0
    for chunk in _chunks(path):
        if (found := chunk.translate(table).find(b"\x01")) >= 0:
            return position + found
        position += len(chunk)
    return None


def _first_byte_not_utf8(path: Path) -> int | None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    position, held = 0, 0  # `held` bytes of an unfinished character wait in the decoder
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
            position += len(chunk)
            held = len(decoder.getstate()[0])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return position - held + error.start
    return None


def _refuse_unless_cp1252(path: Path, broken: int) -> None:
    """Refuse bytes Windows-1252 does not have, and UTF-8 that is merely damaged: it would read as nonsense."""
    with path.open("rb") as file:
        file.seek(broken)
        value = f"the byte 0x{file.read(1).hex().upper()} is not UTF-8"
    if (undefined := _first_of(path, NOT_IN_CP1252 + NOT_IN_TEXT)) is not None:
        raise FileRefused(
            f"byte {broken + 1}", f"{value}, and byte {undefined + 1} is not Windows-1252", ACCEPTED
        )
    errors, characters = _count_utf8(path)
    if characters > errors:
        raise FileRefused(f"byte {broken + 1}", f"{value}, though the rest of the file is", ACCEPTED)


def _count_utf8(path: Path) -> tuple[int, int]:
    """Return how often the file breaks UTF-8, and how many characters beyond ASCII keep it."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    errors = characters = 0
    for chunk in _chunks(path):
        text = decoder.decode(chunk)
        errors += text.count("\ufffd")
        characters += len(text) - len(text.encode("ascii", "ignore"))
    return errors, characters - errors
