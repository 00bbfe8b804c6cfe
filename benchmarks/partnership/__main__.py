"""Load a large partnership and time its pages: `python -m benchmarks.partnership [load|measure] [SCALE]`.

`load` fills the installation that ALONGSIDE_DATA and ALONGSIDE_DATABASE_URL name (`make load-partnership`: var/load).
Without a word both databases are loaded afresh and every list is asked many times; the time is the server's own,
from request to answer, without a network. SCALE 1 is 10,000 organisations, 100,000 interactions, 50,000 payments.
"""

import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.setup.postgresql import find_postgresql, running_postgresql

ME = [sys.executable, "-m", "benchmarks.partnership"]


def run_here(what: str, scale: float) -> int:
    """Load or measure in this process, on the database the environment names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    importlib.import_module("django").setup()
    importlib.import_module("django.core.management").call_command("migrate", verbosity=0)
    part = importlib.import_module(f"benchmarks.partnership.{what}")
    return int(part.main(scale))


def run_both(scale: float) -> int:
    """Load and measure on SQLite and on PostgreSQL, each in a process and a folder of its own."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="partnership-") as folder:
        environment = {**os.environ, "ALONGSIDE_DATA": str(Path(folder) / "sqlite")}
        failed += _run("SQLite", environment, scale)
        programs = find_postgresql()
        if programs is None:
            print("PostgreSQL is SKIPPED: install Debian's package “postgresql” and run again.")
            return failed + 1
        with running_postgresql(programs) as url:
            beside = {"ALONGSIDE_DATA": str(Path(folder) / "postgresql"), "ALONGSIDE_DATABASE_URL": url}
            failed += _run("PostgreSQL", {**os.environ, **beside}, scale)
    return failed


def _run(label: str, environment: dict[str, str], scale: float) -> int:
    print(f"\n== {label}", flush=True)
    return max(
        subprocess.run([*ME, what, str(scale)], env=environment, check=False).returncode
        for what in ("load", "measure")
    )


if __name__ == "__main__":
    words = sys.argv[1:]
    what = words.pop(0) if words and words[0] in ("load", "measure") else ""
    scale = float(words[0]) if words else 1.0
    sys.exit(run_here(what, scale) if what else run_both(scale))
