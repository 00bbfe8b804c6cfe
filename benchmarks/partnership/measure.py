"""Ask every list of a large partnership many times: the server's own time at the median and the 95th percentile."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from alongside.apps.base.rules import Viewer, acting
from alongside.apps.partnership.models import Disclosure, Payment
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
from alongside.apps.people.models import Organisation, Person
from alongside.apps.people.queries import get_viewer
from alongside.apps.people.rules.sign_in import SECOND_FACTOR

TIMES = 40
LIMIT_MS = 300
ASKED, APPROVED = datetime(2026, 2, 2, 9, 0, tzinfo=UTC), datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
PLAIN_STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


class PageBroken(RuntimeError):
    """Say that a page did not answer as it should."""


@dataclass(frozen=True)
class Page:
    """One page: who asks for it and how each turn asks, so that no two turns are quite alike."""

    label: str
    role: str
    ask: Callable[[random.Random], str]


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


def list_pages() -> Iterator[Page]:
    """Name every list of the room, with the filters and pages people use."""
    ids = list(Organisation.objects.exclude(kind="own").values_list("id", flat=True)[:500])
    paid = list(Payment.objects.values_list("id", flat=True)[:500])

    def paged(name: str, *queries: str, pages: int = 40) -> Callable[[random.Random], str]:
        def ask(draw: random.Random) -> str:
            query = draw.choice(("", *queries))
            return f"{reverse(name)}?{query}&page={draw.randrange(1, pages)}"

        return ask

    def plain(name: str) -> Callable[[random.Random], str]:
        return lambda _draw: reverse(name)

    def year_of(year: int) -> Callable[[random.Random], str]:
        def ask(draw: random.Random) -> str:
            query = draw.choice(("", "q=Heart", "category=grant"))
            return f"{reverse('register:year', kwargs={'year': year})}?{query}&page={draw.randrange(1, 60)}"

        return ask

    def one_of(name: str, key: str, choices: list[UUID]) -> Callable[[random.Random], str]:
        return lambda draw: reverse(name, kwargs={key: draw.choice(choices)})

    lead = "engagement_lead"
    yield Page(
        "relationships", lead, paged("relations:list", "q=Heart", "kind=patient_group", "health=strained")
    )
    yield Page("one relationship", lead, one_of("relations:organisation", "organisation_id", ids))
    yield Page("agreements", lead, paged("agreements:list", "kind=grant", "state=active", "q=Heart"))
    yield Page("funding", lead, paged("funding:list", "state=review"))
    yield Page("independence", lead, plain("funding:independence"))
    yield Page("paid work", lead, paged("services:list"))
    yield Page("payments", "finance", paged("payments:list", "state=asked", "q=PAY-2025", "year=2025"))
    yield Page("one payment", "finance", one_of("payments:payment", "payment_id", paid))
    yield Page("events", lead, paged("events:list"))
    yield Page("joint projects", lead, paged("projects:list"))
    yield Page("contacts", lead, paged("contacts:list", "q=Ash", "q=person77"))
    yield Page("duplicates", lead, plain("contacts:duplicates"))
    yield Page("disclosures", lead, paged("disclosures:list"))
    yield Page("published grants", lead, paged("giving:list", "q=heart"))
    yield Page("register, all years", "", plain("register:years"))
    for year in Disclosure.objects.values_list("year", flat=True):
        yield Page(f"register, {year}", "", year_of(year))
    yield Page("start of a lead", lead, plain("home:start"))
    yield Page("start of finance", "finance", plain("home:start"))
    yield Page("a group’s own side", "partner_user", plain("ours:start"))
    yield Page("a group’s records", "partner_user", plain("ours:records"))


def sign_in(role: str) -> Client:
    """Return a browser of the person with this role, or of nobody."""
    client = Client(raise_request_exception=False)
    if role:
        client.force_login(Person.objects.get(email=f"{role}@merrowdale.example"))
        session = client.session
        session[SECOND_FACTOR] = "benchmark"
        session.save()
    return client


def ask_often(page: Page) -> tuple[list[float], int]:
    """Return the milliseconds of every turn, and how many queries the two turns before them took at most."""
    client, draw = sign_in(page.role), random.Random(1)
    queries = 0
    for _ in range(2):
        with CaptureQueriesContext(connection) as caught:
            client.get(page.ask(draw))
        queries = max(queries, len(caught))
    taken = []
    for _ in range(TIMES):
        address = page.ask(draw)
        begun = time.perf_counter()
        answer = client.get(address)
        taken.append(1_000 * (time.perf_counter() - begun))
        if answer.status_code != 200:
            raise PageBroken(f"answered {answer.status_code}")
    return taken, queries


def main(_scale: float) -> int:
    """Print a line for each page; return 1 where one is slower than it should be at the 95th percentile."""
    settings.STORAGES = {**settings.STORAGES, "staticfiles": PLAIN_STATIC}
    settings.ALLOWED_HOSTS = ["testserver", *settings.ALLOWED_HOSTS]
    if not Disclosure.objects.filter(published_at__isnull=False).exists():
        disclose(2025)
    slow = broken = 0
    print(f"  {'page':22} {'median':>9} {'95th':>9} {'queries':>8}   server time in ms, {TIMES} turns")
    for page in list_pages():
        try:
            taken, queries = ask_often(page)
        except (NoReverseMatch, PageBroken) as fault:
            print(f"  {page.label:22} {fault}")
            broken += 1
            continue
        worst = statistics.quantiles(taken, n=20)[-1]
        slow += worst > LIMIT_MS
        print(f"  {page.label:22} {statistics.median(taken):9.0f} {worst:9.0f} {queries:8}", flush=True)
    print(f"  {slow} pages over {LIMIT_MS} ms at the 95th percentile")
    return int(slow + broken > 0)
