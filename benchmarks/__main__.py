"""Run every benchmark, one after the other; `python -m benchmarks` needs the shared data beside the repository."""

import subprocess
import sys

ALL = (
    [sys.executable, "-m", "benchmarks.themes"],
    [sys.executable, "-m", "benchmarks.concerns"],
    [sys.executable, "-m", "benchmarks.deidentify"],
    [sys.executable, "-m", "benchmarks.giving"],
    [sys.executable, "benchmarks/import_million.py", "200000"],
    [sys.executable, "-m", "benchmarks.audit_overhead", "50000"],
    [sys.executable, "-m", "benchmarks.giving"],
    [sys.executable, "-m", "benchmarks.partnership"],
)


def main() -> int:
    """Return the number of benchmarks that could not run."""
    failed = 0
    for command in ALL:
        print(f"\n== {' '.join(command[1:])}", flush=True)
        failed += subprocess.run(command, check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
