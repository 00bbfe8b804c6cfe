"""`alongside backup` and `alongside restore`: a whole installation into one file, and back."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from alongside.cli.installation import open_installation, prepare_tables_and_files, say

DATA_HELP = "The folder for the database and files. Default: ALONGSIDE_DATA, or ./var."
LOCK_HELP = "A file whose first line locks the backup. Without its passphrase it cannot be opened."
EXIT_CODES = {"place": 1, "damaged": 3, "passphrase": 4, "version": 5}
SECRETS = (
    "The keys are not in it: keep alongside_vault_key and alongside_secret_key, or what you set in their place, "
    "somewhere else. Without the vault key, what is locked in this backup stays locked."
)


class Stopped(click.ClickException):
    """End with the reason and an exit code of its own."""

    def __init__(self, reason: str, kind: str) -> None:
        super().__init__(reason)
        self.exit_code = EXIT_CODES[kind]  # type: ignore[misc]  # click reads it from the instance


def _read_passphrase(file: Path | None) -> str | None:
    if file is None:
        return None
    lines = file.read_text().splitlines()
    return lines[0] if lines else ""


def _operations() -> Any:
    return import_module("alongside.apps.base.operations.backups")


def _tell(what: str, rows: int) -> None:
    click.echo(f"  {what}: {rows:,} rows", err=True)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--data", type=click.Path(path_type=Path), help=DATA_HELP)
@click.option(
    "--passphrase-file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help=LOCK_HELP
)
def backup(file: Path, data: Path | None, passphrase_file: Path | None) -> None:
    """Write everything an installation holds into one new FILE, while people go on working.

    It holds one moment of every table and every uploaded file, and can be restored into SQLite or PostgreSQL.
    The keys of the installation are not in it.

    \b
    Example:
        alongside backup /safe/alongside-2026-11-22.backup --passphrase-file /etc/alongside/backup-passphrase

    Exit codes: 0 made, 1 the file cannot be written there, 4 the passphrase is empty.
    """
    open_installation(data)
    operations = _operations()
    system = import_module("alongside.apps.base.rules").SYSTEM
    try:
        summary = operations.make_backup(
            path=file, passphrase=_read_passphrase(passphrase_file), by=system, at=timezone.now(), tell=_tell
        )
    except operations.BackupRefused as refusal:
        raise Stopped(refusal.reason, refusal.kind) from refusal
    except OSError as fault:
        raise Stopped(
            f"{file} could not be written ({fault.strerror}). No file was left.", "place"
        ) from fault
    say(
        f"{file}: {summary.rows:,} rows of {len(summary.tables)} tables and {len(summary.files):,} files, "
        f"{file.stat().st_size:,} bytes."
    )
    say(SECRETS)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--data", type=click.Path(path_type=Path), help=DATA_HELP)
@click.option(
    "--passphrase-file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help=LOCK_HELP
)
@click.option("--replace", is_flag=True, help="Throw away what is here, if anybody has an account here.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--check-only", is_flag=True, help="Read the backup to its end, say what it holds, and stop.")
def restore(
    file: Path, data: Path | None, passphrase_file: Path | None, replace: bool, yes: bool, check_only: bool
) -> None:
    """Put a backup FILE in the place of what is here: all of it, or nothing.

    Stop the server first. The file is read to its end before anything is touched; a copy that was cut off or
    changed is refused. Everybody signs in again afterwards, and whoever was erased since is erased again.

    \b
    Example, into an empty PostgreSQL database:
        ALONGSIDE_DATABASE_URL=postgres://… alongside restore /safe/alongside-2026-11-22.backup

    Exit codes: 0 restored, 1 there is something here already, 3 the file is damaged, 4 the passphrase does not
    fit, 5 it was made by another version.
    """
    open_installation(data)
    operations = _operations()
    passphrase = _read_passphrase(passphrase_file)
    try:
        summary = operations.inspect_backup(file, passphrase)
        say(
            f"{file}: made {summary.head.made_at} on {summary.head.engine} by Alongside {summary.head.version}; "
            f"{summary.rows:,} rows, {len(summary.files):,} files. It is whole."
        )
        if check_only:
            return
        if replace and not yes:
            click.confirm("Throw away everything that is here now?", abort=True)
        prepare_tables_and_files()
        operations.restore_backup(
            path=file,
            passphrase=passphrase,
            summary=summary,
            may_replace=replace,
            by=import_module("alongside.apps.base.rules").SYSTEM,
            at=timezone.now(),
            tell=_tell,
        )
    except operations.BackupRefused as refusal:
        raise Stopped(refusal.reason, refusal.kind) from refusal
    say("Restored. Everybody signs in again.")
    sys.stdout.flush()
