"""What events and joint projects tell about partners: on their timeline, of how things stand, for them to take away."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.base.rules.money import write_money
from alongside.apps.base.rules.partnering import HealthReason, SharedTable, TimelineEntry
from alongside.apps.partnership.models import Event, JointProject, ProjectAim, ProjectContribution
from alongside.apps.partnership.queries.events import is_report_late
from alongside.apps.partnership.rules.event_clock import as_local


def list_timeline(viewer: Viewer, organisation_ids: Collection[UUID], since: date) -> list[TimelineEntry]:
    """Return events and joint projects with these partners since a day; a partner sees its own alone."""
    wanted = _scope(viewer, organisation_ids)
    return [*_list_event_entries(viewer, wanted, since), *_list_project_entries(viewer, wanted, since)]


def _scope(viewer: Viewer, organisation_ids: Collection[UUID]) -> set[UUID]:
    wanted = set(organisation_ids)
    return wanted if viewer.partner_id is None else wanted & {viewer.partner_id}


def _list_event_entries(viewer: Viewer, wanted: set[UUID], since: date) -> list[TimelineEntry]:
    start = timezone.make_aware(datetime.combine(since, time.min))
    links = Event.partners.through.objects.filter(
        organisation_id__in=wanted,
        event__in=Event.objects.for_viewer(viewer).filter(starts_at__gte=start).order_by(),
    ).values_list("organisation_id", "event_id")
    pairs = list(links)
    events = Event.objects.in_bulk({event_id for _organisation, event_id in pairs})
    is_partner = viewer.partner_id is not None
    return [
        TimelineEntry(
            organisation_id=organisation_id,
            on=as_local(event.starts_at, event.time_zone).date(),
            kind="event",
            title=event.title,
            words=str(event.get_state_display()).capitalize() + ".",
            url=reverse("attend:event" if is_partner else "events:event", args=[event_id]),
            is_shared=event.opened_at is not None,
        )
        for organisation_id, event_id in pairs
        if (event := events[event_id])
    ]


def _list_project_entries(viewer: Viewer, wanted: set[UUID], since: date) -> list[TimelineEntry]:
    start = timezone.make_aware(datetime.combine(since, time.min))
    seen = JointProject.objects.for_viewer(viewer).filter(created_at__gte=start).order_by()
    pairs = list(
        JointProject.partners.through.objects.filter(
            organisation_id__in=wanted, jointproject__in=seen
        ).values_list("organisation_id", "jointproject_id")
    )
    projects = JointProject.objects.in_bulk({project_id for _organisation, project_id in pairs})
    name = "ours:project" if viewer.partner_id is not None else "projects:project"
    return [
        TimelineEntry(
            organisation_id=organisation_id,
            on=timezone.localdate(project.created_at),
            kind="project",
            title=project.title,
            words=str(project.get_state_display()).capitalize() + ".",
            url=reverse(name, args=[project_id]),
            is_shared=project.state != JointProject.State.IDEA,
        )
        for organisation_id, project_id in pairs
        if (project := projects[project_id])
    ]


def judge_health(viewer: Viewer, organisation_ids: Collection[UUID], on: date) -> list[HealthReason]:
    """Return what events say of how things stand with these partners: reports on events with them that are late."""
    if not viewer.may("see_events"):
        return []
    links = Event.partners.through.objects.filter(
        organisation_id__in=set(organisation_ids), event__state=Event.State.HELD
    ).values_list("organisation_id", "event_id")
    pairs = list(links)
    events = Event.objects.in_bulk({event_id for _organisation, event_id in pairs})
    late = Counter(one for one, event_id in pairs if is_report_late(events[event_id], on))
    return [
        HealthReason(
            organisation_id=one,
            words=ngettext("%(n)s event report late", "%(n)s event reports late", number) % {"n": number},
            weight=1,
            url=f"{reverse('events:list')}?partner={one}&when=late",
        )
        for one, number in late.items()
    ]


def collect_shared_events(viewer: Viewer, organisation_id: UUID) -> SharedTable:
    """Return a partner's own events as they may take them away."""
    _check_own(viewer, organisation_id)
    events = Event.objects.filter(partners=organisation_id, opened_at__isnull=False).order_by(
        "starts_at", "id"
    )
    return SharedTable(
        columns=("event", "state", "from", "until", "place", "who supports it"),
        rows=tuple(
            (
                one.title,
                str(one.get_state_display()),
                as_local(one.starts_at, one.time_zone).isoformat(timespec="minutes"),
                as_local(one.ends_at, one.time_zone).isoformat(timespec="minutes"),
                one.venue or str(one.get_place_display()),
                one.acknowledgement,
            )
            for one in events
        ),
    )


def collect_shared_projects(viewer: Viewer, organisation_id: UUID) -> SharedTable:
    """Return a partner's own joint projects, their aims and what each side brings, as they may take them away."""
    _check_own(viewer, organisation_id)
    projects = (
        JointProject.objects.filter(partners=organisation_id).exclude(state="idea").order_by("created_at")
    )
    rows: list[tuple[str, ...]] = []
    for one in projects:
        rows.append((one.title, "project", str(one.get_state_display()), one.patient_benefit, ""))
    aims = ProjectAim.objects.filter(project__in=projects.order_by()).select_related("project")
    rows += [(one.project.title, "aim", "", one.words, "") for one in aims]
    given = ProjectContribution.objects.filter(project__in=projects.order_by()).filter(
        Q(organisation=None) | Q(organisation_id=organisation_id)
    )
    for line in given.select_related("project", "organisation"):
        value = write_money(line.amount_pence, line.currency) if line.amount_pence else ""
        side = line.organisation.name if line.organisation else _("our side")
        rows.append((line.project.title, str(line.get_kind_display()), side, line.words, value))
    return SharedTable(columns=("project", "what", "state or side", "words", "value"), rows=tuple(rows))


def _check_own(viewer: Viewer, organisation_id: UUID) -> None:
    if viewer.partner_id != organisation_id and not viewer.may("see_relations"):
        raise Refused(_("That is another organisation's."))
