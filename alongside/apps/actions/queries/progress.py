"""How far telling has come, for a round and for an action: set by set, never person by person."""

from uuid import UUID

from django.db.models import Count, QuerySet

from alongside.apps.actions.models import Action, FeedbackRound, Telling
from alongside.apps.actions.queries.people import count_by_engagement, speakers_behind, voices_behind
from alongside.apps.actions.rules import TellingProgress
from alongside.apps.base.rules import Viewer

QUEUED = (Telling.State.WAITING, Telling.State.SENDING)


def get_action_progress(viewer: Viewer, action_id: UUID) -> TellingProgress:
    """Return where those who spoke stand.

    Before the action ended, every round counts; after, only rounds written since: being told that one was heard
    is not being told how it ended.
    """
    action = Action.objects.for_viewer(viewer).filter(id=action_id).first()
    return TellingProgress() if action is None else measure_action(action)


def measure_action(action: Action) -> TellingProgress:
    """Count for an action its caller may see."""
    rounds = FeedbackRound.objects.filter(action=action)
    if action.done_at is not None:
        rounds = rounds.filter(written_at__gte=action.done_at)
    return _measure(action.id, rounds)


def get_round_progress(viewer: Viewer, round_id: UUID) -> TellingProgress:
    """Return where those who spoke stand with one round."""
    found = FeedbackRound.objects.filter(id=round_id, action__in=Action.objects.for_viewer(viewer)).first()
    return TellingProgress() if found is None else measure_round(found)


def measure_round(found: FeedbackRound) -> TellingProgress:
    """Count for a round its caller may see."""
    return _measure(found.action_id, FeedbackRound.objects.filter(id=found.id))


def _measure(action_id: UUID, rounds: "QuerySet[FeedbackRound]") -> TellingProgress:
    """Add up the groups; in each, a person stands where their best news puts them.

    Told counts before waiting for mail, waiting before a channel of the group, a channel before beyond reach.
    """
    tellings = Telling.objects.filter(round__in=rounds)
    groups = tellings.filter(speaker=None)
    channel_groups = set(groups.filter(state=Telling.State.RECORDED).values_list("engagement_id", flat=True))
    lost_groups = set(groups.filter(state=Telling.State.UNREACHABLE).values_list("engagement_id", flat=True))
    speakers = speakers_behind(action_id)
    people = count_by_engagement(speakers)
    anonymous = count_by_engagement(voices_behind(action_id).filter(speaker=None))
    persons = tellings.filter(speaker__in=speakers)
    told_people = persons.filter(state__in=Telling.TOLD).values("speaker_id")
    told = _count_people(persons.filter(state__in=Telling.TOLD))
    not_told = persons.exclude(speaker_id__in=told_people)
    queued = _count_people(not_told.filter(state__in=QUEUED))
    lost_people = not_told.exclude(speaker_id__in=not_told.filter(state__in=QUEUED).values("speaker_id"))
    lost = _count_people(lost_people)
    total = TellingProgress(channels=groups.filter(state=Telling.State.RECORDED).count())
    for engagement_id in {*people, *anonymous}:
        covered = engagement_id in channel_groups or None in channel_groups
        given_up = engagement_id in lost_groups or None in lost_groups
        here_told, here_queued = told.get(engagement_id, 0), queued.get(engagement_id, 0)
        rest = people.get(engagement_id, 0) - here_told - here_queued
        beyond = 0 if covered else rest if given_up else lost.get(engagement_id, 0)
        total += TellingProgress(
            people=people.get(engagement_id, 0),
            told=here_told,
            channel=rest if covered else 0,
            waiting=here_queued + (0 if covered else rest - beyond),
            queued=here_queued,
            unreachable=beyond,
            anonymous=anonymous.get(engagement_id, 0),
            anonymous_reached=anonymous.get(engagement_id, 0) if covered else 0,
        )
    return total


def _count_people(tellings: "QuerySet[Telling]") -> dict[UUID | None, int]:
    rows = tellings.order_by().values("engagement_id").annotate(n=Count("speaker_id", distinct=True))
    return {row["engagement_id"]: row["n"] for row in rows}
