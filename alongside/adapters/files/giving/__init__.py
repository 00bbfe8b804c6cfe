"""Grants other funders publish, in the form of the 360Giving Data Standard: JSON, CSV or XLSX.

    opened = open_giving(path, name)        # FileRefused where it is no such file
    for one in opened.grants():             # CheckedGrant(row, problems, hints, value), one after the other
        one.value                           #   the grant, where nothing is wrong with it
    opened.deviations                       # plain sentences about the file as a whole

The schema itself is neither shipped nor needed: `checks` holds our own checks.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from alongside.adapters.files.delimited import open_csv
from alongside.adapters.files.giving.checks import check_grant
from alongside.adapters.files.giving.tables import find_paths, make_grant
from alongside.adapters.files.office import open_xlsx
from alongside.science.values.giving import CheckedGrant
from alongside.science.values.sources import FileRefused, shorten

ENDINGS = (".json", ".csv", ".xlsx")
MOST_BYTES = 64 * 2**20

__all__ = ["ENDINGS", "MOST_BYTES", "GivingFile", "open_giving"]


@dataclass
class GivingFile:
    """A file of grants that can be read: `total` is how many there are, where that is known before reading."""

    name: str
    format: str
    read: Callable[[], Iterator[tuple[int, object]]] = field(repr=False)
    total: int | None = None
    deviations: list[str] = field(default_factory=list)

    def grants(self) -> Iterator[CheckedGrant]:
        """Yield every grant in order, checked. Raises FileRefused at the first that cannot be read at all."""
        seen: dict[str, int] = {}
        for row, grant in self.read():
            yield check_grant(row, grant, seen)


def open_giving(path: Path, name: str) -> GivingFile:
    """Return a reader of a file of grants; the ending of `name` tells its kind. Raises FileRefused."""
    ending = Path(name).suffix.lower()
    if path.stat().st_size > MOST_BYTES:
        raise FileRefused("the file", "it is larger than 64 MiB", "Split it by year.")
    if ending == ".json":
        return _open_json(path, name)
    if ending in (".csv", ".xlsx"):
        return _open_table(path, name, ending)
    raise FileRefused(
        "the file name",
        f"“{shorten(name)}” does not end as a file of grants does",
        f"Accepted endings: {', '.join(ENDINGS)}.",
    )


def _open_json(path: Path, name: str) -> GivingFile:
    document = _load(path)
    if isinstance(document, list):
        _refuse("the file", "it is a bare list", 'Put the list under “grants”: {"grants": […]}.')
    if not isinstance(document, dict) or not isinstance(document.get("grants"), list):
        _refuse("the file", "it has no list “grants”", 'Put the grants into one list: {"grants": […]}.')
    grants = document["grants"]
    if not grants:
        _refuse("grants", "the list is empty", "Choose a file with at least one grant.")
    opened = GivingFile(name, "json", lambda: iter(list(enumerate(grants, start=1))), len(grants))
    version = document.get("version")
    if version is not None and not isinstance(version, str):
        opened.deviations.append("“version” is not text; the file was read as version 1.4.")
    return opened


def _load(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes().decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        _refuse(f"byte {error.start + 1}", "it is not UTF-8", "Save it as UTF-8 and try again.")
    except json.JSONDecodeError as error:
        _refuse(
            f"line {error.lineno}", f"it is not JSON ({error.msg.lower()})", "Mend it there and try again."
        )
    except RecursionError:
        _refuse("the file", "its brackets are nested too deeply", "A grant has few levels; check the file.")
    except ValueError:  # a number of thousands of digits
        _refuse("the file", "a number in it has too many digits", "Look for an amount that is no amount.")


def _refuse_constant(word: str) -> NoReturn:
    _refuse(
        "the file", f"it holds {word}, which JSON does not have", "Write a number, or leave the field out."
    )


def _refuse(place: str, value: str, cure: str) -> NoReturn:
    raise FileRefused(place, value, cure)


def _open_table(path: Path, name: str, ending: str) -> GivingFile:
    reader = open_csv(path, name) if ending == ".csv" else open_xlsx(path, name)
    paths = find_paths(reader)
    if "id" not in paths or "amountAwarded" not in paths:
        titles = "“Identifier”, “Title”, “Amount Awarded”, “Recipient Org:Name”"
        _refuse(
            "the header", "these are not the titles of the standard", f"Use its titles, such as {titles}."
        )

    def read() -> Iterator[tuple[int, object]]:
        for row in reader.rows():
            if any(cell.strip() for cell in row.cells):
                yield row.row, make_grant(row.cells, paths)

    return GivingFile(name, ending[1:], read, None, reader.deviations)
