"""Ask every list of a large partnership many times: the server's own time at the median and the 95th percentile."""

import os
import statistics
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch

from alongside.apps.base.rules import Viewer, acting
from alongside.apps.partnership.models import Disclosure
from alongside.apps.partnership.operations.disclosures.checking import ask_partners, send_to_approval
from alongside.apps.partnership.operations.disclosures.collecting import (
    begin_year,
    collect_rows,
    finish_collecting,
)
from alongside.apps.partnership.operations.disclosures.publishing import (
    approve_disclosure,
    publish_disclosure,
)
from alongside.apps.people.models import Person
from alongside.apps.people.queries import get_viewer
from alongside.apps.people.rules.sign_in import SECOND_FACTOR
from benchmarks.partnership.pages import Page, list_pages

TIMES = 40
LEAST_TURNS = 4
LIMIT_MS = 300
ASKED, APPROVED = datetime(2026, 2, 2, 9, 0, tzinfo=UTC), datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
PLAIN_STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


class PageBroken(RuntimeError):
    """Say that a page did not answer as it should."""


@dataclass(frozen=True)
class Taken:
    """How long each turn of one page took, in ms: by the clock, and of this process's own computing."""

    clock: list[float]
    computing: list[float]
    queries: int
    slowest: str


def disclose(year: int) -> None:
    """Bring one year from collecting to the public register, by its own operations."""
    lead, certifier = (_viewer(role) for role in ("engagement_lead", "certifier"))
    with acting(lead, why="a large made-up partnership"):
        one = begin_year(year=year, by=lead, at=ASKED)
        begun = time.monotonic()
        rows = collect_rows(disclosure_id=one, by=lead, at=ASKED)
        print(f"  {rows:,} rows collected for {year} in {time.monotonic() - begun:.1f} s")
        finish_collecting(disclosure_id=one, by=lead, at=ASKED)
        ask_partners(disclosure_id=one, by=lead, at=ASKED)
        send_to_approval(disclosure_id=one, by=lead, at=APPROVED)
    with acting(certifier, why="a large made-up partnership"):
        approve_disclosure(disclosure_id=one, by=certifier, at=APPROVED)
        begun = time.monotonic()
        publish_disclosure(disclosure_id=one, by=certifier, at=APPROVED)
        print(f"  published in {time.monotonic() - begun:.1f} s")


def _viewer(role: str) -> Viewer:
    return get_viewer(Person.objects.get(email=f"{role}@merrowdale.example"))


def sign_in(role: str) -> Client:
    """Return a browser of the person with this role, or of nobody."""
    client = Client(raise_request_exception=False)
    if role:
        client.force_login(Person.objects.get(email=f"{role}@merrowdale.example"))
        session = client.session
        session[SECOND_FACTOR] = "benchmark"
        session.save()
    return client


def ask_often(page: Page) -> Taken:
    """Ask for each address once to count its queries, then for all in turn, each equally often."""
    client = sign_in(page.role)
    queries = 0
    for address in page.addresses:
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(address)
        if answer.status_code != 200:
            raise PageBroken(f"answered {answer.status_code} at {address}")
        queries = max(queries, len(caught))
    clock: dict[str, list[float]] = {address: [] for address in page.addresses}
    computing: list[float] = []
    for _turn in range(max(LEAST_TURNS, -(-TIMES // len(page.addresses)))):
        for address in page.addresses:
            begun, begun_computing = time.perf_counter(), time.process_time()
            client.get(address)
            clock[address].append(1_000 * (time.perf_counter() - begun))
            computing.append(1_000 * (time.process_time() - begun_computing))
    slowest = max(clock, key=lambda address: statistics.median(clock[address]))
    words = slowest.partition("?")[2] if len(page.addresses) > 1 else ""
    return Taken(
        [one for times in clock.values() for one in times],
        computing,
        queries,
        f"{statistics.median(clock[slowest]):.0f} {words}" if words else "",
    )


def main(_scale: float) -> int:
    """Print a line for each page; return 1 where one is slower than it should be at the 95th percentile.

    MEASURE_ONLY, a part of a page's name, measures that page alone.
    """
    settings.STORAGES = {**settings.STORAGES, "staticfiles": PLAIN_STATIC}
    settings.ALLOWED_HOSTS = ["testserver", *settings.ALLOWED_HOSTS]
    if not Disclosure.objects.filter(published_at__isnull=False).exists():
        disclose(2025)
    slow = broken = 0
    print(f"  {'':22} {'by the clock, ms':>19} {'computing':>9}")
    print(f"  {'page':22} {'median':>9} {'95th':>9} {'95th':>9} {'queries':>8}  slowest way, median")
    for page in list_pages():
        if os.environ.get("MEASURE_ONLY", "") not in page.label:
            continue
        try:
            taken = ask_often(page)
        except (NoReverseMatch, PageBroken) as fault:
            print(f"  {page.label:22} {fault}")
            broken += 1
            continue
        worst, computing = (statistics.quantiles(each, n=20)[-1] for each in (taken.clock, taken.computing))
        slow += worst > LIMIT_MS
        figures = f"{statistics.median(taken.clock):9.0f} {worst:9.0f} {computing:9.0f} {taken.queries:8}"
        print(f"  {page.label:22} {figures}  {taken.slowest}", flush=True)
    print(f"  {slow} pages over {LIMIT_MS} ms at the 95th percentile")
    return int(slow + broken > 0)
