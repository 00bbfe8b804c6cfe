"""A backup made while people write, restored into both databases, and copies that were damaged on the way."""

import json
import shutil
import threading
from pathlib import Path

from alongside.adapters.backups import ArchiveReader
from tests.faults.engines import Bench, Installation
from tests.faults.report import Result
from tests.faults.serving import ask_inside, run_alongside, serving
from tests.faults.writing import Log, make_writings, wait_until, write_all

# Restoring writes lines of its own here, and keys for them, after it has compared every table by itself.
OWN_LINES = ("base_audit_", "base_person_key")


def run(result: Result, bench: Bench, *, writes: int = 300) -> None:
    """Back up in the middle of writing; restore into a new installation of each database; compare every table."""
    with bench.new(result.engine) as installation:
        folder = installation.data.parent
        backup, log = folder / "night.backup", Log()
        before: set[str] = set()
        with serving(installation) as server:
            writing = threading.Thread(
                target=write_all,
                args=(server.port, make_writings(installation.slugs, writes), log),
                kwargs={"clients": 6},
            )
            writing.start()
            wait_until(lambda: len(log.acknowledged) > writes // 10)
            before |= log.acknowledged
            made = run_alongside(installation, "backup", str(backup), mutant=result.mutant)
            during = len(log.acknowledged) - len(before)
            writing.join()
        result.add("backup made", made.returncode, 0)
        result.note(made.stderr[-600:])
        tables = _read_tally(backup)
        result.add("kept before and in it", len(before - _read_texts(backup)), 0)
        result.add("people, receipts, answers of one moment", _same(tables), "the same")
        result.add("answers kept meanwhile", during)
        if not result.mutant:
            _restore_everywhere(result, bench, folder, backup, tables)
            _refuse_damaged(result, bench, folder, backup)


def _read_tally(backup: Path) -> dict[str, list[object]]:
    with ArchiveReader(backup) as archive:
        tally = next(part.read() for part in archive.parts() if part.name == "tally.json")
    return {one["name"]: [one["rows"], one["sha256"]] for one in json.loads(tally)["tables"]}


def _read_texts(backup: Path) -> set[str]:
    """Return what was said, as it lies in the backup."""
    texts: set[str] = set()
    with ArchiveReader(backup) as archive:
        for part in archive.parts():
            if part.name.startswith("tables/engagement_voice/"):
                rows = [json.loads(line) for line in part.read().splitlines()]
                texts |= {value for row in rows for value in row if isinstance(value, str)}
    return texts


def _same(tables: dict[str, list[object]]) -> str:
    numbers = {tables[f"engagement_{name}"][0] for name in ("speaker", "receipt", "voice")}
    return "the same" if len(numbers) == 1 else f"differ: {sorted(map(str, numbers))}"


def _restore_everywhere(
    result: Result, bench: Bench, folder: Path, backup: Path, tables: dict[str, list[object]]
) -> None:
    for engine in bench.models:
        place = bench.copy(engine, folder / f"restored-{engine}")
        done = run_alongside(place, "restore", str(backup), "--replace", "--yes")
        found = ask_inside(place, "digests")
        unlike = [
            name for name, entry in tables.items() if found[name] != entry and not name.startswith(OWN_LINES)
        ]
        result.add(f"restored into {engine}", done.returncode, 0)
        result.add(f"tables that differ in {engine}", len(unlike), 0)
        result.note(f"{engine}: {unlike} {done.stderr[-600:] if done.returncode else ''}")


def _refuse_damaged(result: Result, bench: Bench, folder: Path, backup: Path) -> None:
    place: Installation = bench.copy(result.engine, folder / "untouched")
    was = ask_inside(place, "digests")
    content = backup.read_bytes()
    middle = len(content) // 2
    for name, changed in (
        ("cut off by 1 KiB", content[:-1024]),
        ("with one byte changed", content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]),
    ):
        copy = folder / "damaged.backup"
        copy.write_bytes(changed)
        result.add(
            f"{name}: exit code",
            run_alongside(place, "restore", str(copy), "--replace", "--yes").returncode,
            3,
        )
    result.add(
        "tables a refused restore touched",
        sum(ask_inside(place, "digests")[one] != was[one] for one in was),
        0,
    )
    shutil.rmtree(place.data)
