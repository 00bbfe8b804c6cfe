"""How much of a file is read before it is refused."""

from dataclasses import dataclass

MEBIBYTE = 2**20
CELL_CHARACTERS = 2**20
COLUMNS = 1_000
TEXT_BYTES = 64 * MEBIBYTE  # a transcript is held whole, a table never is


@dataclass(frozen=True)
class ArchiveLimits:
    """What a zip directory may declare, and what the process that opens the file may use."""

    entries: int
    unpacked_bytes: int
    ratio: int
    memory_bytes: int
    processor_seconds: int
    silent_seconds: int


DOCX = ArchiveLimits(1_000, 50 * MEBIBYTE, 100, 1024 * MEBIBYTE, 30, 60)
XLSX = ArchiveLimits(1_000, 400 * MEBIBYTE, 100, 2048 * MEBIBYTE, 300, 120)
RATIO_COUNTS_FROM_BYTES = MEBIBYTE  # small parts of honest files shrink a hundredfold too
