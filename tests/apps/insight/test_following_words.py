"""Quotes follow when what is covered changes, never end inside a mark, and marks are no theme's words."""

from uuid import UUID

import pytest

from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.engagement.models import Redaction, Voice
from alongside.apps.engagement.operations import add_redaction, decide_redaction
from alongside.apps.engagement.queries import list_voice_texts
from alongside.apps.insight.bridge import propose_themes
from alongside.apps.insight.models import Evidence, ProposedQuote, ProposedTheme, ThemeRun
from alongside.apps.insight.operations import add_quoted_words
from alongside.apps.insight.queries.quotes import make_quote
from alongside.science.values.themes import VoiceText
from tests.factories.engagement import make_engagement, make_voices
from tests.factories.insight import make_insight, make_theme
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db
SAID = "I rang 07700 900123. Dr Mensah never rang back. I asked Wren."


@pytest.fixture
def governance() -> Viewer:
    return make_viewer("governance_lead")


@pytest.fixture
def lead() -> Viewer:
    return make_viewer("engagement_lead")


@pytest.fixture
def voice_id() -> UUID:
    return make_voices(make_engagement(), SAID)[0]


def quote(voice_id: UUID, words: str, by: Viewer) -> Evidence:
    voice = Voice.objects.get(id=voice_id)
    insight_id = make_insight(make_theme(voice.engagement, [voice], f"About {words}", by), by)
    evidence_id = add_quoted_words(by=by, at=NOW, insight_id=insight_id, voice_id=voice_id, words=words)
    return Evidence.objects.get(id=evidence_id)


def words_of(evidence: Evidence) -> str:
    evidence.refresh_from_db()
    assert evidence.voice is not None
    return Voice.with_held.get(id=evidence.voice.id).text[evidence.start : evidence.end]


def uncover(voice_id: UUID, kind: str, by: Viewer) -> None:
    mark = Redaction.objects.get(voice_id=voice_id, kind=kind)
    decide_redaction(redaction_id=mark.id, decision="undo", by=by, at=NOW)


def test_a_quote_keeps_its_words_when_something_before_it_is_uncovered(
    governance: Viewer, lead: Viewer, voice_id: UUID
) -> None:
    evidence = quote(voice_id, "Dr [staff name] never rang back.", lead)
    before = quote(voice_id, "I rang", lead)
    uncover(voice_id, "phone", governance)
    assert words_of(before) == "I rang"
    assert words_of(evidence) == "Dr [staff name] never rang back."
    uncover(voice_id, "staff_name", governance)
    assert words_of(evidence) == "Dr Mensah never rang back."


def test_a_quote_takes_a_mark_in_when_its_words_are_covered_by_hand(
    governance: Viewer, lead: Viewer, voice_id: UUID
) -> None:
    evidence = quote(voice_id, "I asked Wren.", lead)
    add_redaction(voice_id=voice_id, words="Wren", kind="own_name", by=governance, at=NOW)
    assert words_of(evidence) == "I asked [name]."


def test_covering_words_a_quote_cuts_through_is_refused_with_what_would_do(
    governance: Viewer, lead: Viewer, voice_id: UUID
) -> None:
    quote(voice_id, "never rang back. I asked", lead)
    with pytest.raises(Refused, match="Take that quote away"):
        add_redaction(voice_id=voice_id, words="asked Wren", kind="own_name", by=governance, at=NOW)
    assert "Wren" in Voice.objects.get(id=voice_id).text


def test_a_proposed_quote_is_widened_over_a_mark_it_would_cut(
    governance: Viewer, lead: Viewer, voice_id: UUID
) -> None:
    voice = Voice.objects.get(id=voice_id)
    run = ThemeRun.objects.create(
        engagement=voice.engagement, engine="e", engine_version="1", seed=0, input_sha256="", asked_at=NOW
    )
    theme = ProposedTheme.objects.create(run=run, position=1, name="x", voices=1, people=1)
    start = voice.text.index("I asked")
    proposed = ProposedQuote.objects.create(
        proposed_theme=theme, voice=voice, position=1, start=start, end=len(voice.text) - 3, score=1.0
    )
    add_redaction(voice_id=voice_id, words="Wren", kind="own_name", by=governance, at=NOW)
    proposed.refresh_from_db()
    assert Voice.objects.get(id=voice_id).text[proposed.start : proposed.end] == "I asked [name]"


def test_a_quote_may_not_end_inside_a_mark(lead: Viewer, voice_id: UUID) -> None:
    with pytest.raises(Refused, match="in the middle of something that is covered"):
        quote(voice_id, "name] never rang back", lead)


def test_words_held_back_again_are_not_quoted_meanwhile(lead: Viewer, voice_id: UUID) -> None:
    evidence = quote(voice_id, "I asked Wren.", lead)
    Voice.objects.filter(id=voice_id).update(held_for_review=True)
    evidence = Evidence.objects.select_related("voice__speaker", "voice__basis", "voice__source").get(
        id=evidence.id
    )
    shown = make_quote(lead, evidence, invited=None, span=(0, 5))
    assert shown is not None
    assert (shown.text, bool(shown.hidden)) == ("", True)


def test_marks_become_no_words_of_a_theme() -> None:
    said = ["I rang [phone number] about my letter", "the letter for [phone number] never came"] * 12
    voices = [VoiceText(id=str(number), text=text) for number, text in enumerate(said)]
    found = propose_themes(voices, themes_asked=1)
    words = {word for theme in found.themes for keyword in theme.keywords for word in keyword.split()}
    assert not {"phone", "number"} & words


def test_the_engine_reads_only_what_is_covered(lead: Viewer, voice_id: UUID) -> None:
    engagement_id = Voice.objects.get(id=voice_id).engagement_id
    (text,) = list_voice_texts(lead, engagement_id)
    assert text.text == "I rang [phone number]. Dr [staff name] never rang back. I asked Wren."
