"""Run the `alongside` command as it is, with this harness's door in front of the server and a mutant where one is asked.

`python -m tests.faults.launcher serve --port 8000` starts what `alongside serve` starts, with the same options.
"""

import subprocess
import sys
from typing import Any

import django

from tests.faults.mutants import install_mutant

REAL_DOOR, OUR_DOOR = "alongside.config.wsgi:application", "tests.faults.doors:application"


def main() -> None:
    """Run the command."""
    start, set_up = subprocess.Popen, django.setup

    def start_with_our_door(command: Any, *arguments: Any, **options: Any) -> Any:
        if isinstance(command, list):
            command = [OUR_DOOR if part == REAL_DOOR else part for part in command]
        return start(command, *arguments, **options)

    def set_up_with_mutant(*arguments: Any, **options: Any) -> None:
        set_up(*arguments, **options)
        if "serve" not in sys.argv:
            install_mutant()

    subprocess.Popen = start_with_our_door  # type: ignore[assignment,misc]
    django.setup = set_up_with_mutant
    from alongside.cli import (  # noqa: PLC0415  after the patches
        installation,
        serve,
    )
    from alongside.cli import main as command

    if "--again" in sys.argv:  # a restart: tables and static files are there
        sys.argv.remove("--again")
        serve.prepare_tables_and_files = lambda: None
    installation.say = lambda _words: None
    command.main()


if __name__ == "__main__":
    main()
