"""An insight: written from themes, resting on evidence, stood behind by somebody, answered by patients."""

from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.insight.models import Evidence, Insight
from alongside.apps.insight.operations import (
    Figure,
    InsightText,
    add_figure,
    add_quote,
    add_quoted_words,
    bring_back_insight,
    change_insight,
    confirm_insight,
    merge_themes,
    record_dissent,
    remove_evidence,
    retire_insight,
    stand_behind,
    step_back,
    undo_decision,
    withdraw_dissent,
    write_insight,
)
from alongside.apps.insight.queries import (
    InsightFilter,
    get_insight,
    get_insight_page,
    get_strength,
    list_engagements_behind,
    list_insights,
    list_speaker_ids_behind,
    list_voice_ids,
    make_lines,
)
from tests.factories.insight import (
    AT,
    last_decision,
    later,
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
FIGURE = Figure(Decimal("41"), Decimal("33"), Decimal("50"), "%", 118, "Share called back in time", "Log")


class Story:
    """Two voices in one theme and a draft that comes from it."""

    def __init__(self) -> None:
        self.ada = make_lead()
        self.engagement = make_engagement()
        self.voices = make_voices(
            self.engagement, ["I waited a year. Nobody rang me.", "Still waiting 🙂 here."]
        )
        self.theme = make_theme(self.engagement, self.voices, "Waiting", self.ada)
        self.partner = make_partner(self.engagement)
        self.insight = make_insight(self.theme, self.ada)

    def quote(self, start: int = 0, end: int = 16) -> None:
        add_quote(
            by=self.ada, at=AT, insight_id=self.insight, voice_id=self.voices[0].id, start=start, end=end
        )

    def state(self) -> str:
        return Insight.objects.get(id=self.insight).state


@pytest.fixture
def story() -> Story:
    return Story()


def test_nobody_can_stand_behind_an_insight_without_evidence_or_limits(story: Story) -> None:
    with pytest.raises(Refused, match="no evidence"):
        stand_behind(by=story.ada, at=AT, insight_id=story.insight)
    story.quote()
    text = InsightText("People wait", "experience", "", (story.theme,))
    change_insight(by=story.ada, at=AT, insight_id=story.insight, text=text)
    with pytest.raises(Refused, match="limits"):
        stand_behind(by=story.ada, at=AT, insight_id=story.insight)
    assert story.state() == "draft"


def test_an_insight_stands_while_somebody_stands_behind_it(story: Story) -> None:
    story.quote()
    stand_behind(by=story.ada, at=AT, insight_id=story.insight)
    stand_behind(by=story.partner, at=AT, insight_id=story.insight)
    with pytest.raises(Refused, match="already"):
        stand_behind(by=story.ada, at=AT, insight_id=story.insight)
    page = get_insight_page(story.ada, story.insight)
    assert page is not None
    assert [(one.name, one.as_patient) for one in page.vouchers] == [
        ("Ada Okafor", False),
        ("Rhys Morgan", True),
    ]
    step_back(by=story.ada, at=AT, insight_id=story.insight)
    assert story.state() == "stands"
    step_back(by=story.partner, at=AT, insight_id=story.insight)
    assert story.state() == "draft"
    with pytest.raises(Refused, match="Nobody stands behind"):
        step_back(by=story.ada, at=AT, insight_id=story.insight)


def test_the_words_somebody_stands_behind_cannot_change_but_the_limits_can(story: Story) -> None:
    story.quote()
    stand_behind(by=story.ada, at=AT, insight_id=story.insight)
    with pytest.raises(Refused, match="stands behind this statement"):
        change_insight(
            by=story.ada,
            at=AT,
            insight_id=story.insight,
            text=InsightText("Something else", "experience", "One survey.", (story.theme,)),
        )
    kept = InsightText("People wait without word", "experience", "One survey, no carers.", (story.theme,))
    change_insight(by=story.ada, at=AT, insight_id=story.insight, text=kept)
    assert Insight.objects.get().limits == "One survey, no carers."
    none = InsightText("People wait without word", "experience", " ", (story.theme,))
    with pytest.raises(Refused, match="says its limits"):
        change_insight(by=story.ada, at=AT, insight_id=story.insight, text=none)


def test_the_last_evidence_of_a_standing_insight_stays(story: Story) -> None:
    story.quote()
    stand_behind(by=story.ada, at=AT, insight_id=story.insight)
    evidence = Evidence.objects.get()
    with pytest.raises(Refused, match="last piece"):
        remove_evidence(by=story.ada, at=AT, evidence_id=evidence.id)
    add_figure(by=story.ada, at=AT, insight_id=story.insight, kind="number", figure=FIGURE)
    remove_evidence(by=story.ada, at=AT, evidence_id=evidence.id)
    assert Evidence.objects.get().kind == "number"
    with pytest.raises(Refused, match="no such piece"):
        remove_evidence(by=story.ada, at=AT, evidence_id=evidence.id)


def test_evidence_that_somebody_took_away_meanwhile_is_not_taken_twice(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.quote()
    add_figure(by=story.ada, at=AT, insight_id=story.insight, kind="number", figure=FIGURE)
    gone = Evidence.objects.order_by("position")[0]

    def lock_too_late(_by: Viewer, insight_id: UUID) -> Insight:
        Evidence.objects.filter(id=gone.id).delete()
        return Insight.objects.get(id=insight_id)

    monkeypatch.setattr("alongside.apps.insight.operations.evidence._lock_for_evidence", lock_too_late)
    with pytest.raises(Refused, match="a moment ago"):
        remove_evidence(by=story.ada, at=AT, evidence_id=gone.id)


def test_retiring_needs_a_reason_and_can_be_taken_back(story: Story) -> None:
    story.quote()
    stand_behind(by=story.ada, at=AT, insight_id=story.insight)
    with pytest.raises(Refused, match="Say why"):
        retire_insight(by=story.ada, at=AT, insight_id=story.insight, reason="")
    retire_insight(by=story.ada, at=AT, insight_id=story.insight, reason="The clinic has moved")
    assert story.state() == "retired"
    with pytest.raises(Refused, match="retired"):
        story.quote(17, 30)
    bring_back_insight(by=story.ada, at=AT, insight_id=story.insight)
    assert story.state() == "stands"
    with pytest.raises(Refused, match="not been retired"):
        bring_back_insight(by=story.ada, at=AT, insight_id=story.insight)


def test_a_quote_is_always_cut_from_the_voice_itself(story: Story) -> None:
    add_quoted_words(
        by=story.ada, at=AT, insight_id=story.insight, voice_id=story.voices[1].id, words=" waiting 🙂 here. "
    )
    evidence = Evidence.objects.get()
    text = story.voices[1].text
    assert (evidence.start, evidence.end) == (6, 21)
    page = get_insight_page(story.ada, story.insight)
    assert page is not None
    shown = page.quotes[0].quote
    assert shown is not None
    assert shown.text == text[6:21] == "waiting 🙂 here."


@pytest.mark.parametrize(
    ("words", "reason"),
    [("Nobody called me", "exactly as you typed"), ("", "Choose a sentence"), ("a", "more than once")],
)
def test_words_that_do_not_stand_in_the_voice_once_are_refused(story: Story, words: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        add_quoted_words(
            by=story.ada, at=AT, insight_id=story.insight, voice_id=story.voices[0].id, words=words
        )


@pytest.mark.parametrize("span", [(0, 0), (5, 2), (0, 999), (-1, 4)])
def test_a_place_outside_the_voice_is_refused(story: Story, span: tuple[int, int]) -> None:
    with pytest.raises(Refused, match="not in the voice"):
        story.quote(*span)


def test_the_same_words_are_evidence_once_and_words_not_to_be_quoted_never(story: Story) -> None:
    story.quote()
    with pytest.raises(Refused, match="already"):
        story.quote()
    secret = make_voice(story.engagement, "Do not quote me", basis=make_basis(inside=False))
    with pytest.raises(Refused, match="not agreed"):
        add_quote(by=story.ada, at=AT, insight_id=story.insight, voice_id=secret.id, start=0, end=6)


def test_a_voice_that_is_not_there_cannot_be_quoted(story: Story) -> None:
    with pytest.raises(Refused, match="no such voice"):
        add_quote(by=story.ada, at=AT, insight_id=story.insight, voice_id=uuid4(), start=0, end=4)
    with pytest.raises(Refused, match="no such voice"):
        add_quoted_words(by=story.ada, at=AT, insight_id=story.insight, voice_id=uuid4(), words="Nobody")
    assert not Evidence.objects.filter(insight_id=story.insight).exists()


def test_a_quote_disappears_for_everybody_when_its_basis_is_withdrawn(story: Story) -> None:
    story.quote()
    story.voices[0].basis.may_quote_inside = False
    story.voices[0].basis.save()
    for viewer in (story.ada, story.partner):
        page = get_insight_page(viewer, story.insight)
        assert page is not None
        quote = page.quotes[0].quote
        assert quote is not None
        assert quote.text == ""
        assert "not agreed to being quoted" in quote.hidden


def test_a_number_needs_its_definition_and_an_interval_around_it(story: Story) -> None:
    for wrong, reason in (
        (Figure(Decimal(1), None, None, "", None, " ", ""), "what exactly"),
        (Figure(Decimal(1), Decimal(2), None, "", None, "Weeks", ""), "lower end"),
        (Figure(Decimal(3), None, Decimal(2), "", None, "Weeks", ""), "upper end"),
    ):
        with pytest.raises(Refused, match=reason):
            add_figure(by=story.ada, at=AT, insight_id=story.insight, kind="number", figure=wrong)
    with pytest.raises(Refused, match="number or ratings"):
        add_figure(by=story.ada, at=AT, insight_id=story.insight, kind="quote", figure=FIGURE)


def test_a_patient_confirms_or_says_what_is_wrong_and_may_think_again(story: Story) -> None:
    with pytest.raises(Refused, match="missing or wrong"):
        confirm_insight(by=story.partner, at=AT, insight_id=story.insight, answer="no")
    with pytest.raises(Refused, match="yes, partly or no"):
        confirm_insight(by=story.partner, at=AT, insight_id=story.insight, answer="maybe")
    confirm_insight(by=story.partner, at=AT, insight_id=story.insight, answer="partly", note="Letters too")
    confirm_insight(by=story.partner, at=later(1), insight_id=story.insight, answer="yes")
    line = get_insight(story.partner, story.insight)
    assert line is not None
    assert (line.confirmed_yes, line.confirmed_partly) == (1, 0)
    with pytest.raises(Refused, match="role does not let you"):
        confirm_insight(by=story.ada, at=AT, insight_id=story.insight, answer="yes")


def test_dissent_stands_beside_the_insight_until_its_author_takes_it_back(story: Story) -> None:
    dissent = record_dissent(by=story.partner, at=AT, reason="Not my view", insight_id=story.insight)
    page = get_insight_page(story.ada, story.insight)
    assert page is not None
    assert [(one.who, one.reason) for one in page.dissents] == [("Rhys Morgan", "Not my view")]
    with pytest.raises(Refused, match="no such disagreement"):
        withdraw_dissent(by=story.ada, at=AT, dissent_id=dissent)
    withdraw_dissent(by=story.partner, at=AT, dissent_id=dissent)
    with pytest.raises(Refused, match="no such disagreement"):
        withdraw_dissent(by=story.partner, at=AT, dissent_id=dissent)
    with pytest.raises(Refused, match="Say what"):
        record_dissent(by=story.partner, at=AT, reason=" ", insight_id=story.insight)


def test_an_acceptance_an_insight_rests_on_cannot_be_undone(story: Story) -> None:
    with pytest.raises(Refused, match="An insight rests on"):
        undo_decision(by=story.ada, at=AT, decision_id=last_decision(story.engagement).id)


def test_an_insight_follows_its_theme_into_a_merge_and_back(story: Story) -> None:
    more = make_voices(story.engagement, ["Hello", "There"])
    other = make_theme(story.engagement, more, "Letters", story.ada)
    merge_themes(by=story.ada, at=later(5), theme_id=story.theme, into_id=other, reason="One story")
    strength = get_strength(story.ada, story.insight)
    assert strength.voices == 4
    undo_decision(by=story.ada, at=later(6), decision_id=last_decision(story.engagement).id)
    assert get_strength(story.ada, story.insight).voices == 2


def test_strength_counts_each_person_once_over_themes_and_quotes(story: Story) -> None:
    elsewhere = make_engagement("A panel")
    speaker = make_voice(elsewhere, "Something else", age_band="25 to 34", capacity="carer")
    story.quote()
    add_quote(by=story.ada, at=AT, insight_id=story.insight, voice_id=speaker.id, start=0, end=9)
    strength = get_strength(story.ada, story.insight)
    assert (strength.people, strength.voices) == (3, 3)
    assert strength.engagements == ("A panel", "Waiting for a hip operation")
    assert strength.people_words == "fewer than 8 people"
    assert [(fact.name, fact.groups[0].people) for fact in strength.facts] == [
        ("age_band", "1 to 7"),
        ("capacity", "1 to 7"),
    ]
    assert "Nobody who gave an age is under 25." in strength.limits
    ids = {voice.speaker_id for voice in [*story.voices, speaker]}
    assert set(list_speaker_ids_behind(story.ada, [story.insight])) == ids
    assert set(list_engagements_behind(story.ada, [story.insight])) == {story.engagement.id, elsewhere.id}
    assert list_voice_ids(story.ada, [story.insight]).count() == 3


def test_a_reports_totals_give_no_hidden_group_away_by_subtraction(story: Story) -> None:
    carers = [make_voice(story.engagement, "Waiting", capacity="carer") for _ in range(1)]
    patients = [make_voice(story.engagement, "Waiting", capacity="patient") for _ in range(8)]
    theme = make_theme(story.engagement, [*carers, *patients], "Nine people", story.ada)
    insight = make_insight(theme, story.ada)
    strength = get_strength(story.ada, insight)
    assert (strength.people_words, strength.voices_words) == ("about 10 people", "about 10 voices")
    assert {one.group: one.people for one in strength.facts[0].groups} == {"carer": "1 to 7", "patient": "10"}
    assert not any("9" in words for words in strength.limits)


def test_an_insight_needs_a_statement_a_kind_and_a_theme_that_stands(story: Story) -> None:
    for text, reason in (
        (InsightText(" ", "wish", "", (story.theme,)), "Write the statement"),
        (InsightText("x" * 401, "wish", "", (story.theme,)), "400 characters"),
        (InsightText("Words", "demand", "", (story.theme,)), "Choose what it is"),
        (InsightText("Words", "wish", "", ()), "at least one theme"),
    ):
        with pytest.raises(Refused, match=reason):
            write_insight(by=story.ada, at=AT, text=text)
    with pytest.raises(Refused, match="role does not let you"):
        make_insight(story.theme, story.partner)


def test_insights_are_found_by_words_kind_state_and_what_patients_say(story: Story) -> None:
    other = make_insight(story.theme, story.ada, statement="Letters come late")
    confirm_insight(by=story.partner, at=AT, insight_id=other, answer="no", note="They come early")

    def found(**wanted: str) -> set[str]:
        return {line.statement for line in make_lines(list_insights(story.ada, InsightFilter(**wanted)))}

    assert found(words="letters late") == {"Letters come late"}
    assert found(kind="wish") == set()
    assert found(state="draft") == {"Letters come late", "People wait without word"}
    assert found(confirmed="disputed") == {"Letters come late"}
    assert found(confirmed="waiting") == {"People wait without word"}
    assert found(confirmed="yes") == set()


def test_a_patient_partner_sees_only_insights_from_where_they_were_invited(story: Story) -> None:
    stranger = make_partner()
    assert get_insight(stranger, story.insight) is None
    assert get_insight(story.partner, story.insight) is not None
    assert get_strength(stranger, story.insight).voices == 0
    owner = make_viewer("Sam Hill", "owner")
    assert get_insight(owner, story.insight) is not None
    with pytest.raises(Refused, match="role does not let you"):
        add_quote(by=owner, at=AT, insight_id=story.insight, voice_id=story.voices[0].id, start=0, end=3)
    with pytest.raises(Refused, match="no such insight"):
        stand_behind(by=stranger, at=AT, insight_id=story.insight)


def test_a_partner_reads_the_names_of_their_own_engagements_themes_only(story: Story) -> None:
    elsewhere = make_engagement("A panel")
    hidden = make_theme(elsewhere, make_voices(elsewhere, ["Hello"]), "Said elsewhere", story.ada)
    insight = write_insight(by=story.ada, at=AT, text=InsightText("Both", "wish", "", (story.theme, hidden)))
    own, whole = get_insight_page(story.partner, insight), get_insight_page(story.ada, insight)
    assert own is not None
    assert whole is not None
    assert {one for one, _name in own.themes} == {story.theme}
    assert {one for one, _name in whole.themes} == {story.theme, hidden}
