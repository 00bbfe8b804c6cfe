"""Branch coverage may only rise: compare each floor in coverage_floor.json with what was just measured."""

import io
import json
import sys
from pathlib import Path

from coverage import Coverage

FLOORS = Path(__file__).with_name("coverage_floor.json")


def main() -> int:
    """Print each part's coverage beside its floor; return 1 where one has fallen."""
    floors: dict[str, float] = json.loads(FLOORS.read_text())
    coverage = Coverage()
    coverage.load()
    fallen = 0
    for pattern, floor in floors.items():
        measured = coverage.report(include=[pattern], file=io.StringIO(), skip_empty=True)
        print(f"coverage {pattern:45} {measured:6.2f} % (floor {floor:.2f} %)", flush=True)
        fallen += measured + 0.005 < floor
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
