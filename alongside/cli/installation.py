"""Prepare an installation: where its data lies, its tables, its static files."""

import os
import sys
from pathlib import Path

import django
from django.core.management import call_command


def open_installation(data: Path | None, *, demo: bool = False, url: str = "") -> None:
    """Point the settings at a data folder and start Django. Must come before anything that touches a table."""
    if data is not None:
        os.environ["ALONGSIDE_DATA"] = str(data)
    if demo:
        os.environ["ALONGSIDE_DEMO"] = "true"
        os.environ.setdefault("ALONGSIDE_ORGANISATION", "Merrowdale Partnership (made up)")
    if url:
        os.environ.setdefault("ALONGSIDE_URL", url)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    django.setup()


def prepare_tables_and_files() -> None:
    """Bring the tables to this version, the shared counters too, and collect the static files."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False, clear=False)


def say(words: str) -> None:
    """Print a line at once, also where the output is a pipe."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
