"""Every way to write a row leaves a line that says who, what, when, why, old and new."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.apps.base.bridge.triggers import list_faulty_triggers
from alongside.apps.base.models import AuditChange, AuditLine, Job, SavedView
from alongside.apps.base.operations import record_audit
from alongside.apps.base.operations.triggers import refresh_triggers
from alongside.apps.base.rules import SYSTEM, acting
from alongside.apps.base.rules.audited import list_audited_tables
from alongside.apps.engagement.models import insert_rows
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db
PERSON, WORK = uuid4(), uuid4()


def make_view(name: str = "Mine") -> SavedView:
    return SavedView(person_id=PERSON, page="home:search", name=name, query="q=a", created_at=NOW)


def changes(of: SavedView | None = None) -> list[AuditChange]:
    found = AuditChange.objects.filter(table_name="base_saved_view").order_by("id")
    return list(found.filter(row_id=of.id.hex) if of else found)


def save() -> tuple[str, int]:
    make_view().save()
    return "insert", 1


def create() -> tuple[str, int]:
    SavedView.objects.create(person_id=PERSON, page="home:search", name="b", query="", created_at=NOW)
    return "insert", 1


def bulk_create() -> tuple[str, int]:
    SavedView.objects.bulk_create([make_view("a"), make_view("b"), make_view("c")])
    return "insert", 3


def insert_many_rows() -> tuple[str, int]:
    rows = [(uuid4(), PERSON, "home:search", name, "", NOW) for name in "abcd"]
    insert_rows(SavedView, ("id", "person_id", "page", "name", "query", "created_at"), rows)
    return "insert", 4


def queryset_update() -> tuple[str, int]:
    SavedView.objects.filter(name="here").update(query="q=new")
    return "update", 2


def bulk_update() -> tuple[str, int]:
    views = list(SavedView.objects.filter(name="here"))
    for view in views:
        view.query = "q=new"
    SavedView.objects.bulk_update(views, ["query"])
    return "update", 2


def delete() -> tuple[str, int]:
    found = SavedView.objects.filter(name="here").first()
    assert found is not None
    found.delete()
    return "delete", 1


def queryset_delete() -> tuple[str, int]:
    SavedView.objects.filter(name="here").delete()
    return "delete", 2


def raw_delete() -> tuple[str, int]:
    SavedView.objects.filter(name="here")._raw_delete(using="default")
    return "delete", 2


def raw_sql() -> tuple[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE base_saved_view SET query = 'q=new' WHERE name = %s", ["here"])
    return "update", 2


@pytest.mark.parametrize(
    "write",
    [
        save, create, bulk_create, insert_many_rows, queryset_update, bulk_update, delete, queryset_delete,
        raw_delete, raw_sql,
    ],
)  # fmt: skip
def test_every_way_to_write_leaves_one_line_a_row(write: Callable[[], tuple[str, int]]) -> None:
    SavedView.objects.bulk_create(
        [
            SavedView(person_id=uuid4(), page="home:search", name="here", query="q=old", created_at=NOW)
            for _ in range(2)
        ]
    )
    before = AuditChange.objects.count()
    with acting(PERSON, why="home:search", work_id=WORK):
        kind, rows = write()
    lines = list(AuditChange.objects.order_by("id")[before:])
    assert [line.kind for line in lines] == [kind] * rows
    assert {(line.person_id, line.work_id, line.why) for line in lines} == {(PERSON, WORK, "home:search")}
    assert {line.table_name for line in lines} == {"base_saved_view"}
    if kind == "update":
        assert {((line.old or {})["query"], (line.new or {})["query"]) for line in lines} == {
            ("q=old", "q=new")
        }
        assert all(set(line.new or {}) == {"query"} for line in lines)
    else:
        assert all(
            (line.old is None, line.new is None) == (kind == "insert", kind == "delete") for line in lines
        )
    assert all(bool(line.before) == (kind != "insert") for line in lines)
    assert all(bool(line.after) == (kind != "delete") for line in lines)


def test_an_update_that_changes_nothing_leaves_no_line() -> None:
    view = make_view()
    view.save()
    view.save()
    assert len(changes(view)) == 1


def test_a_heartbeat_leaves_no_line_and_a_state_does() -> None:
    job = Job.objects.create(kind="x", created_at=NOW, run_after=NOW)
    Job.objects.update(heartbeat_at=NOW, lease_until=NOW + timedelta(minutes=1), progress_done=3)
    Job.objects.update(state="running")
    lines = AuditChange.objects.filter(table_name="base_job", row_id=job.id.hex).order_by("id")
    assert [line.kind for line in lines] == ["insert", "update"]
    assert lines[1].new == {"state": "running"}


def test_a_password_is_never_in_a_line_but_its_change_is() -> None:
    viewer = make_viewer("analyst")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET password = 'argon2$canary'")
    line = AuditChange.objects.filter(table_name="people_person").latest("id")
    assert line.row_id == viewer.own_id.hex
    assert len((line.new or {})["password"]) == 64
    assert "canary" not in str(line.new)


def test_every_table_of_ours_has_its_triggers_and_making_them_again_changes_nothing() -> None:
    assert list_faulty_triggers() == []
    assert refresh_triggers() == 0
    names = {table.name for table in list_audited_tables()}
    assert {"people_person", "engagement_voice", "actions_action_insight", "insight_theme"} <= names
    assert "django_session" not in names


@pytest.mark.parametrize("table", ["base_audit_line", "base_audit_change", "base_audit_value"])
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE", "TRUNCATE"])
def test_what_is_written_cannot_be_changed_or_taken_away(table: str, verb: str) -> None:
    make_view().save()
    record_audit(by=SYSTEM, at=NOW, operation="look")
    change = AuditChange.objects.latest("id")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO base_audit_value (change_id, subject_id, locked) VALUES (%s, %s, %s)",
            [change.id, PERSON.hex, b"x"],
        )
    statements = {
        "UPDATE": f"UPDATE {table} SET {'subject_id = %s' if 'value' in table else 'work_id = %s'}",
        "DELETE": f"DELETE FROM {table}",
        "TRUNCATE": f"TRUNCATE {table} CASCADE",
    }
    if verb == "TRUNCATE" and connection.vendor == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    arguments: list[Any] = [uuid4().hex] if verb == "UPDATE" else []
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statements[verb], arguments)
    assert AuditLine.objects.exists()
