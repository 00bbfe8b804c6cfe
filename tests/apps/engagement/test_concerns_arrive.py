"""Concerns arrive: every way in is listened to, and anybody may raise one."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from alongside.apps.base.models import AuditLine, Job
from alongside.apps.base.rules import PUBLIC, SYSTEM, Refused
from alongside.apps.engagement.models import Concern, ConcernEvent, ConcernProposal, Voice
from alongside.apps.engagement.operations import (
    FormTerms,
    RaisedConcern,
    SentAnswers,
    add_reply,
    confirm_import,
    hear_concerns,
    hear_source,
    open_public_form,
    raise_concern,
    raise_public_concern,
    receive_answers,
    take_out_import,
)
from alongside.apps.engagement.operations.voices import TypedVoice
from alongside.apps.engagement.queries.concerns import get_concern, get_raised, list_raised
from tests.factories.concerns import HARM, make_heard, make_raised
from tests.factories.engagement import (
    make_csv,
    make_engagement,
    make_voices,
    read_table_file,
    work_until_idle,
)
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db

CALM = "The nurse was kind and the room was warm."


def test_a_typed_voice_is_heard_at_once_with_the_sentence_as_evidence() -> None:
    concern = make_heard()

    proposal = concern.proposals.get()
    voice = Voice.objects.get()
    assert concern.kind == "adverse_event"
    assert concern.state == "waiting"
    assert "came out in a rash" in voice.text[proposal.start : proposal.end]
    assert proposal.rule
    assert list(concern.events.values_list("kind", flat=True)) == ["raised"]


def test_calm_words_open_nothing() -> None:
    make_voices(make_engagement(), CALM)

    assert not Concern.objects.exists()


def test_two_kinds_in_one_voice_are_two_concerns_and_two_sentences_of_a_kind_are_one() -> None:
    text = "The tablets made me sick. The cream gave me a rash. I want to make a formal complaint."
    voice_id = make_voices(make_engagement(), text)[0]

    assert set(Concern.objects.filter(voice_id=voice_id).values_list("kind", flat=True)) == {
        "adverse_event",
        "complaint",
    }
    assert ConcernProposal.objects.filter(voice_id=voice_id, kind="adverse_event").count() == 2


def test_listening_again_adds_nothing_even_where_somebody_changed_the_kind() -> None:
    make_heard()
    voice = Voice.objects.get()
    Concern.objects.update(kind="complaint")

    assert hear_concerns(voices=[voice], at=NOW) == 0
    assert Concern.objects.count() == 1


def test_a_file_is_listened_to_in_the_background_once_it_is_brought_in() -> None:
    lead = make_viewer("engagement_lead")
    found = read_table_file(
        make_engagement(lead), make_csv([("1", "a", HARM), ("2", "b", CALM), ("3", "c", "n/a")]), lead
    )
    assert not Concern.objects.exists()

    confirm_import(import_id=found.id, by=lead, at=NOW)
    assert Job.objects.get(kind="engagement.hear_concerns").state == "waiting"
    work_until_idle()

    assert Concern.objects.get().origin == "rules"
    assert Job.objects.get(kind="engagement.hear_concerns").result == {"voices": 2}


def test_voices_held_back_for_review_are_listened_to_and_shown_to_those_who_triage() -> None:
    lead, officer = make_viewer("engagement_lead"), make_viewer("safety_officer")
    found = read_table_file(make_engagement(lead), make_csv([("1", "a", HARM)]), lead)
    confirm_import(import_id=found.id, by=lead, at=NOW)
    Voice.with_staged.update(held_for_review=True)
    assert not Voice.objects.exists()
    work_until_idle()

    view = get_concern(officer, Concern.objects.get().id)
    assert view is not None
    assert view.words is not None
    assert any("rash" in one for one in view.words.evidence)


def test_a_file_is_not_taken_out_while_something_in_it_is_looked_at() -> None:
    lead = make_viewer("engagement_lead")
    found = read_table_file(make_engagement(lead), make_csv([("1", "a", HARM)]), lead)
    confirm_import(import_id=found.id, by=lead, at=NOW)
    work_until_idle()

    with pytest.raises(Refused, match="Ask a safety officer"):
        take_out_import(import_id=found.id, by=lead, at=NOW)
    Concern.objects.update(state="none")
    take_out_import(import_id=found.id, by=lead, at=NOW)
    work_until_idle()
    assert Concern.objects.get().state == "none"


def test_a_job_that_died_half_way_goes_on_without_doubling() -> None:
    lead = make_viewer("engagement_lead")
    found = read_table_file(make_engagement(lead), make_csv([("1", "a", HARM)]), lead)
    confirm_import(import_id=found.id, by=lead, at=NOW)
    found.refresh_from_db()
    assert found.source_id is not None

    def die(_done: int, _total: int) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        hear_source(source_id=found.source_id, at=NOW, tell=die)
    assert hear_source(source_id=found.source_id, at=NOW, tell=lambda _done, _total: None) == 1
    assert Concern.objects.count() == 1


def test_a_corrected_answer_is_a_new_voice_and_is_heard_too() -> None:
    lead = make_viewer("engagement_lead")
    engagement = make_engagement(lead)
    for text in (CALM, HARM):
        found = read_table_file(engagement, make_csv([("1", "a", text)]), lead)
        confirm_import(import_id=found.id, by=lead, at=NOW)
        work_until_idle()

    assert Concern.objects.count() == 1


def test_have_your_say_and_a_reply_to_feedback_are_heard() -> None:
    lead = make_viewer("engagement_lead")
    engagement = make_engagement(lead)
    form = open_public_form(
        engagement_id=engagement.id,
        terms=FormTerms(welcome="Tell us.", questions=(("How is it?", ""),), opens_on=NOW.date()),
        by=lead,
        at=NOW,
    )
    receive_answers(
        slug=form.slug,
        sent=SentAnswers(answers=((1, HARM),), consent_text_id=form.consent_text_id, language="en"),
        by=PUBLIC,
        at=NOW,
        on=NOW.date(),
    )
    speaker_id = Voice.objects.get().speaker_id
    assert speaker_id is not None
    add_reply(
        speaker_id=speaker_id, round_id=uuid4(), text="I want to make a formal complaint.", by=PUBLIC, at=NOW
    )

    assert set(Concern.objects.values_list("kind", flat=True)) == {"adverse_event", "complaint"}
    assert Concern.objects.filter(speaker_id=speaker_id).count() == 2


def test_the_audit_holds_no_words() -> None:
    make_heard()
    make_raised()

    lines = AuditLine.objects.filter(operation__in=("hear_concerns", "raise_concern"))
    assert len(lines) == 2
    assert all("rash" not in f"{line.detail}{line.reason}" for line in lines)
    assert all("shouting" not in f"{line.detail}{line.reason}" for line in lines)


@pytest.mark.parametrize(
    ("arrived", "kind", "due"),
    [
        (datetime(2026, 11, 23, 10, tzinfo=UTC), "adverse_event", datetime(2026, 11, 24, 17, tzinfo=UTC)),
        (datetime(2026, 11, 20, 10, tzinfo=UTC), "adverse_event", datetime(2026, 11, 23, 17, tzinfo=UTC)),
        (datetime(2026, 12, 24, 10, tzinfo=UTC), "adverse_event", datetime(2026, 12, 29, 17, tzinfo=UTC)),
        (datetime(2026, 7, 1, 9, tzinfo=UTC), "complaint", datetime(2026, 7, 6, 16, tzinfo=UTC)),
        (datetime(2026, 11, 23, 10, tzinfo=UTC), "urgent_harm", datetime(2026, 11, 23, 17, tzinfo=UTC)),
    ],
)
def test_the_deadline_counts_working_days_of_the_kind(
    arrived: datetime, kind: str, due: datetime, settings: object
) -> None:
    settings.CONCERN_WORKING_DAYS = {"default": 1, "complaint": 3, "urgent_harm": 0}  # type: ignore[attr-defined]

    assert make_raised(at=arrived, kind=kind).due_at == due


def test_what_somebody_raises_is_locked_and_they_see_their_own_alone() -> None:
    analyst, other = make_viewer("analyst"), make_viewer("analyst")
    concern = make_raised(analyst)

    assert b"shouting" not in bytes(concern.locked_words or b"")
    found = get_raised(analyst, concern.id)
    assert found is not None
    assert found[1] == "A visitor was shouting at her."
    assert get_raised(other, concern.id) is None
    assert list_raised(other) == []
    assert get_concern(analyst, concern.id) is None
    assert list(Concern.objects.for_viewer(analyst)) == [concern]
    assert list(Concern.objects.for_viewer(other)) == []


def test_raised_from_a_voice_or_an_engagement_it_is_tied_to_it_where_the_raiser_may_see_it() -> None:
    engagement = make_engagement()
    voice_id = make_voices(engagement, TypedVoice(CALM, speaker="P1"))[0]
    analyst, finance = make_viewer("analyst"), make_viewer("finance")

    of_voice = make_raised(analyst, about=f"engagement:voice/{voice_id}")
    of_engagement = make_raised(analyst, about=f"engagement:detail/{engagement.id}")
    unseen = make_raised(finance, about=f"engagement:voice/{voice_id}")
    elsewhere = make_raised(analyst, about=f"insight:insight/{voice_id}")
    nowhere = make_raised(analyst, about="https://example.org/?name=Ada")

    assert (of_voice.voice_id, of_voice.engagement_id) == (voice_id, engagement.id)
    assert of_voice.speaker_id is not None
    assert (of_engagement.voice_id, of_engagement.engagement_id) == (None, engagement.id)
    assert (unseen.voice_id, unseen.engagement_id) == (None, None)
    assert (elsewhere.about_page, elsewhere.about_id) == ("insight:insight", voice_id)
    assert (nowhere.about_page, nowhere.about_id) == ("", None)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": "weather"}, "Choose what it is about"),
        ({"urgency": "whenever"}, "Choose how soon"),
        ({"words": "  "}, "in your own words"),
        ({"words": "x" * 4_001}, "4,000"),
        ({"words": "a\x00b"}, "NUL"),
    ],
)
def test_what_is_raised_is_checked(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        make_raised(**changes)


def test_somebody_without_a_role_cannot_raise_one_from_inside() -> None:
    terms = RaisedConcern(kind="complaint", words="Late again.", urgency="soon")
    with pytest.raises(Refused, match="raise concerns"):
        raise_concern(terms=terms, by=PUBLIC, at=NOW)


def test_the_public_raises_without_an_account_with_a_contact_and_at_a_pace() -> None:
    lead = make_viewer("engagement_lead")
    engagement = make_engagement(lead)
    form = open_public_form(
        engagement_id=engagement.id,
        terms=FormTerms(welcome="Tell us.", questions=(("How is it?", ""),), opens_on=NOW.date()),
        by=lead,
        at=NOW,
    )
    terms = RaisedConcern(kind="unsure", words="She fell.", urgency="today", contact="01632 960123")

    concern = raise_public_concern(terms=terms, slug=form.slug, by=PUBLIC, at=NOW)
    other = raise_public_concern(terms=terms, slug="nowhere", by=PUBLIC, at=NOW)
    assert (concern.origin, concern.engagement_id) == ("public", engagement.id)
    assert b"960123" not in bytes(concern.locked_contact or b"")
    assert other.engagement_id is None
    for _number in range(28):
        raise_public_concern(terms=terms, slug="", by=PUBLIC, at=NOW)
    with pytest.raises(Refused, match="call 999"):
        raise_public_concern(terms=terms, slug="", by=PUBLIC, at=NOW)
    assert raise_public_concern(terms=terms, slug="", by=PUBLIC, at=NOW + timedelta(minutes=11))


def test_every_event_names_its_concern_and_time() -> None:
    make_heard()
    event = ConcernEvent.objects.get()

    assert event.by_person_id is None
    assert event.at == NOW
    assert SYSTEM.may("see_concerns")
