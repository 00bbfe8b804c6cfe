"""What was counted, and whether it is what was promised."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Count:
    """One figure; `wanted` is None where it only informs."""

    name: str
    found: int | str
    wanted: int | str | None = None

    @property
    def holds(self) -> bool:
        """Return whether the figure is what was promised."""
        return self.wanted is None or self.found == self.wanted


@dataclass
class Result:
    """What one fault came to on one database. A mutant's result must fail."""

    fault: str
    engine: str
    mutant: str = ""
    counts: list[Count] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, name: str, found: int | str, wanted: int | str | None = None) -> None:
        """Add a figure."""
        self.counts.append(Count(name, found, wanted))

    def note(self, words: str) -> None:
        """Keep a line that explains a figure that is not as promised."""
        if len(self.notes) < 8:
            self.notes.append(words)

    @property
    def is_well(self) -> bool:
        """Return whether nothing was lost, or, for a mutant, whether its mistake was caught."""
        all_hold = bool(self.counts) and all(count.holds for count in self.counts)
        return all_hold != bool(self.mutant)


@contextmanager
def timed(result: Result) -> Iterator[Result]:
    """Run one fault, and say at once what came of it. A harness that breaks counts as a loss, for mutants too."""
    begun = time.monotonic()
    say(f".. {title_of(result)}")
    try:
        yield result
    except Exception as fault:
        result.counts.clear()
        result.mutant = ""
        result.add("the harness itself broke", type(fault).__name__, "")
        result.note(str(fault)[:2000])
    result.seconds = time.monotonic() - begun
    say(describe(result))


def title_of(result: Result) -> str:
    """Return the name of a run."""
    return f"{result.fault}, {result.engine}" + (f", mutant: {result.mutant}" if result.mutant else "")


def describe(result: Result) -> str:
    """Return a run's figures in a few lines."""
    verdict = "ok" if result.is_well else "LOSS" if not result.mutant else "MUTANT NOT CAUGHT"
    if result.mutant and result.is_well:
        verdict = "caught"
    lines = [f"== {title_of(result)}: {verdict} ({result.seconds:.0f} s)"]
    for count in result.counts:
        promise = "" if count.wanted is None else f" (promised {count.wanted})"
        lines.append(f"   {'  ' if count.holds else '! '}{count.name}: {count.found}{promise}")
    if not result.is_well or result.mutant:
        lines.extend(f"     {note}" for note in result.notes)
    return "\n".join(lines)


def print_table(results: list[Result]) -> None:
    """Print every run with its figures, one line each."""
    say("\nFault | database | mutant | verdict | counts | seconds\n--- | --- | --- | --- | --- | ---")
    for one in results:
        verdict = ("caught" if one.mutant else "ok") if one.is_well else "FAILED"
        figures = ", ".join(f"{count.name} {count.found}" for count in one.counts)
        say(f"{one.fault} | {one.engine} | {one.mutant or '–'} | {verdict} | {figures} | {one.seconds:.0f}")


def say(words: str) -> None:
    """Print at once."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
