"""Fuzz one reader: `python -m tests.fuzz.one READER SECONDS FOLDER`; what was seen goes to FOLDER/seen.json.

A process of its own, because the fuzzer ends it and because memory is measured as a whole.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import atheris
import django

MOST_SECONDS = 1.0
MOST_MEMORY_BYTES = 100 * 2**20
LONGEST_BYTES = 8_192
WRITE_EVERY_SECONDS = 0.5
KIBIBYTE = 1_024


def _processor_seconds() -> float:
    """Return the processor time of this process and those it started, which no busy neighbour lengthens."""
    return time.process_time() + _started_seconds()


def _started_seconds() -> float:
    """Return the processor time of the processes this one started."""
    started = resource.getrusage(resource.RUSAGE_CHILDREN)
    return started.ru_utime + started.ru_stime


def _memory_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIBIBYTE


class Watch:
    """Runs a reader on each input, keeps the slowest and the most memory, and stops on what may not happen."""

    def __init__(
        self, read: Callable[[bytes], object], declared: tuple[type[BaseException], ...], seen: Path
    ) -> None:
        self.read, self.declared, self.seen = read, declared, seen
        self.inputs = self.refused = 0
        self.slowest_seconds = 0.0
        self.starting_seconds = 0.0  # what a process of a reader's own costs before it has read anything
        self.most_bytes = 0
        self.written_at = 0.0

    def __call__(self, data: bytes) -> None:
        """Read one input; raise whatever was not declared, and AssertionError where it was slow or hungry."""
        began, held = _processor_seconds(), _memory_bytes()
        try:
            self.read(data)
        except self.declared:
            self.refused += 1
        took = _processor_seconds() - began
        self.inputs += 1
        self.slowest_seconds = max(self.slowest_seconds, took)
        grown = _memory_bytes() - held  # a peak, so growth is what this input needed beyond all before it
        self.most_bytes = max(self.most_bytes, grown)
        if time.monotonic() - self.written_at > WRITE_EVERY_SECONDS:
            self.write()
        if took > MOST_SECONDS + self.starting_seconds:
            raise AssertionError(f"one input of {len(data)} bytes took {took:.2f} s of processor time")
        if grown > MOST_MEMORY_BYTES:
            raise AssertionError(f"memory grew by {grown / 2**20:.0f} MiB")

    def write(self) -> None:
        """Keep what was seen so far: the fuzzer ends the process without a word."""
        self.written_at = time.monotonic()
        seen = {
            "inputs": self.inputs,
            "refused": self.refused,
            "slowest_milliseconds": round(self.slowest_seconds * 1000),
            "memory_mebibytes": round(self.most_bytes / 2**20),
        }
        waiting = self.seen.with_suffix(".new")
        waiting.write_text(json.dumps(seen))
        waiting.replace(self.seen)


def main(name: str, seconds: str, folder: Path) -> None:
    """Fuzz until the time is up; the exit code is not nought where something was found."""
    with atheris.instrument_imports(
        include=["alongside.adapters", "alongside.apps.engagement", "alongside.science", "tests.fuzz.readers"]
    ):
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
        django.setup()
        from tests.fuzz.readers import MUTANT, READERS  # noqa: PLC0415  (instrumented while it is imported)

    reader = MUTANT if name == "mutant" else READERS[name]
    scratch, seeds = folder / "scratch", folder / "seeds"
    for place in (scratch, seeds):
        place.mkdir(parents=True, exist_ok=True)
    starting = 0.0
    for number, seed in enumerate(reader.seeds):
        (seeds / str(number)).write_bytes(seed)
        before = _started_seconds()
        with suppress(*reader.declared):
            reader.read(seed, scratch)  # what is loaded once is not an input's memory
        starting = max(starting, _started_seconds() - before)
    watch = Watch(lambda data: reader.read(data, scratch), reader.declared, folder / "seen.json")
    watch.starting_seconds = starting
    options = [f"-max_total_time={seconds}", f"-max_len={LONGEST_BYTES}", "-rss_limit_mb=0", "-timeout=60",
               f"-artifact_prefix={folder}/found-", "-verbosity=0", "-print_final_stats=0"]  # fmt: skip
    atheris.Setup(["fuzz", *options, str(seeds)], watch)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
