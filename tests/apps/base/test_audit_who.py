"""A line names who did it, on whatever connection: never somebody whose work came before or was undone."""

from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.apps.base import jobs as worker
from alongside.apps.base.bridge import telling
from alongside.apps.base.bridge.postgresql import SETTING
from alongside.apps.base.models import AuditChange, AuditLine, SavedView
from alongside.apps.base.operations import JobWork, save_view, start_job
from alongside.apps.base.rules import NOBODY, SYSTEM, acting, change_acting, get_acting
from alongside.apps.base.rules.registry import JobKind, registry
from tests.factories.people import NOW, make_person, make_viewer

ADA, BEN = uuid4(), uuid4()


class Undo(Exception):
    """Undo what was done."""


def write(name: str) -> None:
    SavedView.objects.create(person_id=uuid4(), page="home:search", name=name, query="", created_at=NOW)


@transaction.atomic
def write_and_undo() -> None:
    write("lost")
    raise Undo


def undone() -> None:
    """Ada's whole work is undone; Ben comes next on the same connection."""
    with acting(ADA, why="ada"), pytest.raises(Undo):
        write_and_undo()
    with acting(BEN, why="ben"), transaction.atomic():
        write("ben")


def half_undone() -> None:
    """Ben's part inside Ada's work is undone with its savepoint, and Ben tries again in the same transaction."""
    with transaction.atomic():
        with acting(ADA, why="ada"):
            write("ada")
        with acting(BEN, why="ben"):
            with pytest.raises(Undo):
                write_and_undo()
            write("ben")


def one_after_the_other() -> None:
    """Outside any transaction, and then nobody."""
    with acting(ADA, why="ada"):
        write("ada")
    with acting(BEN, why="ben"):
        write("ben")
    write("nobody")


def turns_in_one_transaction() -> None:
    """Two people take turns inside one transaction, and afterwards nobody says anything."""
    with transaction.atomic():
        with acting(ADA, why="ada"):
            write("ada")
        with acting(BEN, why="ben"):
            write("ben")
        with acting(ADA, why="ada"):
            write("ada")
    with transaction.atomic():
        write("nobody")


def undone_by_hand() -> None:
    """Somebody rolls back below Django."""
    with acting(ADA, why="ada"):
        transaction.set_autocommit(False)
        write("lost")
        transaction.rollback()
        transaction.set_autocommit(True)
    with acting(BEN, why="ben"):
        transaction.set_autocommit(False)
        write("ben")
        transaction.commit()
        transaction.set_autocommit(True)


WAYS = [undone, half_undone, one_after_the_other, turns_in_one_transaction, undone_by_hand]


def find_wrong() -> list[tuple[str, UUID | None]]:
    """Return the lines that name anybody but the one whose name the row carries."""
    who = {"ada": ADA, "ben": BEN, "nobody": None}
    lines = AuditChange.objects.filter(table_name="base_saved_view", kind="insert")
    found = [(SavedView.objects.get(id=UUID(line.row_id)).name, line.person_id) for line in lines]
    assert found
    return [(name, person) for name, person in found if who[name] != person]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", WAYS)
def test_nobody_stands_beside_work_that_was_not_theirs(way: Callable[[], None]) -> None:
    way()
    assert find_wrong() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's triggers ask us, so nothing can go stale")
def test_a_setting_that_outlives_its_transaction_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def say_for_the_session(self: telling._SayFirst) -> None:
        """The mutant: said once for the session, which a rollback undoes behind our back."""
        now = get_acting()
        if self.said == now or now == NOBODY:
            return
        words = f"{now.person_id.hex if now.person_id else ''}||{now.why}"
        with self.connection.connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, false)", [SETTING, words])
        self.said = now

    monkeypatch.setattr(telling._SayFirst, "_say", say_for_the_session)
    one_after_the_other()
    assert find_wrong() == [("nobody", BEN)]


@pytest.mark.django_db
def test_a_request_names_its_person_and_its_page(client: Client) -> None:
    person = make_person("analyst")
    client.force_login(person)
    client.post(reverse("base:keep_view"), {"page": "home:search", "name": "Mine", "query": "q=1"})
    change = AuditChange.objects.get(table_name="base_saved_view")
    assert (change.person_id, change.why) == (person.id, "base:keep_view")
    line = AuditLine.objects.get(operation="save_view")
    assert line.work_id == change.work_id
    assert change.work_id is not None
    assert get_acting() == NOBODY


@pytest.fixture
def _announced() -> Iterator[None]:
    kind = JobKind("tests.save", "Saving", f"{__name__}.save_in_background")
    registry.add_job_kind(kind)
    yield
    registry.job_kinds.pop(kind.name)


def save_in_background(work: JobWork) -> None:
    with work.finish():
        save_view(page="home:search", name="by a job", query="", by=SYSTEM, at=work.clock())


@pytest.mark.django_db
@pytest.mark.usefixtures("_announced")
def test_a_job_names_who_asked_for_it_and_what_it_is() -> None:
    viewer = make_viewer("analyst")
    job = start_job(kind="tests.save", arguments={}, by=viewer, at=timezone.now())
    assert worker.run_next_job()
    change = AuditChange.objects.get(table_name="base_saved_view")
    assert (change.person_id, change.why, change.work_id) == (viewer.person_id, "tests.save", job.id)


def test_what_is_said_later_about_the_same_work_keeps_its_id() -> None:
    with acting(None, why="GET") as begun:
        change_acting(why="people:login")
        change_acting(by=SYSTEM)
        assert get_acting().work_id == begun.work_id
        assert get_acting().why == "people:login"
        assert get_acting().person_id is None
    assert get_acting() == NOBODY
