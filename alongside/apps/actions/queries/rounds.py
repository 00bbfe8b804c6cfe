"""Messages to those who spoke, and for each group and person how they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from alongside.apps.actions.models import Action, FeedbackRound, Telling
from alongside.apps.actions.queries.people import (
    by_hand,
    by_mail,
    count_by_engagement,
    speakers_behind,
    voices_behind,
)
from alongside.apps.actions.queries.progress import QUEUED, count_behind, measure_round
from alongside.apps.actions.rules import TellingProgress
from alongside.apps.base.rules import Viewer, check_may


@dataclass(frozen=True)
class RoundLine:
    """One message and how far telling it has come."""

    round: FeedbackRound
    progress: TellingProgress


@dataclass(frozen=True)
class Group:
    """Those who spoke in one engagement: how many, how they may be reached, what was recorded for them."""

    engagement_id: UUID
    title: str
    people: int
    by_mail: int
    by_hand: int
    anonymous: int
    recorded: Sequence[Telling]

    @property
    def without_contact(self) -> int:
        """Return how many gave no contact, or did not agree to hear from us."""
        return self.people - self.by_mail - self.by_hand


@dataclass(frozen=True)
class PersonTold:
    """One person in one round, by pseudonym; `reach` says how to reach them, where the viewer may know."""

    speaker_id: UUID
    pseudonym: str
    engagement: str
    reach: str
    telling_id: UUID | None
    state: str
    channel: str
    note: str
    at: datetime | None
    opened_at: datetime | None
    is_in_channel: bool = False

    @property
    def is_told(self) -> bool:
        """Return whether this person counts as told."""
        return self.state in Telling.TOLD

    @property
    def may_be_recorded(self) -> bool:
        """Return whether somebody may still record that they were told by hand."""
        return not self.is_told and self.state != Telling.State.SENDING

    @property
    def state_label(self) -> str:
        """Return the state in words."""
        if self.is_in_channel and self.state not in (*Telling.TOLD, *QUEUED):
            return _("reached by a channel")
        return str(Telling.State(self.state).label) if self.state else _("not told yet")


def get_round(viewer: Viewer, round_id: UUID) -> FeedbackRound | None:
    """Return one message of an action the viewer may see."""
    visible = Action.objects.for_viewer(viewer)
    return FeedbackRound.objects.select_related("action").filter(id=round_id, action__in=visible).first()


def get_telling(viewer: Viewer, telling_id: UUID) -> Telling | None:
    """Return one telling, for those who may tell people."""
    if not viewer.may("tell_people"):
        return None
    visible = Action.objects.for_viewer(viewer)
    found = Telling.objects.select_related("round__action", "speaker")
    return found.filter(id=telling_id, round__action__in=visible).first()


def list_rounds(viewer: Viewer, action_id: UUID) -> list[RoundLine]:
    """Return an action's messages, newest first, each with its progress."""
    visible = Action.objects.for_viewer(viewer)
    rounds = FeedbackRound.objects.filter(action_id=action_id, action__in=visible).order_by("-written_at")
    behind = count_behind(action_id) if rounds else None
    return [RoundLine(found, measure_round(found, behind)) for found in rounds]


def list_groups(viewer: Viewer, found: FeedbackRound) -> list[Group]:
    """Return each engagement behind a message's action, largest first, for those who may tell people."""
    check_may(viewer, "tell_people")
    speakers = speakers_behind(found.action_id)
    people = count_by_engagement(speakers)
    mail = count_by_engagement(by_mail(speakers))
    hand = count_by_engagement(by_hand(speakers))
    anonymous = count_by_engagement(voices_behind(found.action_id).filter(speaker=None))
    engagements: Any = Telling._meta.get_field("engagement").related_model
    titles = dict(
        engagements._default_manager.filter(id__in={*people, *anonymous}).values_list("id", "title")
    )
    recorded = list(found.tellings.filter(speaker=None).order_by("at"))
    groups = [
        Group(
            engagement_id=engagement_id,
            title=title,
            people=people.get(engagement_id, 0),
            by_mail=mail.get(engagement_id, 0),
            by_hand=hand.get(engagement_id, 0),
            anonymous=anonymous.get(engagement_id, 0),
            recorded=[telling for telling in recorded if telling.engagement_id == engagement_id],
        )
        for engagement_id, title in titles.items()
    ]
    return sorted(groups, key=lambda group: (-group.people - group.anonymous, group.title))


def list_recorded_for_all(found: FeedbackRound) -> list[Telling]:
    """Return the channels recorded for everybody at once."""
    return list(found.tellings.filter(speaker=None, engagement=None).order_by("at"))


def count_left_to_mail(viewer: Viewer, found: FeedbackRound) -> int:
    """Return how many may be written to and are in no digest of this round yet."""
    check_may(viewer, "tell_people")
    had = Telling.objects.filter(round=found, speaker__isnull=False).values("speaker_id")
    return int(by_mail(speakers_behind(found.action_id)).exclude(id__in=had).count())


def list_people_of_round(viewer: Viewer, found: FeedbackRound, *, show: str = "") -> "QuerySet[Any]":
    """Return the people behind a message as rows for `as_person`, those who need something first.

    `show` narrows: told, waiting, failed, untold (nobody has chosen a way).
    """
    check_may(viewer, "tell_people")
    mine = Telling.objects.filter(round=found, speaker=OuterRef("pk"))
    people = speakers_behind(found.action_id).annotate(
        telling_id=Subquery(mine.values("id")[:1]),
        telling_state=Subquery(mine.values("state")[:1]),
        telling_channel=Subquery(mine.values("channel")[:1]),
        telling_note=Subquery(mine.values("note")[:1]),
        telling_at=Subquery(mine.values("at")[:1]),
        telling_opened_at=Subquery(mine.values("opened_at")[:1]),
    )
    shown = {
        "told": Q(telling_state__in=Telling.TOLD),
        "waiting": Q(telling_state__in=[Telling.State.WAITING, Telling.State.SENDING]),
        "failed": Q(
            telling_state__in=[Telling.State.BOUNCED, Telling.State.FAILED, Telling.State.UNREACHABLE]
        ),
        "untold": Q(telling_state=None),
    }.get(show, Q())
    rows: QuerySet[Any] = (
        people.filter(shown)
        .select_related("engagement", "contact")
        .order_by(F("contact__channel").asc(nulls_last=True), "pseudonym", "id")
    )
    return rows


def list_groups_in_channels(found: FeedbackRound) -> frozenset[UUID | None]:
    """Return the engagements a recorded channel reaches in this round; None stands for every one."""
    recorded = found.tellings.filter(speaker=None, state=Telling.State.RECORDED)
    return frozenset(recorded.values_list("engagement_id", flat=True))


def as_person(viewer: Viewer, row: Any, in_channels: frozenset[UUID | None] = frozenset()) -> PersonTold:
    """Return one row of `list_people_of_round` as a value; the address only for those who may see contacts."""
    contact = getattr(row, "contact", None)
    reach = ""
    if contact is not None:
        reach = contact.get_channel_display()
        if contact.stopped_at is not None:
            reach = "asked not to be contacted"
        elif viewer.may("see_contacts") and contact.channel in ("phone", "post"):
            reach = f"{reach}: {contact.phone or contact.address}"
    return PersonTold(
        speaker_id=row.id,
        pseudonym=row.pseudonym,
        engagement=row.engagement.title,
        reach=reach,
        telling_id=row.telling_id,
        state=row.telling_state or "",
        channel=str(Telling.Channel(row.telling_channel).label) if row.telling_channel else "",
        note=row.telling_note or "",
        at=row.telling_at,
        opened_at=row.telling_opened_at,
        is_in_channel=bool({row.engagement_id, None} & in_channels),
    )
