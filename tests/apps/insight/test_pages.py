"""Pages of the insight room: who may open them, what they refuse, what they give to keep."""

import csv
import io
from uuid import uuid4

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from alongside.apps.base.queries import get_trail, list_trail
from alongside.apps.base.rules import PUBLIC
from alongside.apps.insight.models import Dissent, Evidence, Insight, PatientConfirmation
from alongside.apps.insight.operations import add_quote, stand_behind
from alongside.apps.insight.queries.day import list_day
from alongside.apps.insight.queries.search import search_insights, search_themes
from tests.adapters.documents.test_pdf import count_pixels
from tests.factories.insight import (
    AT,
    as_person,
    make_basis,
    make_engagement,
    make_insight,
    make_lead,
    make_partner,
    make_theme,
    make_viewer,
    make_voice,
    make_voices,
)

pytestmark = pytest.mark.django_db


class Story:
    def __init__(self) -> None:
        self.ada = make_lead()
        self.engagement = make_engagement()
        self.voices = make_voices(
            self.engagement, ["I waited a year. Nobody rang me.", "=HYPERLINK(1) they said"]
        )
        self.secret = make_voice(
            self.engagement, "Never show this to a partner", basis=make_basis(inside=False)
        )
        self.theme = make_theme(self.engagement, [*self.voices, self.secret], "Waiting", self.ada)
        self.insight = make_insight(self.theme, self.ada)
        for voice in self.voices:
            add_quote(by=self.ada, at=AT, insight_id=self.insight, voice_id=voice.id, start=0, end=16)
        self.partner = make_partner(self.engagement)
        self.stranger = make_partner(name="Stranger")

    def pages(self) -> list[str]:
        return [
            reverse("insight:start"),
            reverse("insight:themes"),
            reverse("insight:theme", args=[self.theme]),
            reverse("insight:insights"),
            reverse("insight:insight", args=[self.insight]),
            reverse("insight:review", args=[self.engagement.id]),
            reverse("insight:review_voices", args=[self.engagement.id]) + f"?item={self.theme}",
            reverse("insight:report", args=[self.insight]),
        ]

    def writing(self) -> list[str]:
        return [
            reverse("insight:find_themes", args=[self.engagement.id]),
            reverse("insight:write_insight"),
            reverse("insight:change_insight", args=[self.insight]),
            reverse("insight:choose_evidence", args=[self.insight]),
            reverse("insight:add_quote", args=[self.insight, self.voices[0].id]),
            reverse("insight:add_figure", args=[self.insight]),
            reverse("insight:export_insights", args=["csv"]),
        ]


@pytest.fixture
def story() -> Story:
    return Story()


def sign_in(viewer: object) -> Client:
    client = Client()
    client.force_login(as_person(viewer))  # type: ignore[arg-type]
    return client


def test_staff_open_every_page(story: Story) -> None:
    client = sign_in(story.ada)
    for address in [*story.pages(), *story.writing()]:
        assert client.get(address).status_code == 200, address


def test_a_partner_opens_pages_of_engagements_they_were_invited_to_and_writes_nothing(story: Story) -> None:
    client = sign_in(story.partner)
    for address in story.pages():
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "Never show this" not in answer.content.decode()
    for address in story.writing():
        assert client.get(address).status_code == 403, address


def test_a_partner_from_elsewhere_finds_nothing(story: Story) -> None:
    client = sign_in(story.stranger)
    for address in story.pages():
        answer = client.get(address)
        assert answer.status_code in (200, 404)
        assert "waited a year" not in answer.content.decode()
        assert "People wait without word" not in answer.content.decode()


def test_the_public_and_an_administrator_see_none_of_it(story: Story) -> None:
    for address in [*story.pages(), *story.writing()]:
        assert Client().get(address).status_code == 302
    client = sign_in(make_viewer("Adam", "administrator"))
    assert client.get(reverse("insight:themes")).status_code == 403
    assert client.get(reverse("insight:insight", args=[story.insight])).status_code == 403


def test_an_owner_reads_quotes_only_where_the_basis_allows(story: Story) -> None:
    client = sign_in(make_viewer("Sam Hill", "owner"))
    words = client.get(reverse("insight:theme", args=[story.theme])).content.decode()
    assert "waited a year" in words
    assert "Never show this" not in words


def test_what_is_not_there_is_not_found(story: Story) -> None:
    client = sign_in(story.ada)
    for name in ("theme", "insight", "report", "change_insight", "review", "find_themes", "choose_evidence"):
        assert client.get(reverse(f"insight:{name}", args=[uuid4()])).status_code == 404, name
    assert client.get(reverse("insight:add_quote", args=[story.insight, uuid4()])).status_code == 404
    voices = reverse("insight:review_voices", args=[story.engagement.id])
    assert client.get(f"{voices}?item={uuid4()}").status_code == 404
    assert client.post(reverse("insight:decide_insight", args=[story.insight, "sell"])).status_code == 404


def test_an_insight_is_written_supported_and_stood_behind_in_the_browser(story: Story) -> None:
    client = sign_in(story.ada)
    answer = client.post(
        reverse("insight:write_insight"),
        {
            "statement": "Ring people back",
            "kind": "wish",
            "themes": [str(story.theme)],
            "limits": "One survey",
        },
    )
    insight = Insight.objects.get(statement="Ring people back")
    assert answer.headers["Location"] == reverse("insight:insight", args=[insight.id])
    refused = client.post(reverse("insight:decide_insight", args=[insight.id, "stand"]))
    assert "no evidence" in refused.content.decode()
    quote = reverse("insight:add_quote", args=[insight.id, story.voices[0].id])
    assert "exactly as you typed" in client.post(quote, {"words": "I waited two years"}).content.decode()
    client.post(quote, {"sentence": "17-32"})
    client.post(
        reverse("insight:add_figure", args=[insight.id]),
        {"kind": "number", "value": "12", "unit": "weeks", "definition": "Median wait"},
    )
    assert Evidence.objects.filter(insight=insight).count() == 2
    client.post(reverse("insight:decide_insight", args=[insight.id, "stand"]))
    insight.refresh_from_db()
    assert insight.state == "stands"
    page = client.get(reverse("insight:insight", args=[insight.id])).content.decode()
    assert "Nobody rang me." in page
    client.post(reverse("insight:decide_insight", args=[insight.id, "retire"]), {"reason": "Solved"})
    client.post(reverse("insight:decide_insight", args=[insight.id, "bring-back"]))
    client.post(reverse("insight:decide_insight", args=[insight.id, "step-back"]))
    insight.refresh_from_db()
    assert insight.state == "draft"
    client.post(reverse("insight:remove_evidence", args=[Evidence.objects.filter(insight=insight)[0].id]))
    assert Evidence.objects.filter(insight=insight).count() == 1


def test_a_partner_answers_and_disagrees_in_the_browser(story: Story) -> None:
    client = sign_in(story.partner)
    confirm = reverse("insight:confirm_insight", args=[story.insight])
    assert "What is missing" in client.post(confirm, {"answer": "no"}).content.decode()
    client.post(confirm, {"answer": "no", "note": "It is the letters"})
    assert PatientConfirmation.objects.get().note == "It is the letters"
    client.post(reverse("insight:decide_insight", args=[story.insight, "disagree"]), {"reason": "Too broad"})
    client.post(reverse("insight:disagree_theme", args=[story.theme]), {"reason": "Two things"})
    assert (
        "Say what"
        in client.post(reverse("insight:disagree_theme", args=[story.theme]), {"reason": ""}).content.decode()
    )
    assert Dissent.objects.count() == 2
    for dissent in Dissent.objects.all():
        kind = "insight" if dissent.insight_id else "theme"
        client.post(
            reverse("insight:take_back_dissent", args=[dissent.id]),
            {kind: str(dissent.insight_id or dissent.theme_id)},
        )
    assert not Dissent.objects.filter(withdrawn_at=None).exists()


def test_exports_hold_the_evidence_and_no_formula_runs(story: Story) -> None:
    client = sign_in(story.ada)
    data = client.get(reverse("insight:export_evidence", args=["csv"])).content
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row["quote"] for row in rows] == ["I waited a year.", "'=HYPERLINK(1) th"]
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("insight:export_insights", args=["xlsx"])).content)
    )
    values = list(book.active.values)  # type: ignore[union-attr]
    assert values[1][1] == "People wait without word"
    themes = client.get(reverse("insight:export_themes", args=["csv"])).content.decode("utf-8-sig")
    assert "Waiting" in themes
    nothing = client.get(reverse("insight:export_insights", args=["csv"]) + "?q=nowhere").content.decode()
    assert nothing.count("\n") == 1


def test_the_report_prints_with_its_colours_and_names_nobody(story: Story, tmp_path: object) -> None:
    stand_behind(by=story.ada, at=AT, insight_id=story.insight)
    client = sign_in(story.ada)
    page = client.get(reverse("insight:report", args=[story.insight])).content.decode()
    assert "I waited a year." in page
    assert story.voices[0].speaker is not None
    assert story.voices[0].speaker.pseudonym not in page
    assert "Fewer than 8 people" in page
    answer = client.get(reverse("insight:report_pdf", args=[story.insight]))
    assert answer.headers["Content-Type"] == "application/pdf"
    teal, inked = count_pixels(answer.content, tmp_path)  # type: ignore[arg-type]
    assert teal > 50
    assert inked > 1000


def test_the_trail_leads_from_a_voice_to_the_insight_and_back(story: Story) -> None:
    forward = {stop.name: stop.count for stop in get_trail(story.ada, "voice", story.voices[0].id)}
    assert (forward["theme"], forward["insight"]) == (1, 1)
    back = {stop.name: stop.count for stop in get_trail(story.ada, "insight", story.insight)}
    assert (back["theme"], back["voice"]) == (1, 3)
    titles = [item.title for section in list_trail(story.ada, "theme", story.theme) for item in section.items]
    assert "Waiting" in titles
    assert "People wait without word" in titles
    assert get_trail(story.stranger, "theme", story.theme)[1].count == 1
    assert all(not section.items for section in list_trail(story.stranger, "theme", story.theme))


def test_the_day_says_what_waits(story: Story) -> None:
    stand_behind(by=story.ada, at=AT, insight_id=story.insight)
    assert [item.detail for item in list_day(story.partner, AT.date())] == [
        "Does this say what patients meant?"
    ]
    make_insight(story.theme, story.ada, statement="Bare")
    assert "A draft of yours without evidence" in [item.detail for item in list_day(story.ada, AT.date())]
    assert list_day(PUBLIC, AT.date()) == []


def test_search_finds_themes_and_insights_that_are_yours_to_see(story: Story) -> None:
    assert [hit.title for hit in search_themes(story.ada, "wait", 5)] == ["Waiting"]
    assert [hit.title for hit in search_insights(story.partner, "without word", 5)] == [
        "People wait without word"
    ]
    assert search_insights(story.stranger, "without word", 5) == search_themes(story.ada, " ", 5) == []
