"""Every decision of the review through its page, and what is refused."""

from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from alongside.adapters.documents import DocumentRefused
from alongside.apps.base.models import Job
from alongside.apps.base.rules import PUBLIC, Refused
from alongside.apps.insight.models import Dissent, Theme, ThemeDecision
from alongside.apps.insight.operations import (
    accept_theme,
    describe_theme,
    move_voices,
    record_dissent,
    rename_theme,
)
from alongside.apps.insight.operations.runs import check_all_have_a_place
from alongside.apps.insight.queries import exports, list_decisions, list_overview
from alongside.apps.insight.queries.day import list_day
from alongside.apps.insight.rules import get_quote_use, get_reason_hidden
from alongside.science.values.themes import ThemeResult
from tests.apps.insight.test_theme_decisions import Story
from tests.factories.insight import (
    AT,
    Found,
    as_person,
    make_engagement,
    make_insight,
    make_partner,
    make_run,
    make_theme,
    make_viewer,
    make_voices,
)

pytestmark = pytest.mark.django_db


class Desk:
    """Ada at the review of the story's engagement."""

    def __init__(self) -> None:
        self.story = Story()
        self.client = Client()
        self.client.force_login(as_person(self.story.ada))
        self.url = reverse("insight:decide", args=[self.story.engagement.id])

    def decide(self, decision: str, **fields: object) -> HttpResponse:
        data = {name: value for name, value in fields.items() if value is not None}
        return self.client.post(self.url, {"decision": decision, **data}, follow=True)  # type: ignore[return-value]

    def theme(self) -> Theme:
        return Theme.objects.filter(state="stands").order_by("created_at")[0]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def words_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_each_decision_is_taken_on_the_page_and_the_last_undone(desk: Desk) -> None:
    story = desk.story
    desk.decide("accept", item=story.waiting.id, is_open="yes", name="A long wait")
    desk.decide("rename", item=desk.theme().id, name="A very long wait", reason="Clearer")
    assert "Renamed “A long wait” to “A very long wait”" in words_of(
        desk.client.get(reverse("insight:review", args=[story.engagement.id]), {"item": str(desk.theme().id)})
    )
    desk.decide("dissent", item=desk.theme().id, reason="Two things")
    assert Dissent.objects.count() == 1
    desk.decide(
        "split",
        item=desk.theme().id,
        list=desk.theme().id,
        voices=[story.voices[0].id],
        name="A year",
        reason="Length",
    )
    assert Theme.objects.filter(name="A year").exists()
    moved = desk.decide("move", voices=[story.voices[5].id], into=desk.theme().id, back="voices")
    assert "Nothing left to read here" in words_of(moved)
    desk.decide("reject", item=story.letters.id, is_open="yes", reason="Not a theme")
    aside = desk.client.get(
        reverse("insight:review", args=[story.engagement.id]), {"item": str(story.letters.id)}
    )
    assert "Not a theme" in words_of(aside)
    rejected = ThemeDecision.objects.get(kind="reject")
    assert "Undone" in words_of(desk.decide("undo", decision_id=rejected.id))
    year = Theme.objects.get(name="A year")
    desk.decide("merge", item=year.id, into=desk.theme().id, reason="One story")
    year.refresh_from_db()
    assert year.state == "merged"
    desk.decide("merge", item=story.letters.id, is_open="yes", into=desk.theme().id, reason="One story")
    kinds = [line.kind for line in list_decisions(story.ada, story.engagement.id)]
    assert sorted(kinds) == sorted(["accept", "rename", "split", "move", "reject", "undo", "merge", "merge"])
    assert list_decisions(make_partner(), story.engagement.id) == []


@pytest.mark.parametrize(
    ("decision", "fields", "reason"),
    [
        ("accept", {}, "Open a proposal or a theme first"),
        ("merge", {"item": uuid4()}, "Choose the theme to merge into"),
        ("merge", {"item": uuid4(), "into": "nowhere"}, "Choose a theme to merge into or move to"),
        ("move", {"voices": [uuid4()]}, "Choose a theme to put these voices into"),
        ("move", {"voices": ["x"], "name": "New"}, "these are not voices"),
        ("move", {"voices": [uuid4()], "name": "New"}, "cannot be placed"),
        ("sell", {}, "choose one of the answers"),
    ],
)
def test_what_cannot_be_done_is_said_on_the_page(
    desk: Desk, decision: str, fields: dict[str, object], reason: str
) -> None:
    assert reason in words_of(desk.decide(decision, **fields))
    assert not ThemeDecision.objects.exists()


def test_finding_themes_starts_a_job_or_says_what_is_wrong(desk: Desk) -> None:
    address = reverse("insight:find_themes", args=[desk.story.engagement.id])
    wrong = desk.client.post(address, {"how_many": "number", "which": "all"})
    assert "Enter a number of themes from 2 to 60" in words_of(wrong)
    answer = desk.client.post(address, {"how_many": "number", "themes": "4", "which": "new"})
    job = Job.objects.get()
    assert answer.headers["Location"] == reverse("base:job", args=[job.id])
    assert job.arguments["themes"] == "4"
    assert job.arguments["only_new"] == "yes"


def test_an_engagement_leads_to_its_review_or_to_finding_themes(desk: Desk) -> None:
    new = make_engagement("Nothing yet")
    for engagement, name in ((desk.story.engagement, "review"), (new, "find_themes")):
        answer = desk.client.get(reverse("insight:engagement", args=[engagement.id]))
        assert answer.headers["Location"] == reverse(f"insight:{name}", args=[engagement.id])
    partner = Client()
    partner.force_login(as_person(make_partner(new)))
    assert "Nobody has looked for themes here yet" in words_of(
        partner.get(reverse("insight:engagement", args=[new.id]))
    )
    assert partner.get(reverse("insight:engagement", args=[uuid4()])).status_code == 404
    lines = {line.title: line for line in list_overview(desk.story.ada)}
    assert lines["Nothing yet"].run_id is None
    assert lines[desk.story.engagement.title].to_decide == 2
    assert list_overview(PUBLIC) == []


def test_the_keys_are_switched_off_and_on_for_one_person(desk: Desk) -> None:
    address = reverse("insight:switch_keys", args=[desk.story.engagement.id])
    page = reverse("insight:review", args=[desk.story.engagement.id])
    assert "/static/base/keys." in words_of(desk.client.get(page))
    desk.client.post(address, {"item": str(desk.story.waiting.id)})
    assert "/static/base/keys." not in words_of(desk.client.get(page))
    desk.client.post(address)
    assert "/static/base/keys." in words_of(desk.client.get(page))


def test_a_theme_is_described_and_an_insight_changed_with_suggested_limits(desk: Desk) -> None:
    theme = desk.story.accept(desk.story.waiting)
    desk.client.post(
        reverse("insight:describe_theme", args=[theme.id]), {"description": "Being left waiting"}
    )
    theme.refresh_from_db()
    assert theme.description == "Being left waiting"
    insight = make_insight(theme.id, desk.story.ada)
    change = reverse("insight:change_insight", args=[insight])
    suggested = words_of(desk.client.get(change, {"suggest": "1"}))
    assert "Everything comes from one engagement" in suggested
    data = {"statement": "Changed", "kind": "need", "themes": [str(theme.id)], "limits": "Few"}
    assert desk.client.post(change, data).status_code == 302
    elsewhere = {**data, "themes": [str(uuid4())]}
    assert desk.client.post(change, elsewhere).status_code == 200


def test_a_theme_of_another_engagement_takes_no_voice_from_here(desk: Desk) -> None:
    elsewhere = make_engagement("Elsewhere")
    other = make_theme(elsewhere, make_voices(elsewhere, ["Far"]), "Far", desk.story.ada)
    with pytest.raises(Refused, match="another engagement"):
        move_voices(
            by=desk.story.ada,
            at=AT,
            engagement_id=desk.story.engagement.id,
            voice_ids=[desk.story.voices[5].id],
            to_id=other,
        )
    with pytest.raises(Refused, match="Find themes first"):
        move_voices(
            by=desk.story.ada,
            at=AT,
            engagement_id=make_engagement("No run").id,
            voice_ids=[uuid4()],
            new_name="New",
        )
    with pytest.raises(Refused, match="not yours to decide"):
        move_voices(
            by=make_partner(),
            at=AT,
            engagement_id=desk.story.engagement.id,
            voice_ids=[desk.story.voices[5].id],
            new_name="New",
        )


def test_a_partner_cannot_move_a_voice_they_may_not_read(desk: Desk) -> None:
    partner = make_partner(desk.story.engagement)
    voice = desk.story.voices[5]
    voice.basis.may_quote_inside = False
    voice.basis.save()
    with pytest.raises(Refused, match="cannot be placed"):
        move_voices(
            by=partner, at=AT, engagement_id=desk.story.engagement.id, voice_ids=[voice.id], new_name="Mine"
        )


def test_names_are_one_line_of_a_sensible_length(desk: Desk) -> None:
    theme = desk.story.accept(desk.story.waiting, name="  Two \n lines ")
    assert theme.name == "Two lines"
    for name, reason in ((" ", "needs a name"), ("x" * 81, "80 or fewer")):
        with pytest.raises(Refused, match=reason):
            rename_theme(by=desk.story.ada, at=AT, theme_id=theme.id, name=name)


def test_themes_that_are_not_there_or_no_longer_stand_are_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="no such theme"):
        rename_theme(by=desk.story.ada, at=AT, theme_id=uuid4(), name="X")
    with pytest.raises(Refused, match="no such theme or insight"):
        record_dissent(by=desk.story.ada, at=AT, reason="No", theme_id=uuid4())
    theme = desk.story.accept(desk.story.waiting)
    desk.story.undo_last()
    with pytest.raises(Refused, match="no longer stands"):
        describe_theme(by=desk.story.ada, at=AT, theme_id=theme.id, description="X")
    with pytest.raises(Refused, match="role does not let you"):
        accept_theme(by=make_viewer("Sam", "owner"), at=AT, proposed_theme_id=desk.story.letters.id)


def test_the_day_names_reviews_and_voices_left_to_read(desk: Desk) -> None:
    on = AT.date()
    assert [item.detail for item in list_day(desk.story.ada, on)] == ["2 proposed themes to decide"]
    desk.story.accept(desk.story.waiting)
    desk.story.accept(desk.story.letters)
    assert [item.detail for item in list_day(desk.story.ada, on)] == ["1 unplaced voice to read"]


def test_a_theme_list_is_filtered_by_engagement_and_use(desk: Desk) -> None:
    theme = desk.story.accept(desk.story.waiting)
    address = reverse("insight:themes")
    for query, is_there in (
        ({"engagement": str(desk.story.engagement.id)}, True),
        ({"engagement": str(uuid4())}, False),
        ({"used": "no"}, True),
        ({"used": "yes"}, False),
        ({"q": "waiting"}, True),
    ):
        page = words_of(desk.client.get(address, query))
        assert (reverse("insight:theme", args=[theme.id]) in page) == is_there, query


def test_a_public_quote_needs_a_basis_for_the_public() -> None:
    inside = get_quote_use(may_quote_inside=True, may_quote_public=False, may_share_partners=False)
    public = get_quote_use(may_quote_inside=True, may_quote_public=True, may_share_partners=False)
    none = get_quote_use(may_quote_inside=False, may_quote_public=False, may_share_partners=False)
    lead = make_viewer("Ada", "engagement_lead")
    assert get_reason_hidden(lead, public, is_invited=True, is_for_public=True) == ""
    assert "in public" in get_reason_hidden(lead, inside, is_invited=True, is_for_public=True)
    assert get_reason_hidden(lead, none, is_invited=True) == ""
    assert "not invited" in get_reason_hidden(make_partner(), public, is_invited=False)
    assert [use.key for use in (public, inside, none)] == ["public", "inside", "analysis"]
    assert [use.label for use in (public, inside, none)] == [
        "May be quoted in public",
        "May be quoted inside, not in public",
        "For analysis only: do not quote",
    ]


def test_an_engine_that_loses_a_voice_is_not_believed() -> None:
    with pytest.raises(Refused, match="did not account for every voice"):
        check_all_have_a_place(ThemeResult("plain", "1", 7, "0", (), ()), 3)


def test_a_long_run_is_written_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alongside.apps.insight.operations.runs.CHUNK", 2)
    engagement = make_engagement()
    voices = make_voices(engagement, ["1", "2", "3", "4", "5"])
    (proposal,) = make_run(engagement, Found({"All": voices}))
    assert proposal.placements.count() == 5


def test_a_server_without_pdf_libraries_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_html: str, _stylesheet: str) -> bytes:
        raise DocumentRefused("Install Pango")

    monkeypatch.setattr(exports, "make_printed", refuse)
    with pytest.raises(Refused, match="Install Pango"):
        exports.make_report_pdf("<p>", "")
