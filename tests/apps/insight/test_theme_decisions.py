"""Deciding about themes: what a person decides holds, proposals never change, and every decision can be undone."""

import pytest

from alongside.apps.base.rules import Refused
from alongside.apps.insight.models import Placement, ProposedPlacement, ProposedTheme, Theme, ThemeDecision
from alongside.apps.insight.operations import (
    accept_theme,
    merge_proposal,
    merge_themes,
    move_voices,
    reject_theme,
    rename_theme,
    split_theme,
    undo_decision,
)
from tests.factories.insight import (
    AT,
    Found,
    last_decision,
    later,
    make_engagement,
    make_lead,
    make_partner,
    make_run,
    make_voices,
    take_picture,
)

pytestmark = pytest.mark.django_db


class Story:
    """An engagement with two proposals, one voice unplaced and one blank."""

    def __init__(self) -> None:
        self.engagement = make_engagement()
        self.voices = make_voices(
            self.engagement,
            [
                "Waited a year",
                "Nobody rang me",
                "Still waiting",
                "The letter was clear",
                "Kind letter",
                "Hm",
                "",
            ],
        )
        self.waiting, self.letters = make_run(
            self.engagement,
            Found(
                {"Waiting": self.voices[:3], "Letters": self.voices[3:5]},
                unplaced=self.voices[5:6],
                blank=self.voices[6:],
            ),
        )
        self.ada = make_lead()

    def accept(self, proposal: ProposedTheme, name: str = "") -> Theme:
        theme_id = accept_theme(by=self.ada, at=AT, proposed_theme_id=proposal.id, name=name)
        return Theme.objects.get(id=theme_id)

    def undo_last(self) -> None:
        undo_decision(by=self.ada, at=later(60), decision_id=last_decision(self.engagement).id)


@pytest.fixture
def story() -> Story:
    return Story()


def proposals() -> list[tuple[object, ...]]:
    return [
        *ProposedTheme.objects.order_by("id").values_list(),
        *ProposedPlacement.objects.order_by("id").values_list(),
    ]


def test_accepting_places_every_voice_of_the_proposal_and_says_who_decided(story: Story) -> None:
    theme = story.accept(story.waiting, name="Waiting without a word")

    assert theme.name == "Waiting without a word"
    assert set(theme.placements.values_list("voice_id", flat=True)) == {v.id for v in story.voices[:3]}
    decision = last_decision(story.engagement)
    assert (decision.kind, decision.voices, decision.by_id) == ("accept", 3, story.ada.person_id)
    assert decision.by_role == "engagement_lead"


def test_accept_then_undo_gives_back_the_exact_state(story: Story) -> None:
    before = take_picture(story.engagement)
    story.accept(story.waiting)

    story.undo_last()

    assert take_picture(story.engagement) == before
    assert story.accept(story.waiting).state == "stands"


def test_a_proposal_is_decided_once(story: Story) -> None:
    story.accept(story.waiting)
    with pytest.raises(Refused, match="already decided"):
        story.accept(story.waiting)
    with pytest.raises(Refused, match="already decided"):
        reject_theme(by=story.ada, at=AT, proposed_theme_id=story.waiting.id, reason="No")


def test_two_themes_of_an_engagement_cannot_have_one_name(story: Story) -> None:
    story.accept(story.waiting, name="Letters")
    with pytest.raises(Refused, match="already a theme"):
        story.accept(story.letters)


def test_a_rejection_needs_a_reason_and_can_be_undone(story: Story) -> None:
    with pytest.raises(Refused, match="Say why"):
        reject_theme(by=story.ada, at=AT, proposed_theme_id=story.waiting.id, reason="  ")
    before = take_picture(story.engagement)
    reject_theme(by=story.ada, at=AT, proposed_theme_id=story.waiting.id, reason="Two things in one")
    story.undo_last()
    assert take_picture(story.engagement) == before
    story.accept(story.waiting)


def test_renaming_keeps_the_old_name_and_can_be_undone_until_it_is_renamed_again(story: Story) -> None:
    theme = story.accept(story.waiting)
    before = take_picture(story.engagement)
    rename_theme(by=story.ada, at=later(1), theme_id=theme.id, name="A long wait")
    first = last_decision(story.engagement)
    assert first.before == {"name": "Waiting", "after": "A long wait"}
    rename_theme(by=story.ada, at=later(2), theme_id=theme.id, name="A very long wait")
    with pytest.raises(Refused, match="renamed again"):
        undo_decision(by=story.ada, at=later(3), decision_id=first.id)
    story.undo_last()
    story.undo_last()
    assert take_picture(story.engagement) == before
    with pytest.raises(Refused, match="the name it has already"):
        rename_theme(by=story.ada, at=later(4), theme_id=theme.id, name="Waiting")


def test_merging_moves_every_voice_keeps_who_read_them_and_can_be_undone(story: Story) -> None:
    waiting, letters = story.accept(story.waiting), story.accept(story.letters)
    move_voices(
        by=story.ada,
        at=later(1),
        engagement_id=story.engagement.id,
        voice_ids=[story.voices[5].id],
        to_id=letters.id,
    )
    before = take_picture(story.engagement)

    merge_themes(by=story.ada, at=later(2), theme_id=letters.id, into_id=waiting.id, reason="One story")

    assert waiting.placements.count() == 6
    assert waiting.placements.get(voice=story.voices[5]).is_individual
    letters.refresh_from_db()
    assert (letters.state, letters.merged_into_id) == ("merged", waiting.id)
    story.undo_last()
    assert take_picture(story.engagement) == before


def test_merging_an_open_proposal_into_another_accepts_the_other(story: Story) -> None:
    before = take_picture(story.engagement)
    theme_id = merge_proposal(
        by=story.ada, at=AT, proposed_theme_id=story.letters.id, into_id=story.waiting.id, reason="Same"
    )
    assert Theme.objects.get(id=theme_id).placements.count() == 5
    accepted = ThemeDecision.objects.get(kind="accept")
    with pytest.raises(Refused, match="Undo that first"):
        undo_decision(by=story.ada, at=later(1), decision_id=accepted.id)
    merged = ThemeDecision.objects.get(kind="merge")
    undo_decision(by=story.ada, at=later(1), decision_id=merged.id)
    undo_decision(by=story.ada, at=later(2), decision_id=accepted.id)
    assert take_picture(story.engagement) == before


def test_a_theme_cannot_be_merged_into_itself_or_without_a_reason(story: Story) -> None:
    theme = story.accept(story.waiting)
    with pytest.raises(Refused, match="the same one"):
        merge_themes(by=story.ada, at=AT, theme_id=theme.id, into_id=theme.id, reason="Why not")
    with pytest.raises(Refused, match="the same one"):
        merge_proposal(
            by=story.ada, at=AT, proposed_theme_id=story.letters.id, into_id=story.letters.id, reason="Why"
        )
    with pytest.raises(Refused, match="Say why"):
        merge_themes(by=story.ada, at=AT, theme_id=theme.id, into_id=story.letters.id, reason="")


def test_splitting_makes_a_new_theme_and_merging_back_loses_nobody(story: Story) -> None:
    theme = story.accept(story.waiting)
    new_id = split_theme(
        by=story.ada,
        at=later(1),
        item_id=theme.id,
        voice_ids=[story.voices[1].id],
        name="Nobody rang",
        reason="A different thing",
    )
    assert Theme.objects.get(id=new_id).placements.get().is_individual
    assert theme.placements.count() == 2
    merge_themes(by=story.ada, at=later(2), theme_id=new_id, into_id=theme.id, reason="After all the same")
    assert theme.placements.count() == 3
    assert theme.placements.values("voice__speaker").distinct().count() == 3


def test_a_split_can_be_undone_and_never_takes_all_or_strangers(story: Story) -> None:
    before_all = take_picture(story.engagement)
    new_id = split_theme(
        by=story.ada,
        at=AT,
        item_id=story.waiting.id,
        voice_ids=[story.voices[0].id],
        name="A year",
        reason="Length",
    )
    assert Theme.objects.get(id=new_id).placements.count() == 1
    split = ThemeDecision.objects.get(kind="split")
    undo_decision(by=story.ada, at=later(1), decision_id=split.id)
    undo_decision(by=story.ada, at=later(2), decision_id=ThemeDecision.objects.get(kind="accept").id)
    assert take_picture(story.engagement) == before_all
    theme = story.accept(story.waiting)
    with pytest.raises(Refused, match="nothing would be left"):
        split_theme(
            by=story.ada,
            at=AT,
            item_id=theme.id,
            voice_ids=[voice.id for voice in story.voices[:3]],
            name="All",
            reason="All",
        )
    with pytest.raises(Refused, match="do not lie in this theme"):
        split_theme(
            by=story.ada, at=AT, item_id=theme.id, voice_ids=[story.voices[4].id], name="X", reason="Y"
        )


def test_an_unplaced_voice_can_be_placed_moved_taken_out_and_each_undone(story: Story) -> None:
    letters = story.accept(story.letters)
    lost = story.voices[5].id
    pictures = [take_picture(story.engagement)]
    for minute, to in enumerate((letters.id, story.waiting.id, None), 1):
        move_voices(
            by=story.ada, at=later(minute), engagement_id=story.engagement.id, voice_ids=[lost], to_id=to
        )
        pictures.append(take_picture(story.engagement))
    assert not Placement.objects.filter(voice_id=lost).exists()
    moves = list(ThemeDecision.objects.filter(kind="move").order_by("at"))
    with pytest.raises(Refused, match="moved since"):
        undo_decision(by=story.ada, at=later(90), decision_id=moves[0].id)
    undo_decision(by=story.ada, at=later(91), decision_id=moves[2].id)
    assert take_picture(story.engagement) == pictures[2]
    undo_decision(by=story.ada, at=later(92), decision_id=moves[1].id)
    assert Placement.objects.get(voice_id=lost).theme_id == letters.id
    undo_decision(by=story.ada, at=later(93), decision_id=moves[0].id)
    assert not Placement.objects.filter(voice_id=lost).exists()


def test_a_voice_can_be_put_into_a_new_theme_and_undoing_withdraws_it(story: Story) -> None:
    before = take_picture(story.engagement)
    theme_id = move_voices(
        by=story.ada,
        at=AT,
        engagement_id=story.engagement.id,
        voice_ids=[story.voices[5].id],
        new_name="Not sure",
    )
    assert theme_id is not None
    assert Theme.objects.get(id=theme_id).placements.count() == 1
    story.undo_last()
    assert take_picture(story.engagement) == before


def test_what_a_person_placed_stays_when_the_proposal_is_accepted_later(story: Story) -> None:
    letters = story.accept(story.letters)
    first = story.voices[0].id
    move_voices(
        by=story.ada, at=later(1), engagement_id=story.engagement.id, voice_ids=[first], to_id=letters.id
    )
    waiting = story.accept(story.waiting)
    assert Placement.objects.get(voice_id=first).theme_id == letters.id
    assert waiting.placements.count() == 2


def test_an_acceptance_cannot_be_undone_while_a_voice_has_moved_in_or_out(story: Story) -> None:
    waiting, letters = story.accept(story.waiting), story.accept(story.letters)
    accepted = ThemeDecision.objects.get(kind="accept", theme=waiting)
    move_voices(
        by=story.ada,
        at=later(1),
        engagement_id=story.engagement.id,
        voice_ids=[story.voices[0].id],
        to_id=letters.id,
    )
    with pytest.raises(Refused, match="moved since"):
        undo_decision(by=story.ada, at=later(2), decision_id=accepted.id)


def test_a_decision_is_undone_once_and_an_undoing_never(story: Story) -> None:
    story.accept(story.waiting)
    decision = last_decision(story.engagement)
    story.undo_last()
    with pytest.raises(Refused, match="undone this already"):
        undo_decision(by=story.ada, at=AT, decision_id=decision.id)
    with pytest.raises(Refused, match="cannot be undone"):
        undo_decision(by=story.ada, at=AT, decision_id=ThemeDecision.objects.get(kind="undo").id)


def test_a_damaged_decision_that_names_no_theme_is_not_undone_by_halves(story: Story) -> None:
    theme = story.accept(story.waiting)
    ThemeDecision.objects.filter(theme=theme).update(theme=None)
    with pytest.raises(Refused, match="names no theme"):
        story.undo_last()
    theme.refresh_from_db()
    assert (theme.state, theme.placements.count()) == (Theme.State.STANDS, 3)
    assert not ThemeDecision.objects.filter(kind="undo").exists()


def test_no_decision_ever_changes_a_proposal(story: Story) -> None:
    before = proposals()
    theme = story.accept(story.waiting, name="Other")
    rename_theme(by=story.ada, at=AT, theme_id=theme.id, name="Another")
    merge_proposal(
        by=story.ada, at=AT, proposed_theme_id=story.letters.id, into_id=theme.id, reason="Same thing"
    )
    split_theme(
        by=story.ada, at=AT, item_id=theme.id, voice_ids=[story.voices[0].id], name="One", reason="Reason"
    )
    story.undo_last()
    assert proposals() == before


def test_a_proposal_of_an_earlier_run_can_no_longer_be_decided(story: Story) -> None:
    make_run(story.engagement, Found({"All": story.voices[:6]}, blank=story.voices[6:]), at=later(5))
    with pytest.raises(Refused, match="earlier run"):
        story.accept(story.waiting)


def test_a_patient_partner_decides_only_where_they_were_invited(story: Story) -> None:
    stranger, invited = make_partner(), make_partner(story.engagement)
    with pytest.raises(Refused, match="not yours"):
        accept_theme(by=stranger, at=AT, proposed_theme_id=story.waiting.id)
    accept_theme(by=invited, at=AT, proposed_theme_id=story.waiting.id)
    assert last_decision(story.engagement).by_role == "patient_partner"
    with pytest.raises(Refused, match="not yours to undo"):
        undo_decision(by=stranger, at=AT, decision_id=last_decision(story.engagement).id)


def test_a_voice_of_another_engagement_cannot_be_placed_here(story: Story) -> None:
    theme = story.accept(story.waiting)
    elsewhere = make_voices(make_engagement("Elsewhere"), ["Something else"])
    with pytest.raises(Refused, match="cannot be placed"):
        move_voices(
            by=story.ada,
            at=AT,
            engagement_id=story.engagement.id,
            voice_ids=[elsewhere[0].id],
            to_id=theme.id,
        )
    with pytest.raises(Refused, match="at least one"):
        move_voices(by=story.ada, at=AT, engagement_id=story.engagement.id, voice_ids=[], to_id=theme.id)
