"""Run the `alongside` command as it is, with this harness's door before the server, and a mutant where one is asked.

`python -m tests.faults.launcher serve --port 8000` starts what `alongside serve` starts, with the same options.
"""

import subprocess
import sys
from importlib import import_module
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
    # Tables and static files were made once by the harness: every start of a server here is a start again.
    import_module("alongside.cli.serve").prepare_tables_and_files = lambda: None  # type: ignore[attr-defined]
    import_module("alongside.cli.main").main()


if __name__ == "__main__":
    main()
