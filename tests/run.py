"""Run the suite on both databases, with a real browser; say loudly what is missing.

On SQLite everything runs but what is slow, and but what speaks of the repository itself, which is `make check`. On
PostgreSQL everything that touches a table runs again, with the main line in the browser; `--everything` walks all
journeys there too. CI runs the suite without a browser under coverage, slow tests too, so there `--after-coverage`
leaves for SQLite every journey, the longest walks with them.

`python -m tests.run` finds Chromium and PostgreSQL on the machine, else installs Debian's packages where that is
allowed, else says what was skipped and how to get it. In CI nothing may be skipped.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.setup.browser import find_browser
from tests.setup.debian import install_missing
from tests.setup.postgresql import find_postgresql, running_postgresql

ROOT = Path(__file__).resolve().parent.parent
# A browser makes us wait more than it makes us work, so three workers keep two cores busy.
MAIN_LINE = ["tests/journeys/test_from_words_to_change.py", "tests/journeys/test_have_your_say.py"]
PYTEST = [sys.executable, "-m", "pytest", "-n", "3", "--dist", "load", "--maxschedchunk", "1"]


def run_pytest(label: str, url: str | None, paths: list[str], marks: str) -> int:
    """Run pytest once; return its exit code."""
    data = ROOT / "var" / f"test-{label}"
    shutil.rmtree(data, ignore_errors=True)
    environment = {**os.environ, "ALONGSIDE_DATA": str(data)}
    if url:
        environment["ALONGSIDE_DATABASE_URL"] = url
    command = [*PYTEST, *paths, "-m", marks]
    begun = time.monotonic()
    print(f"\n== The suite on {label}", flush=True)
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    print(
        f"== {label}: {'passed' if code == 0 else 'failed'} after {time.monotonic() - begun:.0f} s",
        flush=True,
    )
    return code


def is_walked(path: Path) -> bool:
    """Return whether a folder holds tests of the product: those of the repository belong to `make check`."""
    return path.is_dir() and path.name != "house" and any(path.rglob("test_*.py"))


def main() -> int:
    """Run everything; return 0 only where all of it passed."""
    install_missing(browser=find_browser() is None, postgresql=find_postgresql() is None)
    in_ci = bool(os.environ.get("CI"))
    browser, postgresql = find_browser(), find_postgresql()
    for name, found, packages in (
        ("The browser journeys", browser, "chromium"),
        ("The suite on PostgreSQL", postgresql, "postgresql"),
    ):
        if found is None:
            print(
                f"\n!! {name} are SKIPPED: install Debian's package “{packages}” and run again.\n", flush=True
            )
            if in_ci:
                return 1
    paths = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "tests").iterdir()) if is_walked(path)]
    marks = "not slow" if browser else "not slow and not journey"
    if "--after-coverage" in sys.argv[1:]:
        codes = [run_pytest("SQLite", None, ["tests/journeys"], "journey")]
    else:
        codes = [run_pytest("SQLite", None, paths, marks)]
    if postgresql is not None:
        with running_postgresql(postgresql) as url:
            # Everything that touches a table runs again; accessibility was checked a moment ago.
            journeys = ["tests/journeys"] if "--everything" in sys.argv[1:] else MAIN_LINE
            paths = ["tests/apps", *journeys]
            codes.append(run_pytest("PostgreSQL", url, paths, marks))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
