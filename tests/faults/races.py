"""Two processes of eight threads reach for each counter and state of the product at one moment."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.faults.engines import Installation
from tests.faults.report import Result
from tests.faults.serving import ROOT

HEAD_START_SECONDS = 0.15


class Racers:
    """One racing process, spoken to by lines of JSON."""

    def __init__(self, installation: Installation, mutant: str) -> None:
        environment = installation.environment(mutant)
        environment["ALONGSIDE_EMAIL_BACKEND"] = "django.core.mail.backends.locmem.EmailBackend"
        command = [sys.executable, "-m", "tests.faults.racing", *(["--with-mutant"] if mutant else [])]
        self.path = installation.data / "racing.log"
        self.log = self.path.open("a")
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )

    def tell(self, do: str, **arguments: Any) -> None:
        """Say what to do."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": do, **arguments}) + "\n")
        self.process.stdin.flush()

    def hear(self) -> Any:
        """Return what came of it."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"a racing process ended: {self.path.read_text()[-1500:]}")
        answer = json.loads(line)
        if isinstance(answer, dict) and "broke" in answer:
            raise RuntimeError(answer["broke"])
        return answer

    def ask(self, do: str, **arguments: Any) -> Any:
        """Say what to do and return what came of it."""
        self.tell(do, **arguments)
        return self.hear()


@contextmanager
def racing(installation: Installation, mutant: str) -> Iterator[list[Racers]]:
    """Run both racing processes."""
    both = [Racers(installation, mutant) for _ in range(2)]
    try:
        yield both
    finally:
        for one in both:
            one.process.kill()
            one.process.wait()
            one.log.close()


def run(result: Result, installation: Installation, *, rounds: int = 2, shuffles: bool = False) -> None:
    """Run every race so many times; count racers that broke, races with the wrong winners, and wrong ends."""
    broke = lost = 0
    unlike: set[str] = set()
    with racing(installation, result.mutant) as both:
        names = both[0].ask("names", shuffles=shuffles)
        for name in names:
            for _round in range(rounds):
                ends, words, winners = _race(both, name)
                faults = [end for end in ends if end != "won" and not end.startswith("too late")]
                broke += len(faults)
                lost += bool(words)
                for fault in faults[:1]:
                    result.note(f"{name}: {fault}")
                if words:
                    result.note(f"{name}: {words}")
                if winners not in (None, ends.count("won")):
                    unlike.add(f"{name}: {ends.count('won')} won, not {winners}; {min(ends)}")
    for words in sorted(unlike):
        result.note(words)
    result.add("races", len(names))
    result.add("rounds of sixteen", len(names) * rounds)
    result.add("racers that broke", broke, 0)
    result.add("rounds that ended wrong", lost, 0)
    result.add("races with too many or too few winners", len(unlike), 0)


def _race(both: list[Racers], name: str) -> tuple[list[str], str, int | None]:
    given = both[0].ask("ready", name=name)
    at = time.time() + HEAD_START_SECONDS
    for process, racers in enumerate(both):
        racers.tell("go", name=name, given=given, process=process, at=at)
    ends = [end for racers in both for end in racers.hear()]
    words, winners = both[0].ask("wrong", name=name, given=given)
    return ends, words, winners
