"""`alongside themes`: a file of what people said in; themes with evidence, a report and two data files out."""

import datetime
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from alongside.adapters.files import FileRefused, shorten
from alongside.cli.loading import load
from alongside.cli.numbers import BLANK, NOT_FOR_RELEASE, PLACED, UNPLACED, theme_key
from alongside.cli.sources import Columns, MissingText, Source, read_source

REFUSED = 1
EXAMPLE = """\b
Examples:
  alongside themes comments.csv --text comment
  alongside themes survey.xlsx --text answer --id number --person respondent --by ward --by age --out report
  alongside themes focus-group.vtt --out report
  alongside themes comments.csv --text comment --json > themes.json
"""


@click.command(
    epilog=EXAMPLE,
    short_help="Find the themes in what people said.",
    context_settings={"max_content_width": 100},
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--text", metavar="COLUMN", help="The column that holds people's words. Not needed for a transcript."
)
@click.option(
    "--id", "id_", metavar="COLUMN", help="The column that names each row. Without it: the row, from 1."
)
@click.option(
    "--person", metavar="COLUMN", help="The column that says who spoke (any pseudonym): counts people."
)
@click.option(
    "--by",
    metavar="COLUMN",
    multiple=True,
    help="Compare groups: a column such as ward or age band. Repeat it.",
)
@click.option(
    "--themes",
    "wanted",
    type=click.IntRange(1, 200),
    metavar="N",
    help="How many themes. Without it the file decides.",
)
@click.option(
    "--sheet", metavar="NAME", help="The sheet of a workbook. Without it: the first that holds a table."
)
@click.option(
    "--moderator",
    "moderators",
    metavar="NAME",
    multiple=True,
    help="A speaker who leads, and is not counted. Repeat it.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where to write. Without it: FILE-themes here.",
)
@click.option(
    "--disclosure",
    type=click.Choice(["safe", "none"]),
    default="safe",
    show_default=True,
    help="safe: counts of 1 to 7 are hidden, the rest rounded to 5. none: exact counts, not for release.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the JSON, and nothing else, on standard output.")
def themes(
    file: Path,
    text: str | None,
    id_: str | None,
    person: str | None,
    by: tuple[str, ...],
    wanted: int | None,
    sheet: str | None,
    moderators: tuple[str, ...],
    out: Path | None,
    disclosure: str,
    as_json: bool,
) -> None:
    """Find the themes in what people said, with their most telling words.

    FILE is a CSV or XLSX (say which column holds the words with --text) or a transcript (.vtt, .srt, .docx,
    .txt with "Name: words"; moderators' turns are not counted).

    \b
    Writes three files into the folder given by --out:
      report.html   one page to read, print or hand on; works offline
      themes.json   the themes with quotes and their exact places
      voices.csv    one line for every row: its theme, how close, its status; it stays with the team

    With --json and no --out nothing is written. Nothing leaves this computer.

    Ends with 0 when done, 1 when the file is refused (the message names the place and the cure), 2 when the
    command itself is not understood.
    """
    columns = Columns(text, id_, person, tuple(dict.fromkeys(by)))
    console = Console(stderr=True, markup=False, emoji=False)
    try:
        with _progress(console) as progress:
            step = progress.add_task(f"Reading {file.name}", total=None)
            source = read_source(file, columns, sheet=sheet, moderators=moderators or None)
            progress.update(step, description=f"Comparing {len(source.voices):,} voices")
            work = load("alongside.cli.theming:find")(source, themes=wanted, disclosure=disclosure)
            if out is not None or not as_json:
                out = out or Path(f"{file.stem}-themes")
                progress.update(step, description=f"Writing to {out}")
                load("alongside.cli.theming:write")(work, out, on=datetime.datetime.now().astimezone().date())
    except MissingText as missing:
        listed = ", ".join(f"“{shorten(column)}”" for column in missing.columns[:30])
        raise click.UsageError(
            f"Say which column holds people's words with --text. The columns are: {listed}."
        ) from None
    except FileRefused as refused:
        _refuse(console, str(refused))
    except OSError as error:
        _refuse(
            console,
            f"{error.strerror or error}: {error.filename or file}. Check the folder and its permissions.",
        )
    if as_json:
        click.echo(load("alongside.cli.output:as_json")(work.document).encode("utf-8", "replace"), nl=False)
    else:
        _summarise(source, work, out)


def _progress(console: Console) -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    )


def _refuse(console: Console, message: str) -> NoReturn:
    console.print("Refused.", style="bold red", end=" ")
    console.print(message, markup=False, highlight=False, soft_wrap=True)
    raise SystemExit(REFUSED)


def _summarise(source: Source, work: object, out: Path | None) -> None:
    """Print the themes as a table, and where the files are."""
    result, numbers = work.result, work.numbers  # type: ignore[attr-defined]
    console = Console(markup=False, emoji=False)
    table = Table(title=f"What {source.file} says", title_justify="left", show_edge=False)
    table.add_column("", justify="right", style="dim")
    table.add_column("Theme (proposed)")
    table.add_column("Voices", justify="right")
    table.add_column("People", justify="right")
    for number, theme in enumerate(result.themes, start=1):
        people = "" if theme.people is None else numbers.words(theme.people, theme_key(theme.id, "people"))
        table.add_row(
            str(number), theme.name, numbers.words(theme.voices, theme_key(theme.id, "voices")), people
        )
    console.print(table)
    counts = (
        (numbers.words(result.count("placed"), PLACED), "placed"),
        (numbers.words(result.count("unplaced"), UNPLACED), "unplaced: please read"),
        (numbers.words(result.count("blank"), BLANK), "did not answer"),
    )
    console.print(" · ".join(f"{count} {words}" for count, words in counts), highlight=False)
    for line in (*source.deviations, *result.deviations):
        console.print(f"Note: {line}", style="yellow", markup=False, highlight=False, soft_wrap=True)
    if not numbers.protected:
        console.print(NOT_FOR_RELEASE, style="bold red", highlight=False, soft_wrap=True)
    if out is not None:
        console.print(f"Read {out / 'report.html'}", markup=False, highlight=False, soft_wrap=True)
