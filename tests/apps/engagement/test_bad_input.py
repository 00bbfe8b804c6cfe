"""Bad input: a message that names the place and the cure, and nothing half imported."""

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.engagement.models import Import, ImportProblem, Voice
from alongside.apps.engagement.operations import confirm_import
from alongside.apps.engagement.rules import ColumnChoice, SpeakerChoice
from tests.factories.engagement import (
    make_csv,
    make_engagement,
    read_table_file,
    read_transcript_file,
    upload,
)
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Viewer:
    return make_viewer("engagement_lead")


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    return file.getvalue()


@pytest.mark.parametrize(("name", "content", "words"), [
    ("a.csv", b"", "empty"),
    ("a.csv", b"\xff\xfea\x00,\x00b\x00", "UTF-16"),
    ("a.csv", b"a,b\x00\n", "NUL"),
    ("a.csv", b",".join(b"c%d" % n for n in range(50_000)), "50,000 columns"),
    ("a.csv", b"a,a\n1,2\n", "both called"),
    ("a.csv", b"a," + b"x" * 20_000_000, "longer than"),
    ("a.xlsx", b"not a zip", "not an Office file"),
    ("a.xlsx", bomb(), "times its size"),
    ("a.docx", b"PK\x03\x04broken", "not an Office file"),
    ("a.pdf", b"%PDF-1.7", "not a kind of file"),
    ("a.vtt", b"WEBVTT\n\n", "turn|speaks|words|text|cue"),
    ("a.txt", b"Nobody is named here.\n", "no speaker"),
])  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_at_the_door_and_not_kept(
    name: str, content: bytes, words: str, lead: Viewer
) -> None:
    with pytest.raises(Refused, match=words):
        upload(make_engagement(), content, name, by=lead)
    assert not Import.objects.exists()
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.*"))


def test_what_people_wrote_comes_in_as_they_wrote_it(lead: Viewer) -> None:
    engagement = make_engagement()
    said = [
        "=1+1",
        "<script>alert(1)</script>",
        "لم أفهم",
        "👩‍⚕️ kind",
        "  two  blanks ",
        "line\nbreak",
        "a,b;c\td",
    ]
    found = read_table_file(engagement, make_csv([(n, "p", text) for n, text in enumerate(said)]), lead)
    confirm_import(import_id=found.id, by=lead, at=NOW)
    voices = Voice.objects.filter(engagement=engagement).order_by("place_row")
    assert list(voices.values_list("text", flat=True)) == said


def test_windows_letters_are_understood_and_noted(lead: Viewer) -> None:
    content = "id,person,comment\n1,p,It’s a café – fine\n".encode("cp1252")
    found = read_table_file(make_engagement(), content, lead)
    assert Voice.with_staged.get().text == "It’s a café – fine"
    assert "Windows-1252" in found.notes


def test_every_wrong_row_names_its_column_its_value_and_the_cure(lead: Viewer) -> None:
    header = ("id", "person", "comment", "when", "mail", "ward")
    rows = [
        ("1", "p", "Fine.", "01/02/2026", "a@example.org", "W"),
        ("2", "p", "Fine.", "31/02/2026", "", "W"),
        ("3", "p", "Fine.", "", "nobody", "W"),
        ("4", "p", "Fine.", "", "", "w" * 201),
        ("", "p", "Fine.", "", "", "W"),
    ]
    choice = ColumnChoice(
        texts=("comment",), id="id", person="person", said_on="when", contact_email="mail", service="ward"
    )
    found = read_table_file(make_engagement(), make_csv(rows, header), lead, choice)
    assert (found.answers_new, found.answers_wrong) == (1, 4)
    problems = list(ImportProblem.objects.filter(of_import=found).values_list("row", "column", "value"))
    assert problems == [
        (2, "when", "31/02/2026"),
        (3, "mail", "nobody"),
        (4, "ward", "w" * 200),
        (5, "id", ""),
    ]
    assert all(ImportProblem.objects.values_list("cure", flat=True))
    assert ImportProblem.objects.get(row=3).whole_row == list(rows[2])


def test_a_header_without_rows_is_refused_when_it_is_read(lead: Viewer) -> None:
    found = read_table_file(make_engagement(), make_csv([]), lead)
    assert found.state == Import.State.REFUSED
    assert "no rows" in found.refusal


def test_each_text_column_is_a_question_of_its_own(lead: Viewer) -> None:
    engagement = make_engagement()
    content = make_csv(
        [("1", "Good.", "Bad."), ("2", "", "Worse.")], ("id", "What was good?", "What was bad?")
    )
    choice = ColumnChoice(texts=("What was good?", "What was bad?"), id="id")
    found = read_table_file(engagement, content, lead, choice)
    assert (found.rows_read, found.answers_read, found.answers_new, found.answers_blank) == (2, 4, 4, 1)
    confirm_import(import_id=found.id, by=lead, at=NOW)
    assert set(Voice.objects.that_count().values_list("question", "text")) == {
        ("What was good?", "Good."), ("What was bad?", "Bad."), ("What was bad?", "Worse."),
    }  # fmt: skip


def test_a_moderators_turns_are_kept_but_never_counted(lead: Viewer) -> None:
    engagement = make_engagement()
    talk = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Mo>How was it?\n\n00:03.000 --> 00:04.000\n<v Jane>Long.\n"
    choice = SpeakerChoice(pseudonyms=(("Mo", "Moderator"), ("Jane", "P1")), moderators=("Mo",))
    found = read_transcript_file(engagement, talk, "talk.vtt", choice, lead)
    confirm_import(import_id=found.id, by=lead, at=NOW)
    assert Voice.objects.filter(engagement=engagement).count() == 2
    voice = Voice.objects.that_count().get(engagement=engagement)
    assert (voice.text, voice.starts_ms, voice.ends_ms, voice.place_turn) == ("Long.", 3_000, 4_000, 2)
    assert voice.speaker is not None
    assert voice.speaker.pseudonym == "P1"
    again = read_transcript_file(engagement, talk, "talk.vtt", choice, lead)
    assert (again.answers_new, again.answers_same) == (0, 2)


def test_every_speaker_needs_a_name_to_show(lead: Viewer) -> None:
    talk = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Mo>How was it?\n"
    with pytest.raises(Refused, match="such as P1"):
        read_transcript_file(make_engagement(), talk, "t.vtt", SpeakerChoice((("Mo", " "),), ()), lead)
