"""`make fuzz`: every reader for a minute, two at a time; prints counts, and fails on anything found.

FUZZ_SECONDS changes the minute. A planted fault is fuzzed too, and must be found.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "var" / "fuzz"
AT_ONCE = 2
MUTANT = "mutant"
COLUMNS = ("inputs", "refused", "slowest_milliseconds", "memory_mebibytes")


@dataclass(frozen=True)
class Fuzzed:
    """What became of one reader."""

    name: str
    was_found: bool
    seen: dict[str, int]
    last_words: str


def fuzz(name: str, seconds: int) -> Fuzzed:
    """Fuzz one reader in a process of its own."""
    folder = FOLDER / name.replace(" ", "-")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    environment = {**os.environ, "ALONGSIDE_DATA": str(folder / "data"), "TMPDIR": str(folder)}
    ended = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.one", name, str(seconds), str(folder)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    seen = folder / "seen.json"
    counts = json.loads(seen.read_text()) if seen.exists() else dict.fromkeys(COLUMNS, 0)
    return Fuzzed(name, ended.returncode != 0, counts, ended.stderr[-3_000:])


def list_names() -> list[str]:
    """Return the readers, asked in a process of its own because they need the settings."""
    ask = "import django; django.setup(); from tests.fuzz.readers import READERS; print('\\n'.join(READERS))"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        "ALONGSIDE_DATA": str(FOLDER / "data"),
    }
    listed = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return listed.stdout.split("\n")[:-1]


def main() -> int:
    """Fuzz every reader and the mutant; return 0 only where nothing was found but the mutant's fault."""
    seconds = int(os.environ.get("FUZZ_SECONDS", "60"))
    names = sys.argv[1:] or [*list_names(), MUTANT]
    print(
        f"Fuzzing {len(names) - 1} readers and a mutant, {seconds} s each, {AT_ONCE} at a time …", flush=True
    )
    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        fuzzed = list(pool.map(lambda name: fuzz(name, seconds), names))
    print(f"{'reader':<16}{'inputs':>10}{'refused':>10}{'slowest':>10}{'memory':>10}   found")
    bad = 0
    for one in fuzzed:
        inputs, refused, slowest, memory = (one.seen[name] for name in COLUMNS)
        is_wrong = one.was_found != (one.name == MUTANT) or (inputs == 0 and one.name != MUTANT)
        bad += is_wrong
        words = (
            "the planted fault"
            if one.name == MUTANT and one.was_found
            else "YES"
            if one.was_found
            else "nothing"
        )
        print(f"{one.name:<16}{inputs:>10,}{refused:>10,}{slowest:>7,} ms{memory:>6,} MiB   {words}")
        if is_wrong:
            print(one.last_words)
            print(f"  the input lies in {FOLDER.relative_to(ROOT)}/{one.name.replace(' ', '-')}/")
    print(f"{len(fuzzed) - bad} passed, {bad} failed in {time.monotonic() - began:.0f} s")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
