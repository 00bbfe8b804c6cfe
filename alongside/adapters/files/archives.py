"""Office files are zip archives: their directory is read, and judged, before anything opens them."""

import stat
import zipfile
from pathlib import Path, PurePosixPath

from alongside.adapters.files.limits import MEBIBYTE, RATIO_COUNTS_FROM_BYTES, ArchiveLimits
from alongside.science.values.sources import FileRefused, shorten

SAVE_AGAIN = "Open it in the program that made it, save it again, and choose that file."
ENCRYPTED = 0x1
OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def check_archive(path: Path, limits: ArchiveLimits, *, needs: str) -> None:
    """Refuse an archive that is damaged, encrypted, too big once unpacked, or not an Office file.

    `needs` is the folder such a file must have ("xl/" or "word/"). Nothing is unpacked.
    """
    with path.open("rb") as file:
        head = file.read(4)
    if not head:
        raise FileRefused("the file", "it is empty", "Choose a file with something in it.")
    if head == OLD_OFFICE:
        raise FileRefused(
            "the file", "it is protected by a password, or from before 2007", "Save it without a password."
        )
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError) as error:
        raise FileRefused("the file", "it is damaged, or not an Office file", SAVE_AGAIN) from error
    _check_size(parts, limits)
    for part in parts:
        _check_part(part, limits)
    if not any(part.filename.startswith(needs) for part in parts):
        raise FileRefused(
            "the file", f"it has no “{needs}” inside, so it is another kind of file", SAVE_AGAIN
        )


def _check_size(parts: list[zipfile.ZipInfo], limits: ArchiveLimits) -> None:
    if len(parts) > limits.entries:
        raise FileRefused(
            "the file", f"it holds {len(parts):,} parts; at most {limits.entries:,} are read", SAVE_AGAIN
        )
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked_bytes:
        raise FileRefused(
            "the file",
            f"it would unpack to {unpacked // MEBIBYTE:,} MiB; "
            f"at most {limits.unpacked_bytes // MEBIBYTE:,} MiB are read",
            "Split it, or save the sheet as CSV.",
        )


def _check_part(part: zipfile.ZipInfo, limits: ArchiveLimits) -> None:
    place = f"the part “{shorten(part.filename)}”"
    pieces = PurePosixPath(part.filename.replace("\\", "/"))
    if pieces.is_absolute() or ".." in pieces.parts or ":" in part.filename:
        raise FileRefused(place, "its name points outside the file", SAVE_AGAIN)
    if stat.S_ISLNK(part.external_attr >> 16):
        raise FileRefused(place, "it is a link to another file", SAVE_AGAIN)
    if part.flag_bits & ENCRYPTED:
        raise FileRefused(place, "it is encrypted", "Save the file without a password.")
    packed = max(part.compress_size, 1)
    if part.file_size > RATIO_COUNTS_FROM_BYTES and part.file_size > limits.ratio * packed:
        raise FileRefused(
            place,
            f"it unpacks to {part.file_size // packed:,} times its size; at most {limits.ratio} times are read",
            "Save the sheet as CSV, or the text as plain text.",
        )
