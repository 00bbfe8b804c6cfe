"""`alongside giving`: a file of published grants in; what is wrong with it, by place and reason, out."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from alongside.adapters.files import FileRefused, write_csv
from alongside.adapters.files.giving import GivingFile, open_giving
from alongside.science.values.giving import GrantProblem

REFUSED = 1
SHOWN_KINDS = 12
COLUMNS = ("row", "grant", "field", "value", "what to do")
EXAMPLE = """\b
Examples:
  alongside giving grants.json
  alongside giving grants.xlsx --out checked
  alongside giving grants.json --json > counts.json
"""


@dataclass
class Findings:
    """What a file holds: how many grants, how many are in order, and every problem in order."""

    read: int = 0
    valid: int = 0
    problems: list[GrantProblem] = field(default_factory=list)
    hints: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """Return the counts as they are printed."""
        return {
            "read": self.read,
            "valid": self.valid,
            "rows_with_errors": self.read - self.valid,
            "errors": len(self.problems),
        }


@click.command(
    epilog=EXAMPLE,
    short_help="Check a file of published grants (360Giving).",
    context_settings={"max_content_width": 100},
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where to write the bad rows, as bad-rows.csv. Without it nothing is written.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON, and nothing else.")
def giving(file: Path, out: Path | None, as_json: bool) -> None:
    """Check every grant in a file by the 360Giving Data Standard, without its schema and without a network.

    FILE is a JSON package, or a CSV or XLSX with the documented column titles.

    \b
    Prints the counts:
      read              grants in the file
      valid             grants with nothing wrong
      rows_with_errors  grants with something wrong
      errors            everything that is wrong, each by place and reason

    Ends with 0 when the file could be read, whatever it holds, 1 when it is refused (the message names the place
    and the cure), 2 when the command itself is not understood.
    """
    console = Console(stderr=True, markup=False, emoji=False)
    try:
        opened = open_giving(file, file.name)
        found = _check(opened, console)
        if out is not None:
            _write(out, found)
    except FileRefused as refused:
        _refuse(console, str(refused))
    except OSError as error:
        _refuse(
            console,
            f"{error.strerror or error}: {error.filename or file}. Check the folder and its permissions.",
        )
    if as_json:
        click.echo(json.dumps(found.counts))
    else:
        _summarise(opened, found, out)


def _check(opened: GivingFile, console: Console) -> Findings:
    found = Findings()
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        step = progress.add_task(f"Checking {opened.name}", total=opened.total)
        for one in opened.grants():
            found.read += 1
            found.valid += not one.problems
            found.hints += len(one.hints)
            found.problems.extend(one.problems)
            if found.read % 100 == 0:
                progress.update(step, completed=found.read)
    return found


def _write(out: Path, found: Findings) -> None:
    out.mkdir(parents=True, exist_ok=True)
    part = out / "bad-rows.csv.part"
    with part.open("wb") as file:
        write_csv(file, COLUMNS, _rows(found))
    part.replace(out / "bad-rows.csv")


def _rows(found: Findings) -> Iterator[tuple[str, ...]]:
    for one in found.problems:
        yield (str(one.row), one.grant_id, one.field, one.value, one.cure)


def _refuse(console: Console, message: str) -> NoReturn:
    console.print("Refused.", style="bold red", end=" ")
    console.print(message, markup=False, highlight=False, soft_wrap=True)
    raise SystemExit(REFUSED)


def _summarise(opened: GivingFile, found: Findings, out: Path | None) -> None:
    """Print the counts, and the kinds of problems with how many there are of each."""
    console = Console(markup=False, emoji=False)
    for name, count in found.counts.items():
        console.print(f"{name:<17} {count:>9,}", highlight=False)
    kinds: dict[tuple[str, str], int] = {}
    for one in found.problems:
        key = (_without_numbers(one.field), one.cure)
        kinds[key] = kinds.get(key, 0) + 1
    if kinds:
        table = Table(title="What is wrong", title_justify="left", show_edge=False)
        table.add_column("Grants", justify="right")
        table.add_column("Field")
        table.add_column("What to do")
        for (path, cure), count in sorted(kinds.items(), key=lambda item: -item[1])[:SHOWN_KINDS]:
            table.add_row(f"{count:,}", path or "grant", cure)
        console.print(table)
        if len(kinds) > SHOWN_KINDS:
            console.print(f"and {len(kinds) - SHOWN_KINDS:,} other kinds", highlight=False)
    for line in opened.deviations:
        console.print(f"Note: {line}", style="yellow", markup=False, highlight=False, soft_wrap=True)
    if found.hints:
        words = f"Note: {found.hints:,} web addresses have no https:// before them; that is no error."
        console.print(words, style="yellow", highlight=False, soft_wrap=True)
    if out is not None:
        console.print(f"Read {out / 'bad-rows.csv'}", highlight=False, soft_wrap=True)


def _without_numbers(path: str) -> str:
    return "/".join(part for part in path.split("/") if not part.isdigit())
