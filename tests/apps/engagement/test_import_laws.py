"""Laws of the import: nothing twice, nothing lost, nothing half, whatever the file holds."""

from collections import Counter
from itertools import pairwise
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.apps.base.models import Job
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.engagement.models import (
    Contact,
    Import,
    ImportProblem,
    Source,
    Speaker,
    StagedChange,
    Voice,
)
from alongside.apps.engagement.operations import (
    choose_columns,
    confirm_import,
    landing,
    leave_import,
    reading,
    take_out_import,
)
from alongside.apps.engagement.operations.pacing import Pace
from alongside.apps.engagement.queries import get_import, get_import_columns
from alongside.apps.engagement.rules import ColumnChoice
from alongside.apps.insight.models import Placement, Theme, ThemeDecision
from tests.factories.engagement import (
    AGREED,
    make_basis,
    make_csv,
    make_engagement,
    make_voices,
    read_table_file,
    upload,
    work_until_idle,
)
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db
LAND = "alongside.apps.engagement.operations.reading.land_chunk"
FEW = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
IDS = st.sampled_from(["a", "b", "c", "d"])
WORDS = st.sampled_from(["Nobody told me.", "They were kind.", "", "n/a", "=SUM(1)", "<b>long</b> 👩‍⚕️ wait"])
ROWS = st.lists(st.tuples(IDS, st.sampled_from(["p1", "p2", ""]), WORDS), min_size=1, max_size=14)


@pytest.fixture
def lead() -> Viewer:
    return make_viewer("engagement_lead")


def counts(found: Import) -> tuple[int, ...]:
    return (found.answers_new, found.answers_changed, found.answers_same, found.answers_wrong)


def confirm(found: Import, by: Viewer) -> None:
    confirm_import(import_id=found.id, by=by, at=NOW)


def slow_verdicts(rows: list[tuple[str, str, str]], here: dict[str, str]) -> tuple[int, int, int, int]:
    """Say what each row is, the slow and obvious way: by looking at all of them at once."""
    words: dict[str, list[str]] = {}
    for key, _person, text in rows:
        words.setdefault(key, []).append(text)
    new = changed = same = wrong = 0
    for key, texts in words.items():
        first = texts[0]
        if key in here and all(text == here[key] for text in texts):
            same += len(texts)
        elif len(set(texts)) == 1:
            new += key not in here
            changed += key in here
            same += len(texts) - 1
        else:
            # The first run of equal words counts as the same; from the first other word on, the id is wrong.
            run = next(index for index, text in enumerate(texts) if text != first)
            same += run - 1
            wrong += 1 + len(texts) - run
    return new, changed, same, wrong


@FEW
@given(rows=ROWS, chunk=st.integers(1, 5))
def test_every_answer_is_new_changed_the_same_or_wrong(
    rows: list[tuple[str, str, str]], chunk: int, lead: Viewer
) -> None:
    with patch.object(reading, "CHUNK_ROWS", chunk):
        found = read_table_file(make_engagement(), make_csv(rows), lead)
    assert sum(counts(found)) == found.answers_read == found.rows_read == len(rows)
    assert counts(found) == slow_verdicts(rows, {})


@FEW
@given(rows=ROWS, chunk=st.integers(1, 5))
def test_the_same_file_twice_adds_nothing(rows: list[tuple[str, str, str]], chunk: int, lead: Viewer) -> None:
    engagement = make_engagement()
    with patch.object(reading, "CHUNK_ROWS", chunk):
        first = read_table_file(engagement, make_csv(rows), lead)
        if not first.answers_new:
            return
        confirm(first, lead)
        before = Counter(Voice.objects.filter(engagement=engagement).values_list("text", "external_id"))
        people = Speaker.objects.filter(engagement=engagement).count()
        second = read_table_file(engagement, make_csv(rows), lead)
    assert (second.answers_new, second.answers_changed) == (0, 0)
    with pytest.raises(Refused, match="nothing new"):
        confirm(second, lead)
    assert Counter(Voice.objects.filter(engagement=engagement).values_list("text", "external_id")) == before
    assert Speaker.objects.filter(engagement=engagement).count() == people


@FEW
@given(rows=ROWS)
def test_without_an_id_the_row_of_the_file_makes_the_voice(
    rows: list[tuple[str, str, str]], lead: Viewer
) -> None:
    engagement, choice = make_engagement(), ColumnChoice(texts=("comment",))
    first = read_table_file(engagement, make_csv(rows), lead, choice)
    assert first.answers_new == len(rows)
    confirm(first, lead)
    second = read_table_file(engagement, make_csv(rows), lead, choice)
    assert second.answers_same == len(rows)


def test_other_words_under_a_known_id_take_the_place_of_the_old_and_the_old_are_kept(lead: Viewer) -> None:
    engagement = make_engagement()
    confirm(read_table_file(engagement, make_csv([("a", "p", "One."), ("b", "p", "Two.")]), lead), lead)
    found = read_table_file(engagement, make_csv([("a", "p", "One!"), ("b", "p", "Two.")]), lead)
    assert counts(found) == (0, 1, 1, 0)
    assert StagedChange.objects.filter(of_import=found).count() == 1
    confirm(found, lead)
    current = Voice.objects.filter(engagement=engagement, replaced_by=None)
    assert set(current.values_list("text", flat=True)) == {"One!", "Two."}
    old = Voice.objects.get(engagement=engagement, text="One.")
    assert old.replaced_by is not None
    assert old.replaced_by.import_key == old.import_key


def test_taking_out_a_correction_brings_the_old_words_back(lead: Viewer) -> None:
    engagement = make_engagement()
    confirm(read_table_file(engagement, make_csv([("a", "p", "One.")]), lead), lead)
    found = read_table_file(engagement, make_csv([("a", "p", "One!")]), lead)
    confirm(found, lead)
    take_out_import(import_id=found.id, by=lead, at=NOW)
    assert list(Voice.objects.filter(engagement=engagement).values_list("text", "replaced_by")) == [
        ("One.", None)
    ]
    work_until_idle()
    assert Voice.with_staged.filter(engagement=engagement).count() == 1


def test_an_import_that_was_corrected_by_a_later_one_cannot_be_taken_out(lead: Viewer) -> None:
    engagement = make_engagement()
    first = read_table_file(engagement, make_csv([("a", "p", "One.")]), lead)
    confirm(first, lead)
    confirm(read_table_file(engagement, make_csv([("a", "p", "One!")]), lead), lead)
    with pytest.raises(Refused, match="later file"):
        take_out_import(import_id=first.id, by=lead, at=NOW)


def test_nobody_sees_a_file_before_it_is_confirmed_and_nothing_is_left_of_one_left_out(lead: Viewer) -> None:
    engagement = make_engagement()
    choice = ColumnChoice(texts=("comment",), id="id", person="person", contact_email="mail")
    content = make_csv([("a", "p", "One.", "p@example.org")], ("id", "person", "comment", "mail"))
    found = read_table_file(engagement, content, lead, choice)
    assert found.answers_new == 1
    assert not Voice.objects.filter(engagement=engagement).exists()
    leave_import(import_id=found.id, by=lead, at=NOW)
    work_until_idle()
    assert not Voice.with_staged.filter(engagement=engagement).exists()
    assert not Speaker.objects.filter(engagement=engagement).exists()
    assert not Contact.objects.exists()
    assert not Source.objects.filter(engagement=engagement).exists()


def test_nothing_is_half_imported_when_confirming_fails(lead: Viewer) -> None:
    engagement = make_engagement()
    confirm(read_table_file(engagement, make_csv([("a", "p", "One.")]), lead), lead)
    found = read_table_file(engagement, make_csv([("a", "p", "One!"), ("b", "p", "Two.")]), lead)
    target = "alongside.apps.engagement.operations.imports.record_audit"
    with patch(target, side_effect=RuntimeError("the disk is full")), pytest.raises(RuntimeError):
        confirm(found, lead)
    found.refresh_from_db()
    assert found.state == Import.State.READY
    assert list(Voice.objects.filter(engagement=engagement).values_list("text", flat=True)) == ["One."]
    confirm(found, lead)
    assert Voice.objects.filter(engagement=engagement, replaced_by=None).count() == 2


def test_a_worker_that_dies_midway_leaves_nothing_for_the_next_one_to_double(lead: Viewer) -> None:
    engagement = make_engagement()
    rows = [(str(number), "p", f"Voice {number}.") for number in range(9)]
    real, calls = landing.land_chunk, []

    def die_in_the_second_chunk(*arguments: Any, **named: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise OSError("killed")
        return real(*arguments, **named)

    with patch.object(reading, "CHUNK_ROWS", 3), patch(LAND, die_in_the_second_chunk):
        found = read_table_file(engagement, make_csv(rows), lead)
        assert found.state == Import.State.READING
        Job.objects.filter(kind="engagement.read_import").update(run_after=NOW)
        work_until_idle()
    found.refresh_from_db()
    assert found.state == Import.State.READY
    assert counts(found) == (9, 0, 0, 0)
    assert Voice.with_staged.filter(engagement=engagement).count() == 9


def test_two_rows_that_claim_one_id_are_both_wrong_and_each_names_the_other(lead: Viewer) -> None:
    content = make_csv([("a", "p", "One."), ("b", "p", "Two."), ("a", "p", "Three."), ("a", "p", "Four.")])
    found = read_table_file(make_engagement(), content, lead)
    assert counts(found) == (1, 0, 0, 3)
    first, third, fourth = ImportProblem.objects.filter(of_import=found)
    assert (first.row, third.row, fourth.row) == (1, 3, 4)
    assert "row 3" in first.cure
    assert "row 1" in third.cure
    assert "another row" in fourth.cure


def test_only_one_file_at_a_time_is_on_its_way_into_an_engagement(lead: Viewer) -> None:
    engagement = make_engagement()
    read_table_file(engagement, make_csv([("a", "p", "One.")]), lead)
    with pytest.raises(Refused, match="Another file"):
        read_table_file(engagement, make_csv([("b", "p", "Two.")]), lead)


def test_a_file_that_cannot_be_read_to_its_end_keeps_nothing_and_says_where(lead: Viewer) -> None:
    rows = [(str(number), "p", "Words.") for number in range(30)]
    engagement = make_engagement()
    with patch.object(reading, "CHUNK_ROWS", 5):
        found = read_table_file(engagement, make_csv(rows) + b'31,p,"never closed', lead)
    assert found.state == Import.State.REFUSED
    assert found.refusal.startswith("Line 32")
    assert not Voice.with_staged.filter(engagement=engagement).exists()
    assert counts(found) == (0, 0, 0, 0)


def test_voices_that_something_rests_on_cannot_be_taken_out(lead: Viewer) -> None:
    engagement = make_engagement()
    found = read_table_file(engagement, make_csv([("a", "p", "One.")]), lead)
    confirm(found, lead)
    voice = Voice.objects.get(engagement=engagement)
    theme = Theme.objects.create(engagement_id=engagement.id, name="Being told", created_at=NOW)
    decision = ThemeDecision.objects.create(engagement_id=engagement.id, kind="accept", theme=theme, at=NOW)
    Placement.objects.create(voice_id=voice.id, theme=theme, decision=decision)
    with pytest.raises(Refused, match="already used"):
        take_out_import(import_id=found.id, by=lead, at=NOW)
    assert Voice.objects.filter(id=voice.id).exists()


def test_ids_of_a_file_follow_its_rows(lead: Viewer) -> None:
    engagement = make_engagement()
    confirm(read_table_file(engagement, make_csv([(n, "p", f"{n}.") for n in range(20)]), lead), lead)
    rows = list(
        Voice.objects.filter(engagement=engagement).order_by("id").values_list("place_row", flat=True)
    )
    assert len(rows) == 20
    assert sum(before < after for before, after in pairwise(sorted(filter(None, rows)))) == 19


def test_a_closed_engagement_takes_no_file(lead: Viewer) -> None:
    engagement = make_engagement()
    engagement.closed_at = NOW
    engagement.save()
    with pytest.raises(Refused, match="closed"):
        upload(engagement, make_csv([("a", "p", "One.")]), by=lead)


def test_voices_typed_and_voices_of_files_live_side_by_side(lead: Viewer) -> None:
    engagement = make_engagement()
    make_voices(engagement, "Typed.")
    confirm(read_table_file(engagement, make_csv([("a", "p", "Read.")]), lead, terms=AGREED), lead)
    assert Voice.objects.that_count().filter(engagement=engagement).count() == 2


def test_a_file_left_out_while_it_is_read_stops_and_leaves_nothing(lead: Viewer) -> None:
    engagement = make_engagement()
    rows = [(str(number), "p", f"Voice {number}.") for number in range(9)]

    def leave_meanwhile(_pace: Pace) -> None:
        for waiting in Import.objects.filter(engagement=engagement, state=Import.State.READING):
            leave_import(import_id=waiting.id, by=lead, at=NOW)

    with patch.object(reading, "CHUNK_ROWS", 3), patch.object(Pace, "let_others_write", leave_meanwhile):
        found = read_table_file(engagement, make_csv(rows), lead)
    assert found.state == Import.State.LEFT
    assert not Voice.with_staged.filter(engagement=engagement).exists()


def test_what_columns_mean_is_remembered_for_the_next_file_with_this_header(lead: Viewer) -> None:
    choice = ColumnChoice(texts=("comment",), id="person")
    read_table_file(make_engagement(), make_csv([("a", "p", "One.")]), lead, choice)
    _peek, remembered, is_remembered = get_import_columns(
        lead, upload(make_engagement(), make_csv([("b", "q", "Two.")]), by=lead).id
    )
    assert is_remembered
    assert remembered == choice


def test_columns_may_be_chosen_again_before_a_file_is_brought_in(lead: Viewer) -> None:
    engagement = make_engagement()
    found = read_table_file(engagement, make_csv([("a", "p", "One."), ("b", "p", "Two.")]), lead)
    choose_columns(
        import_id=found.id, choice=ColumnChoice(texts=("person",)), basis_id=make_basis(by=lead),
        language="en", by=lead, at=NOW,
    )  # fmt: skip
    work_until_idle()
    found.refresh_from_db()
    assert (found.state, found.answers_new) == (Import.State.READY, 2)
    assert set(Voice.with_staged.filter(engagement=engagement).values_list("text", flat=True)) == {"p"}


def test_only_those_who_bring_in_voices_touch_a_file(lead: Viewer) -> None:
    found = read_table_file(make_engagement(), make_csv([("a", "p", "One.")]), lead)
    with pytest.raises(Refused, match="bring in voices"):
        confirm(found, make_viewer("owner"))
    assert get_import(make_viewer("owner"), found.id) is None
    with pytest.raises(Refused, match="no such import"):
        confirm_import(import_id=make_engagement().id, by=lead, at=NOW)


def test_a_reading_says_how_far_it_is_against_the_whole_file(lead: Viewer) -> None:
    engagement = make_engagement()
    read_table_file(engagement, make_csv([(str(n), f"P{n}", f"Answer {n}") for n in range(300)]), lead)
    job = Job.objects.get(kind="engagement.read_import")
    assert (job.progress_total, job.progress_done) == (100, 100)
