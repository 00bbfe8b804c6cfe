"""`alongside audit`: check that the audit is whole, show one row's history, seal what waits."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from alongside.cli.installation import open_installation, say
from alongside.cli.serve import DATA_HELP

FOLDER = click.option("--data", type=click.Path(path_type=Path), help=DATA_HELP)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def audit() -> None:
    """Check the audit, look into it, seal it.

    Every change of every row leaves a line that the database itself writes. The lines are chained with keyed
    digests, so that a changed, missing or moved line is found:

    \b
        alongside audit verify --deep
    """


def _begin(data: Path | None, command: str) -> Any:
    open_installation(data)
    rules = import_module("alongside.apps.base.rules")
    return rules, rules.acting(rules.SYSTEM, why=f"alongside audit {command}")


class _Progress:
    """Say how far it is on one line of a terminal, or now and then where the output is a file."""

    def __init__(self) -> None:
        self.is_terminal = sys.stderr.isatty()
        self.last = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        share = done / total if total else 1.0
        if self.is_terminal:
            click.echo(f"\r{what}: {done:,} of {total:,} ", err=True, nl=share >= 1)
        elif share >= 1 or share - self.last >= 0.25:
            click.echo(f"{what}: {done:,} of {total:,}", err=True)
        self.last = 0.0 if share >= 1 else max(self.last, share)


@audit.command()
@FOLDER
@click.option(
    "--deep", is_flag=True, help="Also open locked values and compare every row with its last line."
)
def verify(data: Path | None, deep: bool) -> None:
    """Walk the chain from its first line to its end.

    Seals what waits first. Ends with exit code 1 and names the first bad line where something was changed, taken
    away or moved; with --deep also where somebody wrote to a table around the triggers.
    """
    rules, acting = _begin(data, "verify")
    with acting:
        import_module("alongside.apps.base.operations").seal_waiting(clock=timezone.now)
        verdict = import_module("alongside.apps.base.queries").verify_trail(
            rules.SYSTEM, deep=deep, say=_Progress()
        )
    for finding in verdict.findings:
        say(finding.words)
    if not verdict.is_whole:
        say("The audit is not whole. Keep a copy of the database as it is, and ask who could write to it.")
        sys.exit(1)
    say(f"The audit is whole: {verdict.lines:,} lines in their places." + _not_deep(deep))


def _not_deep(deep: bool) -> str:
    return "" if deep else " Add --deep to compare every row with its last line."


@audit.command()
@FOLDER
@click.option("--table", required=True, help="The table's name in the database, such as people_role_grant.")
@click.option("--row", required=True, help="The row's id.")
@click.option("--open", "reason", help="Open values about persons, for this reason, which is written down.")
def show(data: Path | None, table: str, row: str, reason: str | None) -> None:
    """Show one row's whole history: who, what, when, why, from what to what."""
    rules, acting = _begin(data, "show")
    with acting:
        if reason:
            import_module("alongside.apps.base.operations").record_read(
                by=rules.SYSTEM, at=timezone.now(), what="open_audit_values", object_type=table, reason=reason
            )
        found = import_module("alongside.apps.base.queries").get_row_history(
            rules.SYSTEM, table, row, opened=bool(reason)
        )
    if found is None:
        raise click.ClickException(f"The audit knows no row {row} of a table {table}.")
    for change in found.changes:
        line = change.line
        number = f"line {line.seal_number}" if line.seal_number else "not sealed yet"
        who = str(line.person_id or "Alongside or the public")
        say(f"{line.at:%Y-%m-%d %H:%M:%S} UTC  {line.get_kind_display()}  by {who}  {line.why}  ({number})")
        for value in change.values:
            say(f"    {value.name}: {value.hidden or f'{value.old!r} -> {value.new!r}'}")


@audit.command()
@FOLDER
def seal(data: Path | None) -> None:
    """Seal what waits; the worker does the same every quarter of a minute."""
    _rules, acting = _begin(data, "seal")
    with acting:
        sealed = import_module("alongside.apps.base.operations").seal_waiting(clock=timezone.now)
    say(f"{sealed:,} lines sealed.")
