"""How much is written at once while a file is read, so that nobody else who writes waits long."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

CHUNK_LETTERS = 4_000_000  # a chunk of long answers ends sooner, so that memory stays flat
FEWEST_ROWS = 250
SLOW_SECONDS, QUICK_SECONDS = 0.5, 0.2
# A writer that waits for SQLite asks again every tenth of a second: a gap that long lets each of them through.
GAP_SECONDS = 0.12
# Pages; the copying back from the log happens outside the write lock, and less often.
CHECKPOINT_PAGES = 8_000
CACHE_KIBIBYTES = 65_536


class Pace:
    """Choose how many rows the next chunk has: fewer after a slow one, more after a quick one."""

    def __init__(self, most_rows: int) -> None:
        self.most_rows = most_rows
        self.rows = min(most_rows, 1_000)
        self.is_full = False
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
                cursor.execute(f"PRAGMA cache_size=-{CACHE_KIBIBYTES}")

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Time the writing of a chunk, and set the size of the next by it."""
        begun = time.monotonic()
        yield
        taken = time.monotonic() - begun
        if taken > SLOW_SECONDS:
            self.rows = min(self.most_rows, max(FEWEST_ROWS, self.rows // 2))
        elif taken < QUICK_SECONDS:
            self.rows = min(self.most_rows, self.rows * 2)
        self.is_full = taken > QUICK_SECONDS / 4

    def let_others_write(self) -> None:
        """Leave a gap after a chunk that took its time; PostgreSQL lets others write anyway."""
        if connection.vendor == "sqlite" and self.is_full:
            time.sleep(GAP_SECONDS)
