"""Telling adds up: everybody who spoke stands in exactly one place, and nothing closes untold."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from alongside.apps.actions.bridge import protect_people
from alongside.apps.actions.models import Action, FeedbackRound, Telling
from alongside.apps.actions.operations.actions import close_action, move_action
from alongside.apps.actions.operations.rounds import send_round, write_round
from alongside.apps.actions.operations.tellings import (
    give_up_on_group,
    record_bounce,
    record_channel,
    record_told,
    record_unreachable,
    take_back_telling,
)
from alongside.apps.actions.queries.progress import get_action_progress, get_round_progress
from alongside.apps.actions.rules import TellingProgress
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.engagement.models import Speaker, Voice
from tests.factories.actions import AT, make_action_with_people, make_round, make_viewer, speaker_ids

BAD = (Telling.State.BOUNCED, Telling.State.FAILED, Telling.State.UNREACHABLE)
QUEUED = (Telling.State.WAITING, Telling.State.SENDING)


def count_slowly(action: Action) -> TellingProgress:
    """Walk person by person: the obvious twin of the set-based count."""
    rounds = list(action.rounds.all())
    if action.done_at:
        rounds = [found for found in rounds if found.written_at >= action.done_at]
    tellings = [telling for found in rounds for telling in found.tellings.all()]
    voices = [
        voice
        for voice in Voice.objects.all()
        if {*action.insights.all()} & {*voice.placement.theme.insights.all()}
    ]
    total = TellingProgress(
        channels=sum(1 for telling in tellings if telling.speaker_id is None and telling.state == "recorded")
    )
    for speaker in {voice.speaker for voice in voices if voice.speaker}:
        total += _place(speaker, tellings)
    for voice in voices:
        if voice.speaker is None:
            covered = any(_covers(telling, voice.engagement_id, "recorded") for telling in tellings)
            total += TellingProgress(anonymous=1, anonymous_reached=int(covered))
    return total


def _covers(telling: Telling, engagement_id: UUID, state: str) -> bool:
    mine = telling.engagement_id in (None, engagement_id)
    return telling.speaker_id is None and telling.state == state and mine


def _place(speaker: Speaker, tellings: list[Telling]) -> TellingProgress:
    states = {telling.state for telling in tellings if telling.speaker_id == speaker.id}
    if states & {*Telling.TOLD}:
        return TellingProgress(people=1, told=1)
    if states & {*QUEUED}:
        return TellingProgress(people=1, waiting=1, queued=1)
    if any(_covers(telling, speaker.engagement_id, "recorded") for telling in tellings):
        return TellingProgress(people=1, channel=1)
    if states & {*BAD} or any(_covers(t, speaker.engagement_id, "unreachable") for t in tellings):
        return TellingProgress(people=1, unreachable=1)
    return TellingProgress(people=1, waiting=1)


STEPS = st.lists(
    st.sampled_from(
        [
            "write",
            "send",
            "accept",
            "bounce",
            "phone",
            "lost",
            "channel",
            "give_up",
            "back",
            "done",
            "open",
            "close",
        ]
    ),
    min_size=1,
    max_size=14,
)


class Laws(TestCase):
    """Random lives of an action."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps=STEPS, mails=st.integers(0, 2), silent=st.integers(0, 2), anonymous=st.integers(0, 2))
    def test_everybody_is_counted_once_and_nothing_closes_untold(
        self, steps: list[str], mails: int, silent: int, anonymous: int
    ) -> None:
        lead = make_viewer("engagement_lead")
        addresses = [f"a{n}@example.org" for n in range(mails)]
        action, _ = make_action_with_people(mails=addresses, silent=silent, anonymous=anonymous)
        for minute, step in enumerate(steps):
            with suppress(Refused):
                _live(step, action, lead, minute)
            action.refresh_from_db()
            progress = get_action_progress(lead, action.id)
            assert progress == count_slowly(action)
            parts = progress.told + progress.channel + progress.waiting + progress.unreachable
            assert parts == progress.people == mails + silent
            if action.state == Action.State.CLOSED:
                assert progress.told > 0 or progress.channels > 0
                assert progress.waiting == 0


def _live(step: str, action: Action, lead: Viewer, minute: int) -> None:
    at = AT + timedelta(minutes=minute)
    found = action.rounds.order_by("-written_at").first()
    who = speaker_ids(action.insights.get().themes.get().engagement)
    if step == "write":
        stage = "done" if action.done_at else "heard"
        write_round(action_id=action.id, stage=stage, message="m", thanks="t", by=lead, at=at)
    elif step == "done":
        move_action(action_id=action.id, to="done", words="It changed.", by=lead, at=at)
    elif step == "open":
        move_action(action_id=action.id, to="in_progress", words="Not yet.", by=lead, at=at)
    elif step == "close":
        close_action(action_id=action.id, by=lead, at=at)
    elif found is not None:
        _tell(step, found, who[0] if who else None, lead, minute)


def _tell(step: str, found: FeedbackRound, who: UUID | None, lead: Viewer, minute: int) -> None:
    at = AT + timedelta(minutes=minute)
    last = found.tellings.order_by("-at", "-id").first()
    if step == "send":
        send_round(round_id=found.id, by=lead, at=at)
    elif step == "accept":
        found.tellings.filter(state="waiting").update(state="accepted")
    elif step == "bounce" and last:
        record_bounce(telling_id=last.id, by=lead, at=at)
    elif step == "back" and last:
        take_back_telling(telling_id=last.id, by=lead, at=at)
    elif step == "phone" and who:
        record_told(round_id=found.id, speaker_id=who, channel="phone", note="", by=lead, at=at)
    elif step == "lost" and who:
        record_unreachable(round_id=found.id, speaker_id=who, note="moved away", by=lead, at=at)
    elif step == "channel":
        record_channel(
            round_id=found.id, engagement_id=None, channel="poster", note="In the hall", by=lead, at=at
        )
    elif step == "give_up":
        give_up_on_group(round_id=found.id, engagement_id=None, note="No way", by=lead, at=at)


@pytest.mark.django_db
def test_being_heard_is_not_being_told_how_it_ended() -> None:
    # given somebody was told that they were heard
    lead = make_viewer("engagement_lead")
    action, engagement = make_action_with_people(silent=1)
    heard = make_round(action)
    record_told(
        round_id=heard.id, speaker_id=speaker_ids(engagement)[0], channel="phone", note="", by=lead, at=AT
    )
    assert get_action_progress(lead, action.id).told == 1
    # when the action is done a day later
    move_action(action_id=action.id, to="done", words="Texts go out.", by=lead, at=AT + timedelta(days=1))
    # then they still wait to hear how it ended, and it cannot close
    assert get_action_progress(lead, action.id) == TellingProgress(people=1, waiting=1)
    with pytest.raises(Refused, match="Nobody who spoke has been told how this ended"):
        close_action(action_id=action.id, by=lead, at=AT + timedelta(days=1))


@pytest.mark.django_db
def test_a_moderator_is_not_among_the_people_who_spoke() -> None:
    lead = make_viewer("engagement_lead")
    action, engagement = make_action_with_people(silent=2)
    Speaker.objects.filter(id=speaker_ids(engagement)[0]).update(is_moderator=True)
    assert get_round_progress(lead, make_round(action).id).people == 1


@pytest.mark.parametrize(("people", "shown"), [(0, 0), (7, None), (8, 10), (12, 10), (13, 15), (214, 215)])
def test_a_public_count_hides_few_people_and_rounds_many(people: int, shown: int | None) -> None:
    assert protect_people(people) == shown
