"""Every voice lies in exactly one place, whatever was decided; a slow twin counts them one by one."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from alongside.apps.base.rules import Refused
from alongside.apps.engagement.models import Engagement, Voice
from alongside.apps.insight.models import Placement, ProposedPlacement, Theme, ThemeDecision, ThemeRun
from alongside.apps.insight.operations import (
    accept_theme,
    merge_proposal,
    merge_themes,
    move_voices,
    reject_theme,
    split_theme,
    undo_decision,
)
from alongside.apps.insight.queries import get_review, list_unplaced
from alongside.apps.insight.queries.strength import get_theme_strength
from alongside.apps.people.models import Basis
from tests.factories.insight import (
    AT,
    Found,
    later,
    make_basis,
    make_engagement,
    make_lead,
    make_run,
    make_voice,
    make_voices,
)


def status_of(voice: Voice, run: ThemeRun) -> str:
    """Say where one voice lies, by looking at everything about it."""
    if Placement.objects.filter(voice=voice).exists():
        return "placed"
    row = ProposedPlacement.objects.filter(run=run, voice=voice).first()
    if row and row.status == "blank":
        return "blank"
    if row and row.proposed_theme:
        kinds = ("accept", "reject", "merge")
        decided = ThemeDecision.objects.filter(proposed_theme=row.proposed_theme, kind__in=kinds)
        if not any(not hasattr(one, "undone_by") for one in decided):
            return "waiting"
    return "unplaced"


def count_slowly(engagement: Engagement) -> Counter[str]:
    run = ThemeRun.objects.filter(engagement=engagement).order_by("-asked_at")[0]
    return Counter(status_of(voice, run) for voice in Voice.objects.filter(engagement=engagement))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["accept", "reject", "merge", "split", "move", "out", "undo", "run"]),
        st.integers(0, 7),
        st.integers(0, 7),
    ),
    max_size=9,
)


class EveryVoiceHasOnePlace(TestCase):
    """Any sequence of decisions keeps every voice in exactly one place."""

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def test_whatever_is_decided_every_voice_has_exactly_one_status(
        self, steps: list[tuple[str, int, int]]
    ) -> None:
        engagement = make_engagement()
        voices = make_voices(engagement, ["one", "two", "three", "four", "five", "six", "seven", ""])
        by = make_lead()
        found = Found(
            {"A": voices[:3], "B": voices[3:5], "C": voices[5:6]}, unplaced=voices[6:7], blank=voices[7:]
        )
        proposals = make_run(engagement, found, by)
        for minute, (what, first, second) in enumerate(steps, 1):
            try:
                if what == "run":
                    proposals = make_run(engagement, found, by, later(minute))
                else:
                    _take(what, first, second, engagement, voices, proposals, by, minute)
            except Refused:
                pass
            review = get_review(by, engagement.id)
            assert review is not None
            counts = review.counts
            slow = count_slowly(engagement)
            assert (counts.placed, counts.waiting, counts.unplaced, counts.blank) == (
                slow["placed"],
                slow["waiting"],
                slow["unplaced"],
                slow["blank"],
            )
            assert sum(slow.values()) == len(voices)
            unplaced = list_unplaced(by, engagement.id)
            assert unplaced is not None
            assert unplaced.count == counts.unplaced
            assert len(unplaced.page(0, 50)) == counts.unplaced


def _take(
    what: str,
    first: int,
    second: int,
    engagement: Engagement,
    voices: list[Voice],
    proposals: list[Any],
    by: Any,
    minute: int,
) -> None:
    at = later(minute)
    proposal, other = proposals[first % 3], proposals[second % 3]
    themes = list(Theme.objects.filter(engagement=engagement, state="stands").order_by("created_at"))
    theme = themes[first % len(themes)] if themes else None
    if what == "accept":
        accept_theme(by=by, at=at, proposed_theme_id=proposal.id, name=f"Theme {minute}")
    elif what == "reject":
        reject_theme(by=by, at=at, proposed_theme_id=proposal.id, reason="because")
    elif what == "merge" and theme and second % 2:
        merge_themes(by=by, at=at, theme_id=theme.id, into_id=themes[second % len(themes)].id, reason="same")
    elif what == "merge":
        merge_proposal(by=by, at=at, proposed_theme_id=proposal.id, into_id=other.id, reason="same")
    elif what == "split" and theme:
        ids = list(theme.placements.values_list("voice_id", flat=True))[: 1 + second % 2]
        split_theme(by=by, at=at, item_id=theme.id, voice_ids=ids, name=f"Split {minute}", reason="two")
    elif what in ("move", "out"):
        to = theme.id if theme and what == "move" else None
        move_voices(by=by, at=at, engagement_id=engagement.id, voice_ids=[voices[second % 7].id], to_id=to)
    elif what == "undo":
        decisions = ThemeDecision.objects.filter(engagement=engagement, undone_by=None).exclude(kind="undo")
        if decisions:
            undo_decision(by=by, at=at, decision_id=decisions[first % len(decisions)].id)


@pytest.mark.django_db
def test_a_person_who_spoke_three_times_counts_once_also_after_a_merge() -> None:
    engagement = make_engagement()
    basis = make_basis()
    first = make_voice(engagement, "The wait", basis=basis)
    again = make_voice(engagement, "The letter", basis=basis, speaker=first.speaker)
    other = make_voice(engagement, "The parking", basis=basis)
    waiting, letters = make_run(engagement, Found({"Waiting": [first, other], "Letters": [again]}))
    by = make_lead()
    a = accept_theme(by=by, at=AT, proposed_theme_id=waiting.id)
    b = accept_theme(by=by, at=AT, proposed_theme_id=letters.id)
    merge_themes(by=by, at=later(1), theme_id=b, into_id=a, reason="One story")
    strength = get_theme_strength(a)
    assert (strength.people, strength.voices) == (2, 3)


@pytest.mark.django_db
def test_words_taken_back_no_longer_count_anywhere() -> None:
    engagement = make_engagement()
    voices = make_voices(engagement, ["One", "Two"])
    gone = make_voice(engagement, "Three", basis=make_basis())
    (proposal,) = make_run(engagement, Found({"All": [*voices, gone]}))
    by = make_lead()
    theme_id = accept_theme(by=by, at=AT, proposed_theme_id=proposal.id)
    gone.basis.may_analyse = False
    gone.basis.save()
    assert get_theme_strength(theme_id).voices == 2
    review = get_review(by, engagement.id)
    assert review is not None
    assert review.counts.placed == 2


@pytest.mark.django_db
def test_a_proposal_is_as_large_as_what_people_still_let_us_read() -> None:
    engagement = make_engagement()
    stay, go = make_voices(engagement, ["Waiting", "Waiting too"])
    lead = make_lead()
    make_run(engagement, Found({"Waiting": [stay, go]}))
    Voice.objects.filter(id=go.id).update(
        basis=Basis.objects.create(kind="unknown", may_analyse=False, set_at=AT)
    )
    review = get_review(lead, engagement.id)
    assert review is not None
    assert [(one.voices, one.people) for one in review.to_decide] == [(1, 1)]
