"""How far telling has come, for a round and for an action: set by set, never person by person."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, IntegerField, Min, QuerySet, When

from alongside.apps.actions.models import Action, FeedbackRound, Telling
from alongside.apps.actions.queries.people import count_by_engagement, speakers_behind, voices_behind
from alongside.apps.actions.rules import TellingProgress
from alongside.apps.base.rules import Viewer


@dataclass(frozen=True)
class Behind:
    """How many people and how many voices without a name each engagement has behind an action."""

    people: dict[UUID, int]
    anonymous: dict[UUID, int]


QUEUED = (Telling.State.WAITING, Telling.State.SENDING)
BEST, MIDDLE, WORST = 0, 1, 2  # told, in the digest, mail failed or beyond reach


def get_action_progress(viewer: Viewer, action_id: UUID) -> TellingProgress:
    """Return where those who spoke stand.

    Before the action ended, every round counts; after, only rounds written since: being told that one was heard
    is not being told how it ended.
    """
    action = Action.objects.for_viewer(viewer).filter(id=action_id).first()
    return TellingProgress() if action is None else measure_action(action)


def measure_action(action: Action, behind: Behind | None = None) -> TellingProgress:
    """Count for an action its caller may see."""
    rounds = FeedbackRound.objects.filter(action=action)
    if action.done_at is not None:
        rounds = rounds.filter(written_at__gte=action.done_at)
    return _measure(action.id, rounds, behind or count_behind(action.id))


def get_round_progress(viewer: Viewer, round_id: UUID) -> TellingProgress:
    """Return where those who spoke stand with one round."""
    found = FeedbackRound.objects.filter(id=round_id, action__in=Action.objects.for_viewer(viewer)).first()
    return TellingProgress() if found is None else measure_round(found)


def count_behind(action_id: UUID) -> Behind:
    """Count who spoke behind an action its caller may see; the same for all of its rounds."""
    return Behind(
        people=count_by_engagement(speakers_behind(action_id)),
        anonymous=count_by_engagement(voices_behind(action_id).filter(speaker=None)),
    )


def measure_round(found: FeedbackRound, behind: Behind | None = None) -> TellingProgress:
    """Count for a round its caller may see."""
    rounds = FeedbackRound.objects.filter(id=found.id)
    return _measure(found.action_id, rounds, behind or count_behind(found.action_id))


def _measure(action_id: UUID, rounds: "QuerySet[FeedbackRound]", behind: Behind) -> TellingProgress:
    """Add up the groups; in each, a person stands where their best news puts them.

    Told counts before waiting for mail, waiting before a channel of the group, a channel before beyond reach.
    """
    tellings = Telling.objects.filter(round__in=rounds)
    groups = tellings.filter(speaker=None)
    channel_groups = set(groups.filter(state=Telling.State.RECORDED).values_list("engagement_id", flat=True))
    lost_groups = set(groups.filter(state=Telling.State.UNREACHABLE).values_list("engagement_id", flat=True))
    people, anonymous = behind.people, behind.anonymous
    persons = tellings.filter(speaker__in=speakers_behind(action_id))
    standing = _count_standing(persons)
    total = TellingProgress(channels=groups.filter(state=Telling.State.RECORDED).count())
    for engagement_id in {*people, *anonymous}:
        covered = engagement_id in channel_groups or None in channel_groups
        given_up = engagement_id in lost_groups or None in lost_groups
        here_told, here_queued = standing[engagement_id, BEST], standing[engagement_id, MIDDLE]
        rest = people.get(engagement_id, 0) - here_told - here_queued
        beyond = 0 if covered else rest if given_up else standing[engagement_id, WORST]
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


def _count_standing(tellings: "QuerySet[Telling]") -> Counter[tuple[UUID | None, int]]:
    """Count people by engagement and by the best that any of their tellings says: one pass, one row a person."""
    says = Case(
        When(state__in=Telling.TOLD, then=BEST),
        When(state__in=QUEUED, then=MIDDLE),
        default=WORST,
        output_field=IntegerField(),
    )
    people = tellings.order_by().values("engagement_id", "speaker_id").annotate(best=Min(says))
    return Counter(people.values_list("engagement_id", "best").iterator())
