"""One of the two racing processes: reads what to do as lines of JSON, answers with lines of JSON."""

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
django.setup()

from django.db import connection  # noqa: E402  needs Django first

from alongside.apps.base.rules import Refused  # noqa: E402
from tests.faults.mutants import install_mutant  # noqa: E402
from tests.faults.racing import shuffled  # noqa: E402
from tests.faults.racing.race import THREADS, Race, TooLate  # noqa: E402

# Every file beside this one holds the races of one room.
ROOMS = [
    import_module(f"tests.faults.racing.{one.name}")
    for one in iter_modules([str(Path(__file__).parent)])
    if one.name not in ("__main__", "race")
]
RACES: dict[str, Race] = {race.name: race for room in ROOMS for race in room.RACES}


def list_names(shuffles: bool) -> list[str]:
    """Return the races, or the shuffled batches."""
    return [race.name for room in ROOMS if (room is shuffled) == shuffles for race in room.RACES]


def go(name: str, given: dict[str, str], process: int, at: float) -> list[str]:
    """Let this process's threads run at one moment; return how each ended: won, too late, or a fault."""
    race, ends = RACES[name], [""] * THREADS

    def run(thread: int) -> None:
        try:
            connection.ensure_connection()
            while time.time() < at:
                pass
            race.go(given, process * THREADS + thread)
            ends[thread] = "won"
        except (Refused, TooLate) as refusal:
            ends[thread] = f"too late: {refusal}"
        except Exception as fault:
            ends[thread] = f"{type(fault).__name__}: {fault}"[:300]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


DOES: dict[str, Callable[..., Any]] = {
    "names": list_names,
    "ready": lambda name: dict(RACES[name].ready()),
    "go": go,
    "wrong": lambda name, given: (RACES[name].wrong(given), RACES[name].winners),
}


def main() -> None:
    """Answer until there is nothing more to do."""
    out = sys.stdout
    sys.stdout = sys.stderr  # whatever else is printed is no answer
    if "--with-mutant" in sys.argv:
        install_mutant()
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer: Any = DOES[asked.pop("do")](**asked)
        except Exception as fault:
            answer = {"broke": f"{type(fault).__name__}: {fault}"[:600]}
        out.write(json.dumps(answer) + "\n")
        out.flush()


if __name__ == "__main__":
    main()
