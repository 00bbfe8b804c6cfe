"""Rows of a file are one line a batch while they wait, and one line each once they are in; both can be verified."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.apps.base.bridge.digests import RowsDigest, digest_rows, keyed
from alongside.apps.base.models import AuditChange, new_id
from alongside.apps.base.operations import record_batch
from alongside.apps.base.operations.batches import record_baselines
from alongside.apps.base.operations.triggers import refresh_triggers, without_triggers
from alongside.apps.base.rules import SYSTEM, Refused, Viewer
from alongside.apps.base.rules.audited import find_audited_table
from alongside.apps.engagement.models import Import, Source, Speaker, StagedChange, Voice
from alongside.apps.engagement.operations import confirm_import, leave_import, take_out_import
from alongside.apps.engagement.rules import ColumnChoice
from tests.factories.engagement import (
    make_csv,
    make_engagement,
    make_voices,
    read_table_file,
    work_until_idle,
)
from tests.factories.people import NOW, make_viewer
from tests.factories.trail import around_the_triggers, seal, tamper, verify

pytestmark = pytest.mark.django_db
CHOICE = ColumnChoice(texts=("comment",), id="id", person="person")
ROWS = [("a", "p1", "Nobody told me."), ("b", "p2", "They were kind."), ("c", "p1", "The wait was long.")]
STAGED = ("engagement_voice", "engagement_speaker", "engagement_import_problem", "engagement_staged_change")


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def lead() -> Viewer:
    return make_viewer("engagement_lead")


def read(engagement: Any, lead: Viewer, rows: list[tuple[str, str, str]] = ROWS) -> Import:
    data = make_csv(rows)
    return read_table_file(engagement, data, choice=CHOICE, by=lead)


def lines_of(table: str) -> list[str]:
    return list(AuditChange.objects.filter(table_name=table).order_by("id").values_list("kind", flat=True))


@given(st.permutations([f"{n:064x}" for n in range(7)]), st.integers(0, 7))
@settings(max_examples=25, deadline=None)
def test_the_digest_of_many_rows_is_the_same_in_any_order_and_in_any_parts(rows: list[str], cut: int) -> None:
    whole = digest_rows(f"{n:064x}" for n in range(7))
    assert digest_rows(rows[:cut]).join(digest_rows(rows[cut:])) == whole
    assert whole.leave(digest_rows(rows[cut:])) == digest_rows(rows[:cut])
    slow = RowsDigest()
    for row in rows:
        slow = slow.add(keyed(row))
    assert slow == whole
    assert digest_rows([*rows, rows[0]]) != whole


def test_the_rows_of_a_file_leave_one_line_a_batch_and_verify(lead: Viewer) -> None:
    engagement = make_engagement()
    found = read(engagement, lead, [*ROWS, ("a", "p9", "Other words under one id.")])
    assert lines_of("engagement_voice") == ["batch_in"]
    assert lines_of("engagement_speaker") == ["batch_in"]
    assert lines_of("engagement_import_problem") == ["batch_in"]
    confirm_import(import_id=found.id, by=lead, at=NOW)
    assert lines_of("engagement_voice") == ["batch_in"]
    seal()
    assert verify().findings == ()


def test_a_row_that_is_in_has_a_line_for_each_change(lead: Viewer) -> None:
    found = read(make_engagement(), lead)
    confirm_import(import_id=found.id, by=lead, at=NOW)
    Voice.objects.filter(text="Nobody told me.").update(language="cy")
    Voice.objects.filter(text="They were kind.").delete()
    assert lines_of("engagement_voice") == ["batch_in", "update", "delete"]
    seal()
    assert verify().findings == ()


def test_changed_answers_take_their_place_with_a_line_each(lead: Viewer) -> None:
    engagement = make_engagement()
    first = read(engagement, lead)
    confirm_import(import_id=first.id, by=lead, at=NOW)
    second = read(engagement, lead, [("a", "p1", "Nobody told me at all."), ROWS[1], ("d", "", "New.")])
    assert StagedChange.objects.count() == 1
    confirm_import(import_id=second.id, by=lead, at=NOW)
    assert lines_of("engagement_staged_change") == ["batch_in", "batch_out"]
    assert lines_of("engagement_voice") == ["batch_in", "batch_in", "update", "update"]
    seal()
    assert verify().findings == ()
    take_out_import(import_id=second.id, by=lead, at=NOW)
    work_until_idle()
    seal()
    assert verify().findings == ()


def test_a_file_that_was_left_out_leaves_its_batches_and_nothing_to_match(lead: Viewer) -> None:
    found = read(make_engagement(), lead)
    leave_import(import_id=found.id, by=lead, at=NOW)
    work_until_idle()
    assert not Source.objects.filter(import__id=found.id).exists()
    assert lines_of("engagement_voice") == ["batch_in", "batch_out"]
    seal()
    assert verify().findings == ()


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        (
            "UPDATE engagement_voice SET text = 'lie' WHERE import_key = %s",
            "are not those that were recorded",
        ),
        ("DELETE FROM engagement_voice WHERE import_key = %s", "holds 2 rows where 3 were recorded"),
    ],
)
@pytest.mark.parametrize("when", ["while it waits", "once it is in"])
def test_a_row_of_a_file_changed_around_the_triggers_breaks_its_batch(
    lead: Viewer, sql: str, words: str, when: str
) -> None:
    found = read(make_engagement(), lead)
    key = Voice.with_staged.get(text="Nobody told me.").import_key
    if when == "while it waits":
        tamper(sql, [key])
    confirm_import(import_id=found.id, by=lead, at=NOW)
    if when != "while it waits":
        tamper(sql, [key])
    seal()
    (finding,) = verify().findings
    assert words in finding.words
    assert f"source_id {found.source_id.hex if found.source_id else ''}" in finding.words


def test_a_changed_batch_line_is_found_by_the_chain(lead: Viewer) -> None:
    found = read(make_engagement(), lead)
    confirm_import(import_id=found.id, by=lead, at=NOW)
    seal()
    line = AuditChange.objects.get(table_name="engagement_voice")
    tamper("UPDATE base_audit_change SET new = %s WHERE id = %s", ['{"rows": 2, "digest": "00"}', line.id])
    assert (
        f"Line {line.seal_number} (change {line.id}, batch_in in engagement_voice)"
        in verify().findings[0].words
    )


@pytest.mark.django_db(transaction=True)
def test_a_batch_outside_a_transaction_is_refused() -> None:
    assert not connection.in_atomic_block
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record_batch(model=Voice, ids=[], scope=new_id())


def test_no_rows_leave_no_line() -> None:
    record_batch(model=Voice, ids=[], scope=new_id())
    assert not AuditChange.objects.filter(table_name="engagement_voice").exists()


def test_what_was_here_before_the_trail_began_is_its_baseline(lead: Viewer) -> None:
    with around_the_triggers():
        speaker = Speaker.objects.create(engagement=make_engagement(), pseudonym="Old", created_at=NOW)
    seal()
    assert any("engagement_speaker holds 1 rows where 0 were" in one.words for one in verify().findings)
    table, other = find_audited_table("engagement_speaker"), find_audited_table("engagement_engagement")
    assert table
    assert other
    record_baselines([table, other])
    Speaker.objects.filter(id=speaker.id).update(pseudonym="Newer")
    seal()
    assert verify().findings == ()
    tamper("DELETE FROM engagement_speaker")
    assert "is gone" in verify().findings[0].words
    Speaker.objects.all().delete()
    record_baselines([table])
    seal()
    assert verify().findings == ()


def test_typed_voices_have_a_line_each() -> None:
    make_voices(make_engagement(), "One.", "Two.")
    assert lines_of("engagement_voice") == ["insert", "insert"]


def test_a_restore_fills_tables_unseen_and_says_so(lead: Viewer) -> None:
    admin = make_viewer("administrator")
    engagement = make_engagement()
    with pytest.raises(Refused, match="manage people"), without_triggers(by=lead, at=NOW, reason="x"):
        pass
    with pytest.raises(Refused, match="Say why"), without_triggers(by=admin, at=NOW, reason=" "):
        pass
    before = AuditChange.objects.count()
    with without_triggers(by=admin, at=NOW, reason="backup of Monday"):
        Speaker.objects.create(engagement=engagement, pseudonym="Back", created_at=NOW)
    assert AuditChange.objects.count() == before
    assert refresh_triggers() == 0
    Speaker.objects.all().delete()
    assert AuditChange.objects.count() == before + 1
    with without_triggers(by=SYSTEM, at=NOW, reason="backup"):
        AuditChange.objects.all().delete()
    kinds = set(AuditChange.objects.values_list("kind", flat=True))
    assert kinds == {"baseline"}, "a backup from before the trail begins with how its tables stand"
