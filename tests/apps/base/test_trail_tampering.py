"""Whoever changes, removes or moves a line, or writes around the triggers, is found, and the first bad line named."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from alongside.apps.base.bridge.heads import heads_path, read_heads
from alongside.apps.base.models import AuditChange, AuditHead, AuditLine, AuditValue, PersonKey, SavedView
from alongside.apps.base.operations import ToLock, destroy_keys, lock_for, record_audit, record_read
from alongside.apps.base.operations.triggers import remove_triggers
from alongside.apps.base.queries.values import open_values
from alongside.apps.base.rules import SYSTEM, acting
from alongside.apps.people.models import Person
from tests.factories.engagement import make_engagement
from tests.factories.people import NOW, make_person
from tests.factories.trail import SEALED_AT, around_the_triggers, seal, tamper, verify

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def fill(rows: int = 3) -> list[SavedView]:
    """Some rows, some acts, all sealed."""
    views = [
        SavedView(person_id=uuid4(), page="home:search", name=f"view {n}", query="q=a", created_at=NOW)
        for n in range(rows)
    ]
    with acting(SYSTEM, why="test"), transaction.atomic():
        SavedView.objects.bulk_create(views)
        record_audit(by=SYSTEM, at=NOW, operation="fill", reason="for a test")
        record_read(by=SYSTEM, at=NOW, what="export_views", rows=rows)
        SavedView.objects.filter(id=views[0].id).update(query="q=b")
    seal()
    return views


def first_words() -> str:
    verdict = verify()
    assert not verdict.is_whole
    return verdict.findings[0].words


def test_a_trail_nobody_touched_is_whole() -> None:
    fill()
    verdict = verify()
    assert verdict.findings == ()
    assert verdict.lines == AuditHead.objects.get().seal_number >= 6
    assert verdict.waiting == 0
    assert seal() == 0


def test_lines_that_wait_are_counted_and_sealed_next() -> None:
    fill()
    SavedView.objects.update(query="q=c")
    assert verify().waiting == 3
    assert verify().is_whole
    assert seal() == 3


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("base_audit_change", "why", "somebody else’s page"),
        ("base_audit_change", "person_id", "7fa183d8bd3a4e9a86add5052cde8524"),
        ("base_audit_change", "new", '{"query": "q=lie"}'),
        ("base_audit_change", "old", '{"query": "q=lie"}'),
        ("base_audit_change", "at", "2020-01-01 00:00:00+00"),
        ("base_audit_change", "row_id", "0"),
        ("base_audit_change", "after", "0" * 64),
        ("base_audit_line", "reason", "another reason"),
        ("base_audit_line", "by_person_id", "b541585c9e6f4ea8a3d64e359cb4f449"),
        ("base_audit_line", "operation", "nothing"),
        ("base_audit_line", "seal", "0" * 64),
    ],
)
def test_a_changed_line_is_found(table: str, column: str, value: str) -> None:
    fill()
    model = AuditChange if table.endswith("change") else AuditLine
    found = model._base_manager.order_by("seal_number").last()
    assert found is not None
    tamper(f"UPDATE {table} SET {column} = %s WHERE seal_number = %s", [value, found.seal_number])
    words = first_words()
    assert f"Line {found.seal_number} (" in words
    assert "changed or moved" in words


def test_a_missing_line_is_found() -> None:
    fill()
    number = AuditChange.objects.order_by("seal_number")[1].seal_number
    tamper("DELETE FROM base_audit_change WHERE seal_number = %s", [number])
    assert first_words() == f"Line {number} is missing."


def test_two_lines_that_changed_places_are_found() -> None:
    fill()
    one, two = AuditChange.objects.order_by("seal_number")[:2]
    tamper("UPDATE base_audit_change SET seal_number = -1 WHERE id = %s", [one.id])
    tamper("UPDATE base_audit_change SET seal_number = %s WHERE id = %s", [one.seal_number, two.id])
    tamper("UPDATE base_audit_change SET seal_number = %s WHERE id = %s", [two.seal_number, one.id])
    assert f"Line {one.seal_number} (" in first_words()


def test_two_lines_under_one_number_are_found() -> None:
    fill()
    change = AuditChange.objects.order_by("seal_number")[0]
    AuditLine.objects.create(at=NOW, operation="forged", seal_number=change.seal_number, seal=change.seal)
    assert f"Two lines carry the number {change.seal_number}" in first_words()


def test_a_chain_that_was_cut_short_is_found_by_the_head_kept_beside_it() -> None:
    fill()
    (kept,) = read_heads()
    assert kept.number == AuditHead.objects.get().seal_number
    before = AuditChange.objects.order_by("seal_number")[1]
    cut = before.seal_number
    for table in ("base_audit_change", "base_audit_line"):
        tamper(f"DELETE FROM {table} WHERE seal_number > %s", [cut])
    AuditHead.objects.update(seal_number=cut, seal=before.seal)
    assert "Lines were cut off, or an older backup was put back." in first_words()
    heads_path().write_text(f"{SEALED_AT.isoformat()} {cut} {'0' * 64}\nhalf a li")
    assert f"Line {cut} is not the one whose seal was kept" in first_words()


def test_an_end_that_does_not_fit_and_a_line_beyond_it_are_found() -> None:
    fill()
    head = AuditHead.objects.get()
    AuditHead.objects.update(seal="0" * 64)
    assert "end of the chain does not fit" in first_words()
    AuditHead.objects.update(seal=head.seal)
    SavedView.objects.update(query="q=new")
    waiting = AuditChange.objects.filter(seal_number=None).order_by("id")[0]
    tamper("UPDATE base_audit_change SET seal_number = 999, seal = 'x' WHERE id = %s", [waiting.id])
    assert first_words() == "Line 999 stands beyond the end of the chain."


def test_a_row_changed_around_the_triggers_is_found() -> None:
    views = fill()
    tamper("UPDATE base_saved_view SET query = 'q=secretly' WHERE name = 'view 1'")
    assert f"Row {views[1].id.hex} of base_saved_view is not as its last line left it" in first_words()
    assert verify(deep=False).is_whole


def test_tables_and_chains_longer_than_a_step_are_compared_to_their_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    views = fill(5)
    for module in ("matching", "verifying"):
        monkeypatch.setattr(f"alongside.apps.base.queries.{module}.STEP", 2)
    assert verify().findings == ()
    tamper("UPDATE base_saved_view SET query = 'q=secretly' WHERE name = 'view 4'")
    assert f"Row {views[4].id.hex} of base_saved_view" in first_words()


def test_a_row_taken_away_around_the_triggers_is_found() -> None:
    views = fill()
    tamper("DELETE FROM base_saved_view WHERE name = 'view 2'")
    assert f"Row {views[2].id.hex} of base_saved_view is gone" in first_words()


def test_a_row_put_there_around_the_triggers_is_found() -> None:
    fill()
    with around_the_triggers():
        added = SavedView.objects.create(
            person_id=uuid4(), page="home:search", name="x", query="", created_at=NOW
        )
    words = first_words()
    assert "base_saved_view holds 1 rows where 0 were recorded" in words
    assert added.id.hex in words


def test_a_row_brought_back_around_the_triggers_is_found() -> None:
    views = fill()
    SavedView.objects.filter(id=views[1].id).delete()
    with around_the_triggers():
        views[1].save(force_insert=True)
    assert "is here again after it was removed" in first_words()


def test_a_trigger_that_was_taken_away_is_found() -> None:
    fill()
    remove_triggers()
    assert "is missing, off or changed" in first_words()


def test_personal_values_lie_locked_beside_the_chain_and_only_digests_in_it() -> None:
    person = make_person("analyst", name="Maddison Canary")
    seal()
    change = AuditChange.objects.get(table_name="people_person", row_id=person.id.hex)
    assert change.subject_id == person.id
    assert change.new
    assert set(change.new["name"]) == {"sealed"}
    assert change.new["is_active"] in (1, True)
    assert "Canary" not in str(list(AuditChange.objects.values()))
    opened = open_values([change.id])[change.id]
    assert opened.new["name"] == "Maddison Canary"
    assert "password" not in opened.new
    assert verify().is_whole


def test_a_value_that_is_not_what_its_digest_says_is_found() -> None:
    person = make_person("analyst", name="A")
    seal()
    change = AuditChange.objects.get(table_name="people_person", row_id=person.id.hex)
    lie = '{"old": {}, "new": {"name": "B"}}'
    (locked,) = lock_for([ToLock(person.id, lie, f"base_audit_value:{change.id}")], at=NOW)
    with around_the_triggers():
        AuditValue.objects.filter(change=change).update(locked=locked)
    assert "the value beside it is not what it says" in first_words()
    assert f"Line {change.seal_number} (" in first_words()
    with around_the_triggers():
        AuditValue.objects.filter(change=change).update(locked=b"nonsense")
    assert not open_values([change.id])[change.id].is_open


def test_after_an_erasure_the_values_are_gone_and_the_chain_is_whole() -> None:
    person = make_person("analyst", name="Maddison Canary")
    seal()
    Person.objects.filter(id=person.id).update(name="(erased)", email="erased@example.org")
    destroy_keys([person.id], at=NOW)
    seal()
    lines = list(AuditChange.objects.filter(table_name="people_person", row_id=person.id.hex))
    assert len(lines) == 2
    assert "Canary" not in str(list(AuditChange.objects.values()))
    assert not any(one.is_open for one in open_values([line.id for line in lines]).values())
    assert verify().is_whole


def test_a_row_about_nobody_in_particular_has_a_key_of_its_own() -> None:
    keys = PersonKey.objects.count()
    record_audit(by=SYSTEM, at=NOW, operation="fill")
    engagement = make_engagement()
    seal()
    assert PersonKey.objects.count() > keys
    change = AuditChange.objects.get(table_name="engagement_engagement", row_id=engagement.id.hex)
    assert change.subject_id is None
    assert open_values([change.id])[change.id].new["run_by"] == engagement.run_by


def test_a_reason_may_be_emptied_by_an_erasure_and_never_rewritten() -> None:
    with transaction.atomic():
        record_audit(by=SYSTEM, at=SEALED_AT, operation="close_engagement", reason="Ann Bell asked us to")
    seal()
    assert verify().is_whole
    line = AuditLine.objects.get(operation="close_engagement")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AuditLine.objects.filter(id=line.id).update(reason="Somebody else asked us to")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AuditLine.objects.filter(id=line.id).update(reason="", operation="something_else")
    AuditLine.objects.filter(id=line.id).update(reason="")
    assert verify().is_whole
    tamper("UPDATE base_audit_line SET reason = 'Ann Bell did not ask' WHERE operation = 'close_engagement'")
    assert not verify().is_whole
