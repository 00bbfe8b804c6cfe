"""Recording who was told: by hand, through a channel, not at all, and mail that came back."""

from collections.abc import Callable

import pytest

from alongside.apps.actions.models import Action, Telling
from alongside.apps.actions.operations.actions import close_action
from alongside.apps.actions.operations.digests import claim_digest
from alongside.apps.actions.operations.links import open_link
from alongside.apps.actions.operations.rounds import send_round
from alongside.apps.actions.operations.tellings import (
    give_up_on_group,
    record_bounce,
    record_channel,
    record_told,
    record_unreachable,
    take_back_telling,
    try_mail_again,
)
from alongside.apps.actions.queries.people import speakers_behind
from alongside.apps.actions.queries.progress import get_action_progress
from alongside.apps.actions.queries.rounds import (
    as_person,
    list_groups_in_channels,
    list_people_of_round,
)
from alongside.apps.base.models import Job
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.engagement.models import Speaker
from alongside.apps.insight.queries.strength import list_speaker_ids_behind
from tests.factories.actions import (
    AT,
    make_action_with_people,
    make_engagement,
    make_quote,
    make_round,
    make_speaker,
    make_viewer,
    make_voice,
    speaker_ids,
)

pytestmark = pytest.mark.django_db
SendDigest = Callable[[Viewer], Job]
State = Telling.State


@pytest.fixture
def lead() -> Viewer:
    """An engagement lead."""
    return make_viewer("engagement_lead")


def queue(lead: Viewer, *mails: str, stage: str = "heard", state: str = "planned") -> Action:
    """Queue a message for people with these addresses."""
    action, _ = make_action_with_people(mails=mails, state=state)
    send_round(round_id=make_round(action, stage).id, by=lead, at=AT)
    return action


def test_the_people_behind_an_action_are_those_behind_its_insights(lead: Viewer) -> None:
    action, _ = make_action_with_people(mails=["a@example.org"], silent=2, anonymous=1)
    quoted = make_speaker(make_engagement())
    make_quote(action.insights.get(), make_voice(quoted.engagement, speaker=quoted))
    ids = list_speaker_ids_behind(lead, list(action.insights.values_list("id", flat=True)))
    assert len(ids) == 4
    assert sorted(speakers_behind(action.id).values_list("id", flat=True)) == sorted(ids)


def test_somebody_in_a_channel_is_shown_so_and_told_stays_told(lead: Viewer) -> None:
    action, engagement = make_action_with_people(silent=2)
    found, (first, _second) = make_round(action), speaker_ids(engagement)
    record_told(round_id=found.id, speaker_id=first, channel="phone", note="", by=lead, at=AT)
    record_channel(
        round_id=found.id, engagement_id=engagement.id, channel="poster", note="Hall", by=lead, at=AT
    )
    rows = list_people_of_round(lead, found)
    labels = {as_person(lead, row, list_groups_in_channels(found)).state_label for row in rows}
    assert labels == {"recorded by hand", "reached by a channel"}


def test_words_that_were_taken_back_are_behind_nothing(lead: Viewer) -> None:
    action, engagement = make_action_with_people(silent=2)
    basis = Speaker.objects.get(id=speaker_ids(engagement)[0]).voices.get().basis
    type(basis).objects.filter(id=basis.id).update(may_analyse=False)
    assert speakers_behind(action.id).count() == 1


def test_a_bounce_untells_everything_in_that_mail(lead: Viewer, send_digest: SendDigest) -> None:
    first = queue(lead, "ann@example.org")
    second = queue(lead, "ann@example.org")
    send_digest(lead)
    assert get_action_progress(lead, second.id).told == 1
    telling = Telling.objects.filter(round__action=first).get()
    assert record_bounce(telling_id=telling.id, by=lead, at=AT) == 2
    for action in (first, second):
        progress = get_action_progress(lead, action.id)
        assert (progress.told, progress.unreachable) == (0, 1)
    assert record_bounce(telling_id=telling.id, by=lead, at=AT) == 0


def test_a_bounce_opens_an_action_that_had_closed_on_it(lead: Viewer, send_digest: SendDigest) -> None:
    action = queue(lead, "ann@example.org", stage="done", state="done")
    send_digest(lead)
    close_action(action_id=action.id, by=lead, at=AT)
    record_bounce(telling_id=Telling.objects.get().id, by=lead, at=AT)
    action.refresh_from_db()
    assert (action.state, action.closed_at) == (Action.State.DONE, None)


def test_a_bounce_leaves_an_action_closed_where_others_were_told(
    lead: Viewer, send_digest: SendDigest
) -> None:
    action = queue(lead, "ann@example.org", "bob@example.org", stage="done", state="done")
    send_digest(lead)
    close_action(action_id=action.id, by=lead, at=AT)
    record_bounce(telling_id=Telling.objects.order_by("id")[0].id, by=lead, at=AT)
    action.refresh_from_db()
    assert action.state == Action.State.CLOSED


def test_an_opened_page_outlives_a_bounce(lead: Viewer) -> None:
    queue(lead, "ann@example.org")
    claimed = claim_digest(mailbox="ann@example.org", by=lead, at=AT)
    assert claimed is not None
    open_link(token=claimed.token, at=AT)
    assert record_bounce(telling_id=Telling.objects.get().id, by=lead, at=AT) == 0
    assert Telling.objects.get().state == State.OPENED


def test_only_mail_bounces(lead: Viewer) -> None:
    action, engagement = make_action_with_people(silent=1)
    told = record_told(
        round_id=make_round(action).id,
        speaker_id=speaker_ids(engagement)[0],
        channel="phone",
        note="",
        by=lead,
        at=AT,
    )
    with pytest.raises(Refused, match="Only mail can bounce"):
        record_bounce(telling_id=told.id, by=lead, at=AT)
    with pytest.raises(Refused, match="Only mail that failed"):
        try_mail_again(telling_id=told.id, by=lead, at=AT)


def test_recording_by_hand_has_its_rules(lead: Viewer) -> None:
    action, engagement = make_action_with_people(silent=2, mails=["ann@example.org"])
    round_id, who = make_round(action).id, speaker_ids(engagement)
    stranger = make_speaker(make_engagement())
    refusals: list[tuple[Callable[[], object], str]] = [
        (
            lambda: record_told(
                round_id=round_id, speaker_id=who[0], channel="poster", note="", by=lead, at=AT
            ),
            "post, phone or a meeting",
        ),
        (
            lambda: record_told(
                round_id=round_id, speaker_id=stranger.id, channel="phone", note="", by=lead, at=AT
            ),
            "did not speak",
        ),
        (
            lambda: record_unreachable(round_id=round_id, speaker_id=who[0], note=" ", by=lead, at=AT),
            "what was tried",
        ),
        (
            lambda: record_channel(
                round_id=round_id, engagement_id=None, channel="email", note="x", by=lead, at=AT
            ),
            "how this group was told",
        ),
        (
            lambda: record_channel(
                round_id=round_id, engagement_id=None, channel="poster", note="", by=lead, at=AT
            ),
            "where and when",
        ),
        (
            lambda: record_channel(
                round_id=round_id,
                engagement_id=stranger.engagement_id,
                channel="poster",
                note="x",
                by=lead,
                at=AT,
            ),
            "Nobody behind this action",
        ),
        (
            lambda: give_up_on_group(round_id=round_id, engagement_id=None, note="", by=lead, at=AT),
            "what was tried",
        ),
        (lambda: take_back_telling(telling_id=round_id, by=lead, at=AT), "no such record"),
    ]
    for attempt, match in refusals:
        with pytest.raises(Refused, match=match):
            attempt()


def test_somebody_on_the_phone_counts_although_their_mail_failed(
    lead: Viewer, send_digest: SendDigest
) -> None:
    action = queue(lead, "ann@example.org")
    send_digest(lead)
    telling = Telling.objects.get()
    with pytest.raises(Refused, match="told already"):
        record_unreachable(
            round_id=telling.round_id, speaker_id=Speaker.objects.get().id, note="x", by=lead, at=AT
        )
    record_bounce(telling_id=telling.id, by=lead, at=AT)
    record_told(
        round_id=telling.round_id,
        speaker_id=Speaker.objects.get().id,
        channel="phone",
        note="",
        by=lead,
        at=AT,
    )
    assert get_action_progress(lead, action.id).told == 1


def test_mail_on_its_way_is_left_alone(lead: Viewer) -> None:
    queue(lead, "ann@example.org")
    claim_digest(mailbox="ann@example.org", by=lead, at=AT)
    telling = Telling.objects.get()
    with pytest.raises(Refused, match="being sent"):
        record_unreachable(
            round_id=telling.round_id, speaker_id=Speaker.objects.get().id, note="x", by=lead, at=AT
        )
    with pytest.raises(Refused, match="Only what was recorded by hand"):
        take_back_telling(telling_id=telling.id, by=lead, at=AT)


def test_closing_names_how_many_people_nobody_has_tried_to_tell(lead: Viewer) -> None:
    action, engagement = make_action_with_people(silent=3, state="done")
    found, who = make_round(action, "done"), speaker_ids(engagement)
    record_told(round_id=found.id, speaker_id=who[0], channel="phone", note="", by=lead, at=AT)
    with pytest.raises(Refused, match="For 2 people nobody has chosen a way"):
        close_action(action_id=action.id, by=lead, at=AT)
    record_unreachable(round_id=found.id, speaker_id=who[1], note="Moved away", by=lead, at=AT)
    give_up_on_group(round_id=found.id, engagement_id=engagement.id, note="No address", by=lead, at=AT)
    give_up_on_group(round_id=found.id, engagement_id=engagement.id, note="No address", by=lead, at=AT)
    progress = get_action_progress(lead, action.id)
    assert (progress.told, progress.unreachable, progress.waiting) == (1, 2, 0)
    assert close_action(action_id=action.id, by=lead, at=AT).state == Action.State.CLOSED
