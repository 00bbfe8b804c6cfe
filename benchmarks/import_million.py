"""A million rows on their way in: how long, how much memory, and how long another writer waits meanwhile.

`python benchmarks/import_million.py [ROWS]` on a database of its own: SQLite in a temporary folder, or whatever
ALONGSIDE_DATABASE_URL names. Another process does one small write every 50 ms and times each.
"""

import csv
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path

PAUSE_SECONDS = 0.05
SAMPLE = 5_000
WORDS = (
    "I waited a long time and nobody told me why, and I did not like to ask. ",
    "The nurse explained it with a drawing, which helped more than the leaflet. ",
    "The letter came after the day it was about. ",
)


def write_file(path: Path, rows: int) -> None:
    """Write a table of comments, about 150 letters each, three of each person."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "person", "comment", "service", "date", "age"])
        for row in range(rows):
            text = WORDS[row % 3] + WORDS[(row // 3) % 3] + f"Row {row}."
            day = f"{row % 28 + 1:02}/{row % 12 + 1:02}/2026"
            writer.writerow([f"C{row:08}", f"R{row // 3:07}", text, f"Ward {row % 40}", day, "55 to 64"])


def write_beside(stop: Event, waits: "Queue[list[tuple[float, float]]]") -> None:
    """Do a small write every 50 ms until told to stop; hand back when each began and how long it took."""
    import django  # noqa: PLC0415  a process of its own

    django.setup()
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from alongside.apps.base.operations import record_audit  # noqa: PLC0415
    from alongside.apps.base.rules import SYSTEM  # noqa: PLC0415

    taken: list[tuple[float, float]] = []
    while not stop.is_set():
        begun = time.monotonic()
        with transaction.atomic():
            record_audit(by=SYSTEM, at=timezone.now(), operation="benchmark")
        taken.append((begun, time.monotonic() - begun))
        stop.wait(PAUSE_SECONDS)
    waits.put(taken)


def measure_covering(texts: list[str]) -> float:
    """Return the seconds that covering and digesting one voice takes."""
    from alongside.apps.engagement.bridge import Coverer, digest_words  # noqa: PLC0415  after the environment

    coverer = Coverer([f"Staff Member{number}" for number in range(200)])
    begun = time.process_time()
    for text in texts:
        coverer.cover(text)
        digest_words(text)
    return (time.process_time() - begun) / len(texts)


def main(rows: int) -> None:
    """Import a file of this many rows and print what it cost."""
    holder = tempfile.TemporaryDirectory(prefix="import-million-")
    folder = Path(holder.name)
    os.environ["ALONGSIDE_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    import django  # noqa: PLC0415  after the environment

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    from alongside.apps.base.jobs import run_next_job  # noqa: PLC0415
    from alongside.apps.engagement.models import Import, Voice  # noqa: PLC0415
    from alongside.apps.engagement.operations import choose_columns, confirm_import, start_import  # noqa: PLC0415
    from alongside.apps.engagement.rules import ColumnChoice  # noqa: PLC0415
    from tests.factories.engagement import make_basis, make_engagement  # noqa: PLC0415
    from tests.factories.people import make_viewer  # noqa: PLC0415

    source = folder / "comments.csv"
    write_file(source, rows)
    lead = make_viewer("engagement_lead")
    engagement = make_engagement()
    before_megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    stop, waits = multiprocessing.get_context("spawn").Event(), multiprocessing.get_context("spawn").Queue()
    beside = multiprocessing.get_context("spawn").Process(target=write_beside, args=(stop, waits))
    beside.start()
    time.sleep(3)

    begun = time.monotonic()
    with source.open("rb") as file:
        found = start_import(
            engagement_id=engagement.id, file_name=source.name, size_bytes=source.stat().st_size,
            parts=iter(lambda: file.read(2**20), b""), by=lead, at=timezone.now(),
        )  # fmt: skip
    choice = ColumnChoice(
        texts=("comment",), id="id", person="person", service="service", said_on="date", age_band="age"
    )
    choose_columns(
        import_id=found.id,
        choice=choice,
        basis_id=make_basis(by=lead),
        language="en",
        by=lead,
        at=timezone.now(),
    )
    uploaded = time.monotonic()
    run_next_job()
    read = time.monotonic()
    confirm_import(import_id=found.id, by=lead, at=timezone.now())
    confirmed = time.monotonic()
    peak_megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    stop.set()
    taken = waits.get()
    beside.join()

    found = Import.objects.get(id=found.id)
    assert found.answers_new == rows == Voice.objects.filter(engagement_id=engagement.id).count(), (
        found.answers_new
    )
    lengths = sorted(length for _at, length in taken)
    print(f"{connection.vendor}: {rows:,} rows, file {source.stat().st_size / 2**20:.0f} MiB")
    print(
        f"  upload {uploaded - begun:.1f} s, read {read - uploaded:.1f} s ({rows / (read - uploaded):,.0f} rows/s)"
    )
    cover_seconds = measure_covering(list(Voice.objects.values_list("text", flat=True)[:SAMPLE]))
    print(
        f"  of the reading, covering takes {cover_seconds * 1e6:.0f} µs a voice: "
        f"{cover_seconds * rows / (read - uploaded):.0%}"
    )
    print(f"  confirm {confirmed - read:.3f} s, all {confirmed - begun:.1f} s")
    print(
        f"  memory: peak {peak_megabytes:.0f} MB, {peak_megabytes - before_megabytes:.0f} MB above the start"
    )
    print(
        f"  another writer, {len(lengths):,} writes: median {lengths[len(lengths) // 2] * 1000:.0f} ms, "
        f"99 of 100 under {lengths[len(lengths) * 99 // 100] * 1000:.0f} ms, longest {lengths[-1]:.2f} s"
    )
    connection.close()
    holder.cleanup()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
