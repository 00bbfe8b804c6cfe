"""The pages of the audit: who may open them, what they find, and that locked values open only with a reason."""

from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alongside.apps.base.models import AuditChange, AuditLine, SavedView
from alongside.apps.base.operations import destroy_keys, record_audit, record_read, seal_waiting
from alongside.apps.base.queries import (
    AuditFilter,
    get_row_history,
    get_seal_status,
    list_audit_lines,
    list_row_changes,
)
from alongside.apps.base.rules import PUBLIC, SYSTEM, acting
from alongside.apps.home.queries import get_history, list_changes
from alongside.apps.people.models import Person
from tests.factories.people import NOW, make_person, make_viewer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def sign_in(role: str, name: str = "Priya") -> tuple[Client, Person]:
    client, person = Client(), make_person(role, name=name)
    client.force_login(person)
    return client, person


def seal() -> None:
    seal_waiting(clock=lambda: NOW)


@pytest.mark.parametrize("page", ["audit", "audit_changes"])
def test_the_lists_are_for_those_who_may_see_them_and_say_what_to_do_when_empty(page: str) -> None:
    assert sign_in("analyst")[0].get(reverse(f"home:{page}")).status_code == 403
    client, _person = sign_in("auditor")
    assert client.get(reverse(f"home:{page}")).status_code == 200
    shown = client.get(reverse(f"home:{page}"), {"q": "no such thing"}).content.decode()
    assert "Clear all filters" in shown
    odd = {"since": "2026-13-45", "until": "x", "person": "nobody", "work": "?", "kind": "odd"}
    assert client.get(reverse(f"home:{page}"), odd).status_code == 200


def test_lists_can_be_narrowed_by_person_table_row_work_and_day() -> None:
    viewer, other = make_viewer("auditor", name="Ada"), make_viewer("analyst", name="Ben")
    with acting(viewer, why="home:search") as work:
        view = SavedView.objects.create(
            person_id=uuid4(), page="home:search", name="a", query="", created_at=NOW
        )
        record_audit(by=viewer, at=NOW, operation="save_view", on=view)
        record_read(by=other, at=NOW - timedelta(days=9), what="export_views")
    wanted = AuditFilter(table="base_saved_view", row_id=str(view.id).upper(), person_id=viewer.person_id)
    (row,) = list_changes(viewer, wanted)
    assert (row.who, row.label, row.why, row.work_id) == ("Ada", "saved view", "home:search", work.work_id)
    assert list_row_changes(viewer, AuditFilter(operation="home:search")).count() == 1
    assert list_row_changes(viewer, AuditFilter(work_id=work.work_id)).count() == 1
    assert not list_row_changes(other, wanted).exists()
    acts = AuditFilter(person_id=other.person_id, kind="read", until=NOW.date() - timedelta(days=1))
    assert [one.operation for one in list_audit_lines(viewer, acts)] == ["export_views"]
    assert not list_audit_lines(viewer, AuditFilter(kind="read", since=NOW.date())).exists()
    assert not list_audit_lines(PUBLIC).exists()
    assert list_audit_lines(viewer).exists()


def test_how_far_the_audit_is_sealed_is_shown() -> None:
    client, _person = sign_in("auditor")
    assert get_seal_status(PUBLIC) is None
    seal()
    status = get_seal_status(make_viewer("auditor"))
    assert status
    assert status.kept
    shown = client.get(reverse("home:audit")).content.decode()
    assert status.seal in shown
    assert "waiting to be sealed" in shown


def test_a_row_tells_who_changed_what_from_what_to_what_and_why() -> None:
    viewer = make_viewer("auditor", name="Ada")
    person = make_person("analyst", name="Maddison Canary")
    with acting(viewer, why="people:person"):
        Person.objects.filter(id=person.id).update(is_active=False)
        record_audit(by=viewer, at=NOW, operation="set_active", on=person, reason="left in May")
    found = get_history(viewer, "people_person", str(person.id))
    assert found
    last = found[1][-1]
    assert (last.who, last.kind, last.reasons) == ("Ada", "changed", ("set active: left in May",))
    assert [(one.name, one.old, one.new) for one in last.values] == [("is active", "yes", "no")]
    assert get_history(viewer, "people_person", uuid4().hex) is None
    assert get_row_history(viewer, "no_such_table", person.id.hex) is None
    assert get_row_history(PUBLIC, "people_person", person.id.hex) is None


def test_values_about_persons_open_for_governance_with_a_reason_that_is_kept() -> None:
    person = make_person("analyst", name="Maddison Canary")
    address = reverse("home:audit_row", args=["people_person", person.id.hex])
    auditor, _ = sign_in("auditor")
    governance, lead = sign_in("governance_lead")
    for is_sealed in (False, True):
        if is_sealed:
            seal()
        assert "Canary" not in auditor.get(address).content.decode()
        assert auditor.post(address, {"reason": "curious"}).status_code == 403
        assert "Canary" not in governance.get(address).content.decode()
        assert "Canary" not in governance.post(address, {"reason": " "}).content.decode()
        shown = governance.post(address, {"reason": "the person asked"}).content.decode()
        assert "Canary" in shown
        assert "only its digest is kept" in shown  # the password
    lines = AuditLine.objects.filter(operation="open_audit_values")
    assert {(one.by_person_id, one.kind, one.reason) for one in lines} == {
        (lead.id, "read", "the person asked")
    }
    destroy_keys([person.id], at=NOW)
    shown = governance.post(address, {"reason": "again"}).content.decode()
    assert "Canary" not in shown
    assert "erased: only its digest is kept" in shown


def test_a_row_nobody_wrote_is_not_there() -> None:
    client, _person = sign_in("auditor")
    assert client.get(reverse("home:audit_row", args=["people_person", uuid4().hex])).status_code == 404


@pytest.mark.parametrize("name", ["acts", "rows"])
def test_a_list_can_be_downloaded_without_values_and_that_is_written_down(name: str) -> None:
    client, person = sign_in("auditor", name="Maddison Canary")
    with acting(SYSTEM, why="alongside test"):
        record_audit(by=SYSTEM, at=NOW, operation="=count", reason="why")
    answer = client.get(reverse("home:audit_export", args=[name]))
    told = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert told.count("\r\n") >= 2
    assert "Canary" not in told.replace("Maddison Canary,", "")
    line = AuditLine.objects.get(operation="export_audit")
    assert (line.by_person_id, line.kind) == (person.id, "read")
    assert line.detail["rows"] > 0
    assert client.get(reverse("home:audit_export", args=["voices"])).status_code == 404
    assert sign_in("analyst")[0].get(reverse("home:audit_export", args=[name])).status_code == 403


def test_many_lines_leave_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("alongside.apps.home.views.audit"), "STEP", 2)
    client, _person = sign_in("auditor")
    lines = AuditChange.objects.count()
    answer = client.get(reverse("home:audit_export", args=["rows"]))
    assert b"".join(answer.streaming_content).count(b"\r\n") == lines + 1  # type: ignore[attr-defined]


def test_a_long_value_is_cut_and_who_is_gone_is_said_so() -> None:
    viewer = make_viewer("auditor")
    with acting(uuid4(), why="home:search"):
        SavedView.objects.create(person_id=uuid4(), page="p" * 80, name="a", query="q" * 900, created_at=NOW)
    with acting(None, why="say:sent"):
        SavedView.objects.update(name="b")
    with acting(None, why="alongside work"):
        SavedView.objects.update(name="c")
    change = AuditChange.objects.filter(table_name="base_saved_view").latest("id")
    found = get_history(viewer, "base_saved_view", change.row_id, opened=True)
    assert found
    assert [one.who for one in found[1]] == [
        "somebody who is gone",
        "somebody without an account",
        "Alongside",
    ]
    assert any(value.new.endswith(" …") for value in found[1][0].values)
