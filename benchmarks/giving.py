"""Checking published grants: our own checks beside jsonschema with the real schema, on the same real file.

`python -m benchmarks.giving [FILE]` prints both times (the median of five runs), the ratio, and what each found; it
fails where the counts differ, or where 4,116 grants take ten seconds or more.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from jsonschema import Draft202012Validator

from alongside.adapters.files.giving import open_giving

GIVING = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "giving"
FILE = GIVING / "published" / "lloyds-bank-foundation-ew_4116-grants.json"
RUNS, MOST_SECONDS = 5, 10.0


def check_ours(path: Path) -> tuple[int, int]:
    """Return how many grants have errors and how many errors there are, by our own checks."""
    found = [len(one.problems) for one in open_giving(path, path.name).grants()]
    return sum(1 for errors in found if errors), sum(found)


def check_theirs(path: Path) -> tuple[int, int]:
    """Return the same by jsonschema, grant by grant: the whole package at once takes twenty times as long."""
    schema = json.loads((GIVING / "schema" / "360-giving-schema.json").read_text("utf-8"))
    checker = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    grants = json.loads(path.read_bytes())["grants"]
    found = [sum(1 for _error in checker.iter_errors(grant)) for grant in grants]
    return sum(1 for errors in found if errors), sum(found)


def measure(check: Callable[[Path], tuple[int, int]], path: Path) -> tuple[float, tuple[int, int]]:
    """Return the median seconds of several runs, and what was found."""
    seconds, found = [], (0, 0)
    for _run in range(RUNS):
        begun = time.perf_counter()
        found = check(path)
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds), found


def main() -> int:
    """Measure and compare; return 0 where both agree and ours is quick enough."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else FILE
    if not path.exists():
        print(f"!! no file of published grants at {path}")
        return 1
    ours, found = measure(check_ours, path)
    theirs, found_by_theirs = measure(check_theirs, path)
    print(f"{path.name}")
    print(f"ours        {ours:7.2f} s   {found[0]:,} grants with errors, {found[1]:,} errors")
    print(
        f"jsonschema  {theirs:7.2f} s   {found_by_theirs[0]:,} grants with errors, {found_by_theirs[1]:,} errors"
    )
    print(f"ratio       {theirs / ours:7.1f}")
    return 0 if found == found_by_theirs and ours < MOST_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
