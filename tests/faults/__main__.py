"""`python -m tests.faults [fault …] [--engine SQLite|PostgreSQL]`: every fault with its mutants, then a table."""

import argparse
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.faults import backing_up, full_disk, killed_import, killed_server, races, stopped_database
from tests.faults.engines import Bench, Installation, running_postgresql
from tests.faults.report import Result, print_table, say, timed
from tests.faults.serving import ask_inside

FORMS = 10  # a page takes 120 answers in ten minutes, and is not weakened for this
SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
Runner = Callable[[Result, Installation], None]


@dataclass(frozen=True)
class Fault:
    """One fault: how it is run for real, and each mutant with how (shorter) it is run on which database."""

    name: str
    run: Runner
    engines: tuple[str, ...] = (SQLITE, POSTGRESQL)
    mutants: tuple[tuple[str, str, Runner], ...] = field(default_factory=tuple)
    shorter: Mapping[str, Runner] = field(default_factory=dict)  # where a database needs less of it


FAULTS = (
    Fault(
        "killed server",
        killed_server.run,
        mutants=tuple(
            (name, SQLITE, partial(killed_server.run, writes=200, kills=kills))
            for name, kills in (
                ("acknowledge before commit", 2),
                ("codes not recognised", 1),
                ("other words under a known code", 0),
            )
        ),
    ),
    Fault(
        "killed import",
        killed_import.run,
        mutants=(("nothing swept", SQLITE, partial(killed_import.run, moments=4)),),
    ),
    Fault(
        "races",
        races.run,
        mutants=(
            ("nothing held", POSTGRESQL, partial(races.run, rounds=1)),
            ("nothing held", SQLITE, partial(races.run, rounds=1, shuffles=True)),
        ),
        shorter={SQLITE: partial(races.run, rounds=1)},
    ),
    Fault(
        "shuffled batches",
        partial(races.run, rounds=4, shuffles=True),
        engines=(POSTGRESQL,),  # SQLite has one writer at a time, so nobody can wait in a circle
        mutants=(("not sorted", POSTGRESQL, partial(races.run, rounds=2, shuffles=True)),),
    ),
    Fault(
        "stopped database",
        stopped_database.run,
        engines=(POSTGRESQL,),
        mutants=(
            ("faults of the machine as 500", POSTGRESQL, partial(stopped_database.run, writes=100, stops=2)),
        ),
    ),
)


def set_up(bench: Bench, engine: str, folder: Path) -> None:
    """Make the installation that every run on one database is a copy of."""
    url = bench.server.new_database() if engine == POSTGRESQL and bench.server else ""
    bench.models[engine] = Installation(engine, folder / engine, url, bench.server)
    bench.slugs[engine] = ask_inside(bench.models[engine], "prepare", forms=FORMS)


def run_faults(names: list[str], engines: list[str], bench: Bench) -> list[Result]:
    """Run the named faults, or all, on the named databases."""
    results = []
    for fault in FAULTS:
        if names and fault.name not in names:
            continue
        runs = [("", engine, fault.shorter.get(engine, fault.run)) for engine in fault.engines]
        for mutant, engine, run in [*runs, *fault.mutants]:
            if engine in engines:
                result = Result(fault.name, engine, mutant)
                with timed(result), bench.new(engine) as installation:
                    run(result, installation)
                results.append(result)
    for name, run_all in (("full disk", run_full_disk), ("backup under load", run_backups)):
        if not names or name in names:
            results += run_all(engines, bench)
    return results


def run_full_disk(engines: list[str], bench: Bench) -> list[Result]:
    """Fill a disk under each database; the mutant shows its fault as ours."""
    runs = [(engine, "", 300) for engine in engines]
    runs += [(SQLITE, "faults of the machine as 500", 120)] if SQLITE in engines else []
    results = []
    for engine, mutant, writes in runs:
        result = Result("full disk", engine, mutant)
        with timed(result):
            full_disk.run(result, bench, writes=writes)
        results.append(result)
    return results


def run_backups(engines: list[str], bench: Bench) -> list[Result]:
    """Back up each database under load and restore it into both; the mutant reads each table at its own moment."""
    runs = [(engine, "") for engine in engines] + [(engines[0], "each table at its own moment")]
    results = []
    for engine, mutant in runs:
        result = Result("backup under load", engine, mutant)
        with timed(result):
            backing_up.run(result, bench)
        results.append(result)
    return results


def main() -> int:
    """Run everything; return 0 only where nothing was lost and every mutant was caught."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("faults", nargs="*", help="which faults; all where none is named")
    parser.add_argument("--engine", action="append", choices=[SQLITE, POSTGRESQL])
    asked = parser.parse_args()
    begun = time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is stopped too
    with running_postgresql() as server:
        engines = asked.engine or [SQLITE, POSTGRESQL]
        if server is None:
            say("!! PostgreSQL is not installed, so its half is missing: install Debian's “postgresql”.")
            return 1
        with tempfile.TemporaryDirectory(prefix="alongside-faults-models-") as folder:
            bench = Bench(server)
            for engine in engines:
                set_up(bench, engine, Path(folder))
            results = run_faults(asked.faults, engines, bench)
    print_table(results)
    failed = [one for one in results if not one.is_well]
    say(f"\n{len(results)} runs, {len(failed)} failed, {time.monotonic() - begun:.0f} s.")
    return 1 if failed or not results else 0


if __name__ == "__main__":
    sys.exit(main())
