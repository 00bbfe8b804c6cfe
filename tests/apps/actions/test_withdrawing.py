"""Withdrawing across all rooms: the world afterwards is the world in which those words were never said."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from alongside.apps.actions.bridge import Fate, Outcome
from alongside.apps.actions.models import Action, ActionNote, HelpAnswer, Telling
from alongside.apps.actions.operations.answers import stop_contact
from alongside.apps.actions.operations.digests import claim_digest, settle_digest
from alongside.apps.actions.operations.publishing import StoryWords, publish_action, write_story
from alongside.apps.actions.operations.rounds import send_round
from alongside.apps.actions.queries.digests import count_waiting_mail, list_lost_mail
from alongside.apps.actions.queries.progress import get_action_progress
from alongside.apps.actions.queries.public import get_help_summary, get_public_page
from alongside.apps.actions.queries.visits import list_speakers_of_link
from alongside.apps.base.queries import get_trail
from alongside.apps.base.rules import PUBLIC, SYSTEM, Viewer
from alongside.apps.engagement.models import Voice
from alongside.apps.engagement.operations import end_uses
from alongside.apps.engagement.queries import count_in_engagement, count_people, list_voice_ids, search_voices
from alongside.apps.engagement.queries.consents import count_people_by_use
from alongside.apps.home.queries import get_day, search
from alongside.apps.insight.models import LookAgain
from alongside.apps.insight.operations import add_quoted_words, look_again, stand_behind
from alongside.apps.insight.queries import get_insight, get_lost_quote
from alongside.apps.insight.queries.strength import get_strength, get_theme_strength
from alongside.apps.insight.queries.themes import get_theme_page
from alongside.apps.people.models import Organisation, Person
from alongside.apps.people.queries import list_lines_of
from tests.factories import insight as insights
from tests.factories.actions import make_action, make_round
from tests.factories.consents import LATER, ending, open_form, send
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db
LEAVER = "The lift"
OTHERS = [f"The stairs {number} are steep." for number in range(9)]


@dataclass(frozen=True)
class World:
    """One engagement on its whole way: a theme, an insight with quotes, an action, a public story, answers."""

    lead: Viewer
    engagement_id: UUID
    theme_id: UUID
    insight_id: UUID
    action: Action
    leaver: UUID


def build(lead: Viewer, *, with_leaver: bool, title: str) -> World:
    form = open_form(lead, title)
    words = [*OTHERS[:1], f"{LEAVER} is broken again.", *OTHERS[1:]] if with_leaver else OTHERS
    people = [
        send(form, one, email=f"p{number}@{title.lower()}.example", facts=(("capacity", "patient"),))[1]
        for number, one in enumerate(words)
    ]
    voices = list(Voice.objects.filter(engagement_id=form.engagement_id).order_by("id"))
    theme_id = insights.make_theme(form.engagement, voices, "Getting up", lead)
    insight_id = insights.make_insight(theme_id, lead)
    for voice in [one for one in voices if LEAVER in one.text or one.text in OTHERS[:2]]:
        add_quoted_words(by=lead, at=NOW, insight_id=insight_id, voice_id=voice.id, words=voice.text[:8])
    stand_behind(by=lead, at=NOW, insight_id=insight_id)
    action = make_action([insight_id], owner=Person.objects.get(id=lead.own_id), state="done")  # type: ignore[list-item]
    partner, _ = Organisation.objects.get_or_create(name="Stair Alliance", kind="charity", created_at=NOW)
    action.partners.add(partner)
    asked = make_round(action, "did_it_help", sent=True)
    for said, person in zip(words, people, strict=True):
        telling = Telling.objects.create(
            round=asked, speaker_id=person, engagement_id=form.engagement_id, channel="email", at=NOW,
            state="opened", opened_at=NOW,
        )  # fmt: skip
        HelpAnswer.objects.create(telling=telling, answer="no" if LEAVER in said else "yes", at=NOW)
    story = StoryWords("en", f"A handrail {title}", "Stairs are hard.", "We put up a rail.")
    quotes = list(action.insights.get().evidence.values_list("id", flat=True))
    write_story(action_id=action.id, words=story, quote_ids=quotes, by=lead, at=NOW)
    publish_action(action_id=action.id, by=lead, at=NOW)
    return World(lead, form.engagement_id, theme_id, insight_id, action, people[1])


def picture(world: World) -> dict[str, object]:
    """Return every number and every quote the rooms give about one world."""
    lead = world.lead
    ids = list_voice_ids(lead, world.engagement_id)
    public = get_public_page(world.action.id, language="en")
    theme, line = get_theme_page(lead, world.theme_id), get_insight(lead, world.insight_id)
    assert public is not None
    assert theme is not None
    assert line is not None
    counts, helped = count_in_engagement(lead, world.engagement_id), get_help_summary(lead, world.action.id)
    strength = get_strength(lead, world.insight_id)
    return {
        "voices": (counts.voices, counts.people, count_people(lead, ids)),
        "theme": (theme.line.voices, theme.line.people, get_theme_strength(world.theme_id).voices),
        "theme quotes": sorted(quote.text for quote in theme.quotes if quote.text),
        "insight": (strength.voices, strength.people, strength.facts, line.evidence),
        "uses": [(one.use, one.people) for one in count_people_by_use(lead, world.engagement_id)],
        "public": (public.people, public.helped, [quote.text for quote in public.quotes]),
        "helped": (helped.answered, helped.yes, helped.no),
        "told": get_action_progress(lead, world.action.id),
        "trail": [
            (stop.name, stop.count)
            for name, one in (("insight", world.insight_id), ("action", world.action.id))
            for stop in get_trail(lead, name, one)
        ],
        "search": [len(search_voices(lead, words, 50)) for words in ("lift", "broken")],
    }


def read_everything(world: World) -> str:
    """Return what the lead and the public can read about this world, in one text."""
    lead = Client()
    lead.force_login(Person.objects.get(id=world.lead.own_id))
    here, action = world.engagement_id, world.action.id
    pages = [
        "/", f"/engagements/{here}/", f"/engagements/{here}/voices/", f"/engagements/{here}/voices/export.csv",
        f"/insight/themes/{world.theme_id}/", f"/insight/insights/{world.insight_id}/",
        f"/insight/insights/{world.insight_id}/report/", "/insight/insights/evidence.csv", "/insight/",
        f"/insight/engagements/{here}/review/", f"/actions/{action}/", "/search/?q=lift", "/search/?q=broken",
        f"/trail/insight/{world.insight_id}/", f"/insight/insights/{world.insight_id}/evidence/",
    ]  # fmt: skip
    answers = [lead.get(page) for page in pages]
    answers += [Client().get(page) for page in ("/what-changed/", f"/what-changed/{action}/")]
    assert {answer.status_code for answer in answers} == {200}
    return "".join(_text(answer) for answer in answers)


def _text(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(body.decode())


@pytest.fixture
def lead() -> Viewer:
    return make_viewer("engagement_lead")


def test_after_a_withdrawal_the_world_is_as_if_the_words_were_never_said(lead: Viewer) -> None:
    world = build(lead, with_leaver=True, title="Here")
    never = build(lead, with_leaver=False, title="There")
    assert picture(world) != picture(never)
    assert LEAVER in read_everything(world)
    end_uses(speaker_ids=[world.leaver], ending=ending("analyse"), by=PUBLIC, at=LATER)
    assert picture(world) == picture(never)
    page = read_everything(world)
    assert LEAVER not in page
    assert "Person 2" not in re.sub(r"Person 2\d", "", page)


def test_narrowing_what_is_public_leaves_the_analysis(lead: Viewer) -> None:
    world = build(lead, with_leaver=True, title="Here")
    before = picture(world)
    assert LEAVER in _text(Client().get(f"/what-changed/{world.action.id}/"))
    end_uses(speaker_ids=[world.leaver], ending=ending("quote_public"), by=PUBLIC, at=LATER)
    assert LEAVER not in _text(Client().get(f"/what-changed/{world.action.id}/"))
    after = picture(world)
    assert {name for name in before if before[name] != after[name]} == {"public", "uses"}
    assert ActionNote.objects.filter(action=world.action, words__contains="public page").exists()
    assert not LookAgain.objects.exists()


def test_a_withdrawal_says_where_the_words_had_gone_and_somebody_looks_again(lead: Viewer) -> None:
    world = build(lead, with_leaver=True, title="Here")
    client = Client()
    client.force_login(Person.objects.get(id=lead.own_id))
    for address in (
        f"/engagements/{world.engagement_id}/voices/export.csv",
        "/insight/insights/evidence.csv",
        f"/insight/insights/{world.insight_id}/report.pdf",
    ):
        assert client.get(address).status_code == 200
    end_uses(speaker_ids=[world.leaver], ending=ending("analyse"), by=PUBLIC, at=LATER)
    line = list_lines_of([world.leaver])[0]
    said = [(use.kind, use.title, use.can_be_undone, use.times) for use in line.published]
    statement = get_insight(lead, world.insight_id)
    assert statement is not None
    assert said == [
        ("public_story", "A handrail Here", True, 1),
        ("partner", "Stair Alliance", False, 1),
        ("insight", statement.statement, True, 1),
        ("report", statement.statement, False, 2),
        ("export", "Here", False, 1),
    ]
    lost = get_lost_quote(lead, world.insight_id)
    assert lost is not None
    assert (lost.quotes, lost.voices) == (1, 9)
    assert "rests on 9 voices" in client.get(f"/insight/insights/{world.insight_id}/").content.decode()
    assert any("A quote was withdrawn" in str(item.detail) for item in get_day(lead, LATER.date()).needs_you)
    assert any("changed what they allow" in str(item.detail) for item in get_day(lead, LATER.date()).new)
    client.post(f"/insight/insights/{world.insight_id}/looked/")
    assert get_lost_quote(lead, world.insight_id) is None
    assert look_again(insight_id=world.insight_id, by=lead, at=LATER) == 0


def test_who_may_not_see_an_insight_has_not_looked_at_it(lead: Viewer) -> None:
    with pytest.raises(Exception, match="no such insight"):
        look_again(insight_id=lead.own_id, by=lead, at=LATER)


def test_no_mail_leaves_to_who_ended_contact(lead: Viewer) -> None:
    world = build(lead, with_leaver=True, title="Here")
    asked = make_round(world.action, "done")
    send_round(round_id=asked.id, by=lead, at=NOW)
    assert count_waiting_mail(lead).people == 10
    end_uses(speaker_ids=[world.leaver], ending=ending("contact_again"), by=PUBLIC, at=LATER)
    assert count_waiting_mail(lead).people == 9
    stopped = Telling.objects.get(round=asked, speaker_id=world.leaver)
    assert (stopped.state, stopped.note) == ("unreachable", "They asked not to be contacted.")
    assert claim_digest(mailbox="p1@here.example", by=SYSTEM, at=LATER) is None


def test_lost_mail_of_who_took_everything_back_is_no_longer_listed(lead: Viewer) -> None:
    world = build(lead, with_leaver=True, title="Here")
    assert world.leaver is not None
    Telling.objects.filter(speaker_id=world.leaver).update(state="bounced")
    assert len(list_lost_mail(lead)) == 1
    end_uses(speaker_ids=[world.leaver], ending=ending("analyse"), by=PUBLIC, at=LATER)
    assert list_lost_mail(lead) == []
    assert not [one for one in get_day(lead, NOW.date()).needs_you if "did not arrive" in one.title]
    assert search(lead, "lift") == []


def test_a_private_link_leads_to_what_its_holder_agreed_to(lead: Viewer) -> None:
    world = build(lead, with_leaver=True, title="Here")
    send_round(round_id=make_round(world.action, "done").id, by=lead, at=NOW)
    claimed = claim_digest(mailbox="p1@here.example", by=SYSTEM, at=NOW)
    assert claimed is not None
    settle_digest(digest_id=claimed.id, outcome=Outcome(Fate.ACCEPTED), by=SYSTEM, at=NOW)
    phone = Client()
    assert phone.post("/your-words/consents/").status_code == 404
    phone.post(f"/w/{claimed.token}/")
    answer = phone.post("/your-words/consents/", follow=True)
    assert "What you agreed to" in answer.content.decode()
    assert "A handrail Here" in answer.content.decode()
    stop = {"agreement": str(world.leaver), "use": "quote_public"}
    answer = phone.post("/your-consents/end/", stop, follow=True)
    assert "That has stopped" in answer.content.decode()
    assert "A handrail Here" in answer.content.decode()
    assert list_lines_of([world.leaver])[0].how == "private_link"
    phone.post("/your-words/leave/")
    assert phone.get("/your-consents/").status_code == 404
    assert world.leaver is not None
    link = Telling.objects.get(speaker_id=world.leaver, digest__isnull=False).digest
    assert link is not None
    one = link.links.get()
    assert list_speakers_of_link(one.id) == [world.leaver]
    stop_contact(link_id=one.id, at=LATER)
