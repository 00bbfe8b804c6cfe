"""Bad files as a user meets them: through the pages, each with the place and the cure, nothing half imported."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from alongside.apps.engagement.models import Engagement, Import, Voice
from tests.factories.engagement import make_csv, make_engagement, work_until_idle
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
NAMES = ["id", "person", "question", "service", "said_on", "language", "age_band", "sex", "gender", "ethnicity",
         "disability", "deprivation_quintile", "region", "capacity", "contact_email", "contact_name"]  # fmt: skip


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def lead() -> Client:
    client = Client()
    client.force_login(make_person("engagement_lead"))
    return client


@pytest.fixture
def heard() -> Engagement:
    return make_engagement()


def send(lead: Client, heard: Engagement, content: bytes, name: str = "answers.csv") -> HttpResponse:
    file = SimpleUploadedFile(name, content)
    return lead.post(reverse("engagement:upload", args=[heard.id]), {"file": file}, follow=True)  # type: ignore[return-value]


def say_columns(lead: Client, **chosen: object) -> str:
    """Choose columns of the only upload, let the worker read it, and return the page that follows."""
    found = Import.objects.get()
    sent = {"texts": ["comment"], "basis_kind": "unknown", "date_order": "dmy", **dict.fromkeys(NAMES, "")}
    page = lead.post(reverse("engagement:import_columns", args=[found.id]), sent | chosen, follow=True)
    work_until_idle()
    if Import.objects.get().state != "uploaded":
        page = lead.get(reverse("engagement:import", args=[found.id]))
    return str(page.content.decode())


def make_zip(**files: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


BOMB = make_zip(xl__workbook_xml=b"<a/>", xl__worksheets__sheet1_xml=b"0" * 30_000_000)


@pytest.mark.parametrize(("name", "content", "words"), [
    ("a.csv", b"", "empty"),
    ("a.csv", "comment\nné\n".encode("utf-16"), "UTF-16"),
    ("a.csv", b"id,comment\n1," + b"x" * 10_500_000 + b"\n", "row 1"),
    ("a.csv", b",".join(b"c%d" % n for n in range(50_000)) + b"\n", "50,000 columns"),
    ("a.xlsx", BOMB, "times its size"),
    ("a.docx", BOMB, "times its size"),
    ("a.xlsx", b"PK\x05\x06" + b"\x00" * 18, "another kind of file"),
    ("a.vtt", b"WEBVTT\n\n99:99:99.999 --> nonsense\n", "time|turn|speaks|line"),
    ("a<script>.exe", b"MZ", "not a kind of file"),
])  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_on_the_page(
    lead: Client, heard: Engagement, name: str, content: bytes, words: str
) -> None:
    page = send(lead, heard, content, name).content.decode()
    if Import.objects.exists():  # what shows only while reading is said once it was read
        page = say_columns(lead)
        assert Import.objects.get().state == "refused"
    shown = page.split("<main", 1)[1]
    assert any(word.casefold() in shown.casefold() for word in words.split("|")), shown
    assert "<script>.exe" not in shown
    assert not Voice.with_staged.exists()
    work_until_idle()
    assert send(lead, make_engagement(title="Another"), make_csv([(1, "p", "Fine.")])).status_code == 200


def test_a_column_that_is_not_there_is_refused_beside_the_question(lead: Client, heard: Engagement) -> None:
    send(lead, heard, make_csv([(1, "p", "Fine.")]))
    assert "hold what people said?: choose one of the answers" in say_columns(lead, texts=["nope"])
    assert "pseudonym): choose one of the answers" in say_columns(lead, person="nope")
    assert Import.objects.get().state == "uploaded"
    assert not Voice.with_staged.exists()


def test_one_id_with_different_words_names_both_rows_and_brings_in_neither(
    lead: Client, heard: Engagement
) -> None:
    send(lead, heard, make_csv([(1, "p", "This."), (2, "p", "Fine."), (1, "p", "That.")]))
    page = say_columns(lead, id="id")
    assert "row 3" in page
    assert "row 1" in page
    lead.post(reverse("engagement:import_confirm", args=[Import.objects.get().id]))
    assert [voice.text for voice in Voice.objects.all()] == ["Fine."]


HOSTILE = ["=HYPERLINK(\"http://x.example\")", "<script>alert(1)</script><img src=x onerror=alert(1)>",
           "\u202eevil", "لم أفهم", "👩‍⚕️" * 50, "w" * 5_000, "{{ 7|add:7 }}{% now 'Y' %}"]  # fmt: skip


def test_hostile_words_are_kept_as_they_are_and_shown_as_words(lead: Client, heard: Engagement) -> None:
    rows = [(n, f"<b>{n}</b>", text) for n, text in enumerate(HOSTILE)]
    send(lead, heard, make_csv(rows), "<img src=x>.csv")
    page = say_columns(lead, id="id", person="person")
    assert "<img src=x" not in page
    lead.post(reverse("engagement:import_confirm", args=[Import.objects.get().id]))
    kept = [words.replace("http://x.example", "[web address]") for words in HOSTILE]
    assert [voice.text for voice in Voice.objects.order_by("place_row")] == kept
    pages = [reverse("engagement:detail", args=[heard.id]), reverse("engagement:voices", args=[heard.id])]
    pages += [reverse("engagement:voice", args=[voice.id]) for voice in Voice.objects.all()]
    for address in [*pages, reverse("home:search") + "?q=script"]:
        shown = lead.get(address).content.decode()
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "<b>1</b>" not in shown
    exported = b"".join(read(lead, heard)).decode()
    assert "\"'=HYPERLINK" in exported or ",'=HYPERLINK" in exported


def read(lead: Client, heard: Engagement) -> Iterator[bytes]:
    answer: Any = lead.get(reverse("engagement:voices_export", args=[heard.id, "csv"]))
    yield from answer.streaming_content
    answer.close()


def test_a_letter_with_links_to_elsewhere_is_read_without_following_them(
    lead: Client, heard: Engagement
) -> None:
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    body = paragraph.format("Moderator: How was it?") + paragraph.format("Jane: Long.")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = f"<?xml version='1.0'?><w:document {space}><w:body>{body}</w:body></w:document>"
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        'Target="http://192.0.2.1/evil.dotm" TargetMode="External"/></Relationships>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
        archive.writestr("word/_rels/document.xml.rels", links)
    page = send(lead, heard, file.getvalue(), "talk.docx").content.decode()
    assert "192.0.2.1" not in page
    assert ("Jane" in page) is Import.objects.exists()
