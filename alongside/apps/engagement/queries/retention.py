"""Until when each engagement's words are kept, which time is over, and what a deletion would take away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.apps.base.rules import Viewer, check_may
from alongside.apps.base.rules.registry import registry, resolve
from alongside.apps.engagement.models import (
    Contact,
    Engagement,
    EngagementDeletion,
    ImportProblem,
    Receipt,
    RetentionDate,
    Speaker,
    Voice,
)
from alongside.apps.engagement.rules.retention import get_default_keep_until
from alongside.apps.people.queries import get_names
from alongside.science.values.trail import DayItem

STATES = tuple(EngagementDeletion.State.choices)
OPEN = (EngagementDeletion.State.PREVIEWED, EngagementDeletion.State.CONFIRMED)


@dataclass(frozen=True)
class Retention:
    """Until when words are kept: `keep_until` is None while the engagement has no end; `who` set the day by hand."""

    keep_until: date | None
    is_default: bool
    reason: str = ""
    who: str = ""
    set_at: datetime | None = None
    deleted_at: datetime | None = None


@dataclass(frozen=True)
class DeletionLine:
    """A deletion in a list, with the words for its counts."""

    id: UUID
    engagement_id: UUID
    title: str
    state: str
    state_label: str
    due_on: date
    previewed_at: datetime
    counts: tuple[tuple[str, int], ...]
    effects: tuple[tuple[str, int], ...]
    reason: str
    who: str
    decided_at: datetime | None
    done_at: datetime | None
    job_id: UUID | None


def get_retention(viewer: Viewer, engagement: Engagement) -> Retention:
    """Return until when an engagement's words are kept, and why."""
    set_by_hand = RetentionDate.objects.filter(engagement=engagement).order_by("-set_at", "-id").first()
    done = EngagementDeletion.objects.filter(engagement=engagement, state="done").order_by("-done_at").first()
    deleted_at = done.done_at if done else None
    if set_by_hand is None:
        return Retention(_default_of(engagement), is_default=True, deleted_at=deleted_at)
    names = get_names(viewer, {set_by_hand.set_by_id} if set_by_hand.set_by_id else set())
    return Retention(
        keep_until=set_by_hand.keep_until,
        is_default=False,
        reason=set_by_hand.reason,
        who=names.get(set_by_hand.set_by_id, "") if set_by_hand.set_by_id else "",
        set_at=set_by_hand.set_at,
        deleted_at=deleted_at,
    )


def _default_of(engagement: Engagement) -> date | None:
    return get_default_keep_until(
        starts_on=engagement.starts_on,
        ends_on=engagement.ends_on,
        closed_at=engagement.closed_at,
        years=settings.RETENTION_YEARS,
    )


def list_due(on: date) -> list[tuple[Engagement, date]]:
    """Return the engagements whose words were kept until before a day, and that still hold some."""
    latest: dict[UUID, date] = {}
    for line in RetentionDate.objects.order_by("set_at", "id"):
        latest[line.engagement_id] = line.keep_until
    due = []
    for engagement in Engagement.objects.order_by("starts_on", "id"):
        keep_until = latest.get(engagement.id) or _default_of(engagement)
        if keep_until is not None and keep_until < on and holds_words(engagement.id):
            due.append((engagement, keep_until))
    return due


def holds_words(engagement_id: UUID) -> bool:
    """Return whether an engagement still holds somebody's words or a way to reach them."""
    voices = Voice.with_staged.filter(engagement_id=engagement_id).exclude(text="")
    return voices.exists() or Contact.objects.filter(speaker__engagement_id=engagement_id).exists()


def count_to_delete(engagement_id: UUID) -> dict[str, int]:
    """Return how many rows of each table a deletion would empty or take away."""
    voices = Voice.with_staged.filter(engagement_id=engagement_id)
    return {
        "engagement_voice": voices.exclude(text="").count(),
        "engagement_speaker": Speaker.objects.filter(engagement_id=engagement_id).count(),
        "engagement_contact": Contact.objects.filter(speaker__engagement_id=engagement_id).count(),
        "engagement_receipt": Receipt.objects.filter(speaker__engagement_id=engagement_id).count(),
        "engagement_import_problem": ImportProblem.objects.filter(
            of_import__engagement_id=engagement_id
        ).count(),
    }


def list_effects(engagement_id: UUID) -> list[tuple[str, int]]:
    """Return what in the rooms above loses words, as each room says."""
    effects = sorted(registry.deletion_effects.values(), key=lambda one: one.position)
    return [(one.label, resolve(one.count)(engagement_id)) for one in effects]


def list_deletions(viewer: Viewer, *, state: str = "") -> "QuerySet[EngagementDeletion]":
    """Return deletions, those that wait first, for those who confirm them."""
    check_may(viewer, "confirm_deletions")
    found = EngagementDeletion.objects.select_related("engagement").order_by("-done_at", "due_on", "id")
    return found.filter(Q(state=state)) if state else found


def get_deletion(viewer: Viewer, deletion_id: UUID) -> DeletionLine | None:
    """Return one deletion, for those who confirm them."""
    return next(iter(describe_deletions(viewer, list(list_deletions(viewer).filter(id=deletion_id)))), None)


def describe_deletions(viewer: Viewer, found: Sequence[EngagementDeletion]) -> list[DeletionLine]:
    """Return deletions in words, with the names of those who decided."""
    words = {
        "engagement_voice": _("voices that lose their words"),
        "engagement_speaker": _("people whose facts and name go"),
        "engagement_contact": _("ways to reach people"),
        "engagement_receipt": _("receipts"),
        "engagement_import_problem": _("rows of files that could not be read"),
    }
    names = get_names(viewer, {one.decided_by_id for one in found if one.decided_by_id})
    return [
        DeletionLine(
            id=one.id,
            engagement_id=one.engagement_id,
            title=one.engagement.title,
            state=one.state,
            state_label=one.get_state_display(),
            due_on=one.due_on,
            previewed_at=one.previewed_at,
            counts=tuple((words.get(table, table), number) for table, number in one.counts.items()),
            effects=tuple((str(label), int(number)) for label, number in one.effects),
            reason=one.reason,
            who=names.get(one.decided_by_id, "") if one.decided_by_id else "",
            decided_at=one.decided_at,
            done_at=one.done_at,
            job_id=one.job_id,
        )
        for one in found
    ]


def list_day(viewer: Viewer, _on: date) -> list[DayItem]:
    """Return the deletions that wait for this viewer's yes."""
    if not viewer.may("confirm_deletions"):
        return []
    waiting = EngagementDeletion.objects.filter(state="previewed").select_related("engagement")
    return [
        DayItem(
            group="needs_you",
            title=one.engagement.title,
            url=reverse("engagement:deletion", args=[one.id]),
            detail=ngettext(
                "Kept long enough: %(number)s voice waits for your yes to be deleted",
                "Kept long enough: %(number)s voices wait for your yes to be deleted",
                one.counts.get("engagement_voice", 0),
            )
            % {"number": one.counts.get("engagement_voice", 0)},
            on=one.due_on,
        )
        for one in waiting
    ]
