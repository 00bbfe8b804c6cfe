"""The end of the chain, kept beside the database each day, so that it can be carried elsewhere and compared."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

FILE_NAME = "trail-heads.txt"


@dataclass(frozen=True)
class KeptHead:
    """The end of the chain as it was at a time: how many lines, and the seal of the last."""

    at: str
    number: int
    seal: str


def heads_path() -> Path:
    """Return where the heads are kept."""
    return Path(settings.DATA) / FILE_NAME


def keep_head(*, number: int, seal: str, at: datetime) -> None:
    """Add a line with the end of the chain; on disk before we go on."""
    path = heads_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{at.isoformat()} {number} {seal}\n")
        file.flush()
        os.fsync(file.fileno())


def read_heads() -> list[KeptHead]:
    """Return the heads kept so far, oldest first; a line cut short by a fault is left out."""
    path = heads_path()
    lines = path.read_text().splitlines() if path.exists() else []
    parts = [line.split() for line in lines]
    return [KeptHead(one[0], int(one[1]), one[2]) for one in parts if len(one) == 3 and one[1].isdigit()]
