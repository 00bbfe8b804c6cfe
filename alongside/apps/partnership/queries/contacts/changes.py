"""What partners ask us to change, as the team and as they themselves see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.partnering import SharedTable, TimelineEntry
from alongside.apps.partnership.models import ChangeRequest
from alongside.apps.people.queries import get_names
from alongside.science.values.trail import DayItem

WAITS_FIRST = Case(
    When(state=ChangeRequest.State.WAITING, then=Value(0)), default=Value(1), output_field=IntegerField()
)


@dataclass(frozen=True)
class ChangeLine:
    """A request in words."""

    id: UUID
    organisation_id: UUID
    organisation: str
    about: str
    words: str
    state: str
    state_words: str
    answer: str
    what_changed: str
    asked_by: str
    asked_at: datetime
    answered_by: str
    answered_at: datetime | None


def list_changes(viewer: Viewer, state: str = "") -> "QuerySet[ChangeRequest]":
    """Return what partners asked for, what waits longest first, then the newest answered; to be paged."""
    found = ChangeRequest.objects.for_viewer(viewer).select_related("organisation")
    if state in ChangeRequest.State.values:
        found = found.filter(state=state)
    return found.order_by(WAITS_FIRST, "-asked_at", "-id")


def view_changes(viewer: Viewer, requests: Sequence[ChangeRequest]) -> list[ChangeLine]:
    """Return requests in words, with names, in one statement more."""
    people = {one for row in requests for one in (row.asked_by_id, row.answered_by_id) if one is not None}
    names = get_names(viewer, people)
    return [
        ChangeLine(
            id=one.id,
            organisation_id=one.organisation_id,
            organisation=one.organisation.name,
            about=str(one.get_about_display()),
            words=one.words,
            state=one.state,
            state_words=str(one.get_state_display()),
            answer=one.answer,
            what_changed=one.what_changed,
            asked_by=names.get(one.asked_by_id, "") if one.asked_by_id else "",
            asked_at=one.asked_at,
            answered_by=names.get(one.answered_by_id, "") if one.answered_by_id else "",
            answered_at=one.answered_at,
        )
        for one in requests
    ]


def get_change(viewer: Viewer, request_id: UUID) -> ChangeLine | None:
    """Return one request."""
    found = list(list_changes(viewer).filter(id=request_id))
    return view_changes(viewer, found)[0] if found else None


def list_day(viewer: Viewer, on: date) -> list[DayItem]:
    """Return what waits: for the team, requests to answer; for a partner, answers of the last two weeks."""
    if viewer.may("keep_relations"):
        waiting = ChangeRequest.objects.filter(state=ChangeRequest.State.WAITING)
        first = waiting.order_by("asked_at").first()
        if first is None:
            return []
        number = waiting.count()
        words = ngettext(
            "%(n)s partner asks for a change in its record",
            "%(n)s partners’ requests for a change wait",
            number,
        )
        return [
            DayItem(
                "needs_you",
                words % {"n": number},
                reverse("contacts:changes"),
                on=timezone.localdate(first.asked_at),
            )
        ]
    if viewer.partner_id is None:
        return []
    answered = ChangeRequest.objects.for_viewer(viewer).filter(answered_at__isnull=False)
    return [
        DayItem(
            "new",
            _("Your request was answered: %(state)s") % {"state": one.get_state_display()},
            reverse("ours:organisation"),
            on=timezone.localdate(one.answered_at),
        )
        for one in answered.order_by("-answered_at")[:3]
        if one.answered_at and (on - timezone.localdate(one.answered_at)).days <= 14
    ]


def list_timeline(viewer: Viewer, organisation_ids: Sequence[UUID], since: date) -> list[TimelineEntry]:
    """Return what partners asked us to change since a day, as both sides see it."""
    begins = timezone.make_aware(datetime.combine(since, time.min))
    found = ChangeRequest.objects.for_viewer(viewer).filter(
        organisation_id__in=organisation_ids, asked_at__gte=begins
    )
    return [
        TimelineEntry(
            organisation_id=one.organisation_id,
            on=timezone.localdate(one.asked_at),
            kind=_("request"),
            title=_("Asked for a change: %(about)s") % {"about": one.get_about_display()},
            words=str(one.get_state_display()),
            url=reverse("contacts:change", args=[one.id])
            if viewer.may("see_relations")
            else reverse("ours:organisation"),
            is_shared=True,
        )
        for one in found.order_by("-asked_at")
    ]


def collect_shared(viewer: Viewer, organisation_id: UUID) -> SharedTable:
    """Return what a partner asked us to change and what we answered, as it sees them and takes them away."""
    found = ChangeRequest.objects.for_viewer(viewer).filter(organisation_id=organisation_id)
    columns = (
        _("Asked on"), _("About"), _("What you asked"), _("State"), _("Our answer"), _("What was changed"),
        _("Answered on"),
    )  # fmt: skip
    rows = tuple(
        (
            timezone.localdate(one.asked_at).isoformat(), str(one.get_about_display()), one.words,
            str(one.get_state_display()), one.answer, one.what_changed,
            timezone.localdate(one.answered_at).isoformat() if one.answered_at else "",
        )
        for one in found.order_by("asked_at", "id")
    )  # fmt: skip
    return SharedTable(columns, rows)
