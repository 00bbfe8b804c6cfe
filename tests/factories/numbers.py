"""Numbers that no two processes draw alike, for names and addresses that must stand once."""

import os
from collections.abc import Iterator
from itertools import count


def make_numbers() -> Iterator[int]:
    """Return whole numbers that go up from one no other process begins at."""
    return count(os.getpid() * 1_000 + 1)
