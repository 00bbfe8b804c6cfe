"""What a backup says about itself: a head before the data and a tally behind it."""

import json
from dataclasses import asdict, dataclass

FORMAT = 1
HEAD_NAME, TALLY_NAME = "head.json", "tally.json"


class BackupRefused(Exception):
    """Say why a backup cannot be made or restored here, and what would do. `kind` is "damaged", "passphrase",
    "version" or "place"."""

    def __init__(self, reason: str, kind: str) -> None:
        super().__init__(reason)
        self.reason, self.kind = reason, kind


@dataclass(frozen=True)
class TableEntry:
    """One table of a backup: how many rows, and the SHA-256 of its rows in the order of their keys."""

    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


@dataclass(frozen=True)
class FileEntry:
    """One uploaded file of a backup."""

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class Head:
    """Where a backup comes from: read before anything else, because it says whether the rest can be used."""

    format: int
    version: str  # of Alongside
    engine: str
    made_at: str
    migrations: tuple[str, ...]  # "app.name" of each that had been applied
    columns: tuple[tuple[str, tuple[str, ...]], ...]  # of each table

    def as_json(self) -> bytes:
        """Return it as it stands in the file."""
        return _as_json(asdict(self))

    @classmethod
    def from_json(cls, content: bytes) -> "Head":
        """Read it; raise BackupRefused for another format than ours."""
        found = json.loads(content)
        if found.get("format") != FORMAT:
            raise BackupRefused(
                f"This backup has format {found.get('format')}, and this version of Alongside reads format "
                f"{FORMAT}. It was made by Alongside {found.get('version')}: restore it with that version.",
                "version",
            )
        return cls(
            format=FORMAT,
            version=found["version"],
            engine=found["engine"],
            made_at=found["made_at"],
            migrations=tuple(found["migrations"]),
            columns=tuple((name, tuple(columns)) for name, columns in found["columns"]),
        )


@dataclass(frozen=True)
class BackupSummary:
    """What a backup holds, table by table and file by file."""

    head: Head
    tables: tuple[TableEntry, ...]
    files: tuple[FileEntry, ...]

    @property
    def rows(self) -> int:
        """Return how many rows there are in all."""
        return sum(table.rows for table in self.tables)

    def tally_as_json(self) -> bytes:
        """Return the tally as it stands at the end of the file."""
        return _as_json(
            {"tables": [asdict(one) for one in self.tables], "files": [asdict(one) for one in self.files]}
        )

    @classmethod
    def from_tally(cls, head: Head, content: bytes) -> "BackupSummary":
        """Read a tally."""
        found = json.loads(content)
        return cls(
            head,
            tuple(TableEntry(**{**one, "columns": tuple(one["columns"])}) for one in found["tables"]),
            tuple(FileEntry(**one) for one in found["files"]),
        )


def _as_json(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()
