"""Lists, start pages and single things ask no more often of a large partnership than of a small one."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.apps.base.rules import SYSTEM
from alongside.apps.partnership.operations.relations import judge_relationships
from alongside.apps.people.models import Person
from alongside.apps.people.rules.sign_in import SECOND_FACTOR
from benchmarks.partnership.load import AT, Size, load
from benchmarks.partnership.pages import list_pages

ONCE = 3


def make_size(rows: int) -> Size:
    return Size(
        organisations=rows, interactions=6 * rows, payments=4 * rows, contacts=rows, priorities=rows, promises=rows,
        requests=2 * rows, events=rows, projects=rows, needs=3, workers=3, grants=rows,
    )  # fmt: skip


def count_queries(rows: int) -> dict[str, int]:
    """Load so many rows of everything, and return the most queries each page takes."""
    found: dict[str, int] = {}
    with transaction.atomic():
        load(make_size(rows), lambda _words: None)
        judge_relationships(on=AT.date(), by=SYSTEM, at=AT)
        for page in list_pages():
            client = Client()
            if page.role:
                client.force_login(Person.objects.get(email=f"{page.role}@merrowdale.example"))
                session = client.session
                session[SECOND_FACTOR] = "test"
                session.save()
            for address in page.addresses[:3]:
                with CaptureQueriesContext(connection) as caught:
                    assert client.get(address).status_code == 200, address
                found[page.label] = max(found.get(page.label, 0), len(caught))
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
def test_no_page_asks_more_often_where_there_is_ten_times_as_much() -> None:
    few, many = count_queries(6), count_queries(60)
    # What is there for the first time, or too much to show whole, is asked for once; a row must never be.
    assert {label: (few[label], many[label]) for label in few if many[label] > few[label] + ONCE} == {}
