"""Reading a file in chunks: how large they are, what a row may be, and what meets what."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock, patch
from uuid import uuid4

import pytest
from django.conf import settings as django_settings

from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.base.rules.cells import RowProblem
from alongside.apps.engagement.models import Contact, Import, ImportProblem, Source, Speaker, Voice
from alongside.apps.engagement.operations import (
    confirm_import,
    landing,
    leave_import,
    pacing,
    reading,
    start_import,
)
from alongside.apps.engagement.operations.pacing import FEWEST_ROWS, GAP_SECONDS, Pace
from alongside.apps.engagement.operations.parsing import parse_row
from alongside.apps.engagement.operations.sweeping import sweep_source
from alongside.apps.engagement.rules import ColumnChoice
from alongside.science.values.sources import TableRow
from tests.factories.engagement import make_csv, make_engagement, read_table_file, work_until_idle
from tests.factories.people import NOW, make_viewer

LAND = "alongside.apps.engagement.operations.reading.land_chunk"


@pytest.fixture
def lead() -> Viewer:
    return make_viewer("engagement_lead")


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def pace_after(
    *seconds: float, vendor: str, naps: list[float], most_rows: int = 4_000
) -> tuple[Pace, MagicMock]:
    """Return the pace after chunks that took so long, on a clock of its own, and the connection it asked."""
    ticks = iter([tick for taken in seconds for tick in (0.0, taken)])
    clock = SimpleNamespace(monotonic=lambda: next(ticks), sleep=naps.append)
    connection = MagicMock(vendor=vendor)
    with patch.object(pacing, "time", clock), patch.object(pacing, "connection", connection):
        pace = Pace(most_rows)
        for _ in seconds:
            with pace.timed():
                pass
            pace.let_others_write()
    return pace, connection


@pytest.mark.parametrize(("vendor", "naps_wanted"), [("sqlite", [GAP_SECONDS]), ("postgresql", [])])
def test_only_sqlite_is_tuned_and_left_a_gap_after_a_chunk_that_took_its_time(
    vendor: str, naps_wanted: list[float]
) -> None:
    naps: list[float] = []
    _, connection = pace_after(0.001, 0.3, vendor=vendor, naps=naps)
    assert naps == naps_wanted
    assert connection.cursor.called is (vendor == "sqlite")


@pytest.mark.parametrize(("seconds", "rows"), [
    ((0.3,), 1_000),
    ((0.6,), 500),
    ((0.6, 0.6, 0.6, 0.6), FEWEST_ROWS),
    ((0.1,), 2_000),
    ((0.1, 0.1, 0.1, 0.1), 4_000),
])  # fmt: skip
def test_a_slow_chunk_makes_the_next_smaller_and_a_quick_one_larger(
    seconds: tuple[float, ...], rows: int
) -> None:
    pace, _ = pace_after(*seconds, vendor="postgresql", naps=[])
    assert pace.rows == rows


@pytest.mark.parametrize(("cells", "column"), [(("1", "Fi\x00ne."), "comment"), (("\x001", "Fine."), "id")])
def test_a_nul_that_no_database_takes_is_refused_in_its_cell(cells: tuple[str, str], column: str) -> None:
    choice = ColumnChoice(texts=("comment",), id="id")
    with pytest.raises(RowProblem) as problem:
        list(parse_row(TableRow(1, 2, cells), choice, {"id": 0, "comment": 1}, "digest"))
    assert problem.value.column == column
    assert "\x00" not in problem.value.value
    assert "NUL" in problem.value.cure


@pytest.mark.django_db
def test_long_answers_come_in_smaller_chunks_and_none_is_lost(lead: Viewer) -> None:
    rows = [(str(number), "p", "Long words. " * 5) for number in range(5)]
    chunks: list[int] = []

    def land(found: Import, chunk: landing.Chunk, **named: Any) -> landing.Counts:
        chunks.append(chunk.rows)
        return landing.land_chunk(found, chunk, **named)

    with patch.object(reading, "CHUNK_LETTERS", 100), patch(LAND, land):
        found = read_table_file(make_engagement(), make_csv(rows), lead)
    assert chunks == [2, 2, 1]
    assert found.answers_new == 5


@pytest.mark.django_db
def test_a_file_left_out_after_its_last_row_is_not_made_ready_again(lead: Viewer) -> None:
    engagement = make_engagement()

    def leave_meanwhile(_pace: Pace) -> None:
        leave_import(import_id=Import.objects.get(engagement=engagement).id, by=lead, at=NOW)

    with patch.object(Pace, "let_others_write", leave_meanwhile):
        found = read_table_file(engagement, make_csv([("a", "p", "One."), ("b", "p", "Two.")]), lead)
    assert (found.state, found.rows_read) == (Import.State.LEFT, 2)
    assert not Voice.with_staged.filter(engagement=engagement).exists()


@pytest.mark.django_db
def test_leaving_a_file_out_clears_its_problems_and_those_of_no_other(lead: Viewer) -> None:
    wrong = make_csv([("a", "p", "One."), ("a", "p", "Two."), ("b", "p", "Three.")])
    left, kept = (read_table_file(make_engagement(), wrong, lead) for _ in range(2))
    leave_import(import_id=left.id, by=lead, at=NOW)
    work_until_idle()
    assert not ImportProblem.objects.filter(of_import=left).exists()
    assert ImportProblem.objects.filter(of_import=kept).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(("again", "counts"), [
    (["One!", "One!"], (1, 1, 0)),
    (["One!", "One?"], (0, 0, 2)),
    (["One!", "One."], (0, 0, 2)),
])  # fmt: skip
def test_a_correction_in_an_earlier_chunk_counts_before_what_was_here(
    again: list[str], counts: tuple[int, int, int], lead: Viewer
) -> None:
    engagement = make_engagement()
    first = read_table_file(engagement, make_csv([("a", "p", "One.")]), lead)
    confirm_import(import_id=first.id, by=lead, at=NOW)
    with patch.object(reading, "CHUNK_ROWS", 1):
        found = read_table_file(engagement, make_csv([("a", "p", text) for text in again]), lead)
    assert (found.answers_changed, found.answers_same, found.answers_wrong) == counts


@pytest.mark.django_db
def test_people_without_a_key_who_gave_facts_stay_people_of_their_own(lead: Viewer) -> None:
    engagement = make_engagement()
    content = make_csv([("Fine.", "50 to 59"), ("Long.", "50 to 59"), ("Hm.", "")], ("comment", "age"))
    found = read_table_file(engagement, content, lead, ColumnChoice(texts=("comment",), age_band="age"))
    assert found.answers_new == 3
    assert Speaker.objects.filter(engagement=engagement, age_band="50 to 59", external_key="").count() == 2
    assert Voice.with_staged.get(engagement=engagement, text="Hm.").speaker is None


@pytest.mark.django_db
def test_sweeping_never_touches_what_was_brought_in(lead: Viewer) -> None:
    engagement = make_engagement()
    choice = ColumnChoice(texts=("comment",), id="id", person="person", contact_email="mail")
    content = make_csv([("a", "p", "One.", "p@example.org")], ("id", "person", "comment", "mail"))
    found = read_table_file(engagement, content, lead, choice)
    confirm_import(import_id=found.id, by=lead, at=NOW)
    assert found.source_id is not None

    sweep_source(found.source_id, lambda: pytest.fail("Nothing is there to sweep."))

    assert Voice.objects.get(engagement=engagement).text == "One."
    assert Contact.objects.get().email == "p@example.org"
    assert Speaker.objects.get(engagement=engagement).source_id == found.source_id
    assert Source.objects.filter(id=found.source_id).exists()


@pytest.mark.django_db
def test_a_file_for_an_engagement_that_is_not_there_is_not_kept(lead: Viewer) -> None:
    with pytest.raises(Refused, match="no such engagement"):
        start_import(engagement_id=uuid4(), file_name="a.csv", size_bytes=3, parts=[b"a\n1"], by=lead, at=NOW)
    assert not Import.objects.exists()
    assert not list(Path(django_settings.MEDIA_ROOT).rglob("*.*"))
