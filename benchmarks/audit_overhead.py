"""What the audit costs a writer: the same writes with the triggers and without them, in one run, as a ratio.

`python -m benchmarks.audit_overhead [ROWS]` on a database of its own: SQLite in a temporary folder, or whatever
ALONGSIDE_DATABASE_URL names. Three kinds of writing: one row at a time in a transaction of its own, rows by the
hundred, and a file of ROWS rows on its way in. Turns alternate and the medians are compared; the machine is shared,
so read the ratio. Sealing happens in the worker, beside the writers; its speed is printed too.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch
from uuid import uuid4

AT = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
TURNS = 3
SINGLE, BULK = 400, 10_000


def print_beside(words: str, number: int, turns: list[tuple[float, float]]) -> None:
    """Print the medians of the turns with and without the audit, and their ratio."""
    audited, plain = (statistics.median(seconds) for seconds in zip(*turns, strict=True))
    extra = 1e6 * (audited - plain) / number
    print(
        f"  {words:42} ratio {audited / plain:.2f}   "
        f"({audited:.2f} s beside {plain:.2f} s, {extra:.0f} µs more a row)"
    )


def main(rows: int) -> None:
    """Print the three ratios."""
    holder = tempfile.TemporaryDirectory(prefix="audit-overhead-")
    os.environ["ALONGSIDE_DATA"] = holder.name
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    import django  # noqa: PLC0415  after the environment

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection, transaction  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    from alongside.apps.base.models import SavedView  # noqa: PLC0415
    from alongside.apps.base.operations import seal_waiting  # noqa: PLC0415
    from alongside.apps.base.operations.triggers import refresh_triggers, remove_triggers  # noqa: PLC0415
    from alongside.apps.base.rules import acting  # noqa: PLC0415
    from benchmarks.import_million import write_file  # noqa: PLC0415
    from tests.factories.engagement import make_engagement, read_table_file  # noqa: PLC0415
    from tests.factories.people import make_viewer  # noqa: PLC0415

    lead = make_viewer("engagement_lead")
    path = Path(holder.name) / "comments.csv"
    write_file(path, rows)
    content = path.read_bytes()

    def make_view() -> SavedView:
        return SavedView(person_id=uuid4(), page="home:search", name="n", query="q=a", created_at=AT)

    def write_one_by_one() -> None:
        for _ in range(SINGLE):
            with transaction.atomic():
                make_view().save()

    def write_in_bulk() -> None:
        with transaction.atomic():
            SavedView.objects.bulk_create([make_view() for _ in range(BULK)], batch_size=500)

    def read_a_file() -> None:
        read_table_file(make_engagement(), content, by=lead)

    def measure(write: Callable[[], None], *, audited: bool) -> float:
        if audited:
            refresh_triggers()
        else:
            remove_triggers()
        staging = "alongside.apps.engagement.operations.staging.record_batch"
        with acting(lead, why="benchmark"), nullcontext() if audited else patch(staging):
            begun = time.perf_counter()
            write()
            return time.perf_counter() - begun

    print(f"{connection.vendor}: with the audit beside without it, medians of {TURNS} turns")
    works = (
        (f"{SINGLE} rows, one a transaction", write_one_by_one, SINGLE),
        (f"{BULK:,} rows in bulk", write_in_bulk, BULK),
        (f"a file of {rows:,} rows on its way in", read_a_file, rows),
    )
    for words, write, number in works:
        turns = [(measure(write, audited=True), measure(write, audited=False)) for _ in range(TURNS)]
        print_beside(words, number, turns)
    refresh_triggers()
    begun = time.perf_counter()
    sealed = seal_waiting(clock=lambda: AT)
    print(f"  sealing: {sealed / (time.perf_counter() - begun):,.0f} lines a second")
    connection.close()
    holder.cleanup()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
