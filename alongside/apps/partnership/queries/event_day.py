"""What a person's own day and search hold of events and joint projects."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.bridge.events import load_terms
from alongside.apps.partnership.models import AimAgreement, Event, JointProject, ProjectAim, Registration
from alongside.apps.partnership.queries.events import get_report_due
from alongside.apps.partnership.rules.event_clock import as_local
from alongside.apps.partnership.rules.events import find_reminder
from alongside.science.values.trail import DayItem, SearchHit

SOON = timedelta(days=14)
NEWS_FOR = timedelta(days=7)


def list_day(viewer: Viewer, on: date) -> list[DayItem]:
    """Return what of events and projects belongs to a person's day: reports due, places offered, aims to look at."""
    if not viewer.is_known:
        return []
    start = timezone.make_aware(datetime.combine(on, time.min))
    items = [*_list_own_places(viewer, start)]
    if viewer.may("run_events"):
        items += [*_list_reports(viewer, on), *_list_over(viewer, start)]
    if viewer.partner_id is not None:
        items += _list_aims(viewer, viewer.partner_id)
    return items


def _list_reports(viewer: Viewer, on: date) -> list[DayItem]:
    """Return the reports whose reminder has come: one's own events first of all, and late ones of everybody."""
    held = Event.objects.for_viewer(viewer).filter(state=Event.State.HELD)
    found = []
    for event in held.order_by("ends_at"):
        ended_on = as_local(event.ends_at, event.time_zone).date()
        due = get_report_due(event)
        is_mine = event.lead_id == viewer.own_id
        if due < on or (is_mine and find_reminder(ended_on, on, load_terms())):
            found.append(
                DayItem(
                    group="late" if due < on else "needs_you",
                    title=event.title,
                    url=reverse("events:report", args=[event.id]),
                    detail=_("The report on this event is due"),
                    on=due,
                )
            )
    return found


def _list_over(viewer: Viewer, now: datetime) -> list[DayItem]:
    """Return one's own events that are over and not marked as held."""
    over = Event.objects.for_viewer(viewer).filter(
        lead_id=viewer.own_id, state__in=Event.TAKES_PEOPLE, ends_at__lt=now
    )
    return [
        DayItem(
            group="needs_you",
            title=event.title,
            url=reverse("events:event", args=[event.id]),
            detail=_("It is over: write down who came"),
        )
        for event in over.order_by("ends_at")
    ]


def _list_own_places(viewer: Viewer, now: datetime) -> list[DayItem]:
    """Return places that were offered, events that are near, and those that changed or were cancelled."""
    own = Registration.objects.filter(
        person_id=viewer.own_id, state__in=Registration.STAND, event__ends_at__gte=now
    ).select_related("event")
    items = []
    for one in own.order_by("event__starts_at"):
        event = one.event
        words, group = "", "new"
        if one.state == Registration.State.OFFERED:
            words, group = _("A place came free for you. Say whether you take it"), "needs_you"
        elif event.state == Event.State.CANCELLED:
            words = _("This event is cancelled")
        elif event.changed_at > one.changed_at and event.changed_at >= now - NEWS_FOR:
            words = _("Something changed about this event")
        elif event.starts_at <= now + SOON and one.state == Registration.State.REGISTERED:
            words = _("You have a place")
        if words:
            day = as_local(event.starts_at, event.time_zone).date()
            items.append(DayItem(group, event.title, reverse("attend:place"), words, day))
    return items


def _list_aims(viewer: Viewer, partner_id: UUID) -> list[DayItem]:
    """Return the projects of one's organisation with aims it has not agreed to yet."""
    open_states = (JointProject.State.CO_DESIGN, JointProject.State.AGREED)
    projects = JointProject.objects.for_viewer(viewer).filter(state__in=open_states)
    agreed = AimAgreement.objects.filter(organisation_id=partner_id).values("aim_id")
    waiting = ProjectAim.objects.filter(project__in=projects.order_by()).exclude(id__in=agreed)
    counted = dict(waiting.order_by().values_list("project_id").annotate(Count("id")))
    return [
        DayItem(
            group="needs_you",
            title=one.title,
            url=reverse("ours:project", args=[one.id]),
            detail=_("Aims that wait for your yes: %(number)s") % {"number": counted[one.id]},
        )
        for one in projects.filter(id__in=list(counted))
    ]


def find_events(viewer: Viewer, words: str, limit: int) -> list[SearchHit]:
    """Return events and joint projects in which these words stand, as far as the viewer may see them."""
    hits = []
    if viewer.may("see_events"):
        found = Event.objects.for_viewer(viewer).filter(
            Q(title__icontains=words) | Q(purpose__icontains=words) | Q(about__icontains=words)
        )
        hits += [
            SearchHit(
                _("Event"),
                one.title,
                reverse("events:event", args=[one.id]),
                one.purpose[:160],
                as_local(one.starts_at, one.time_zone).date(),
            )
            for one in found[:limit]
        ]
    projects = JointProject.objects.for_viewer(viewer).filter(
        Q(title__icontains=words) | Q(about__icontains=words) | Q(patient_benefit__icontains=words)
    )
    name = "ours:project" if viewer.partner_id is not None else "projects:project"
    hits += [
        SearchHit(
            _("Joint project"),
            one.title,
            reverse(name, args=[one.id]),
            one.patient_benefit[:160],
            one.starts_on,
        )
        for one in projects[:limit]
    ]
    return hits[:limit]
