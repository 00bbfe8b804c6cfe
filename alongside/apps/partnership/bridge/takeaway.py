"""Everything a partner shares with us as one archive: a CSV for each kind, one JSON, one text to read first."""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from alongside.adapters.files import write_csv
from alongside.apps.base.rules.partnering import SharedTable


@dataclass(frozen=True)
class TakenKind:
    """Records of one kind with the name of their file, without its ending."""

    name: str
    label: str
    table: SharedTable


def make_archive(kinds: Sequence[TakenKind], *, readme: str, organisation: str, day: str) -> bytes:
    """Return a ZIP archive of every kind; the same records give the same bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        _write(archive, "README.txt", readme.encode(), day)
        for kind in kinds:
            table = io.BytesIO()
            write_csv(table, kind.table.columns, kind.table.rows)
            _write(archive, f"{kind.name}.csv", table.getvalue(), day)
        whole = {
            "organisation": organisation,
            "as_of": day,
            "records": [
                {
                    "kind": kind.name,
                    "label": kind.label,
                    "note": kind.table.note,
                    "rows": [dict(zip(kind.table.columns, row, strict=True)) for row in kind.table.rows],
                }
                for kind in kinds
            ],
        }
        text = json.dumps(whole, ensure_ascii=False, indent=2)
        _write(archive, "records.json", text.encode(), day)
    return file.getvalue()


def _write(archive: zipfile.ZipFile, name: str, content: bytes, day: str) -> None:
    year, month, on = (int(part) for part in day.split("-"))
    entry = zipfile.ZipInfo(name, (year, month, on, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
