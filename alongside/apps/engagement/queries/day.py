"""What a person's own day holds from this room: files that wait for a yes, new voices since last week."""

from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.models import Engagement, Voice
from alongside.apps.engagement.queries.imports import list_waiting_imports
from alongside.science.values.trail import DayItem

NEW_FOR = timedelta(days=7)
_WAITS = {
    "uploaded": _("choose what its columns mean"),
    "ready": _("look and confirm"),
    "refused": _("could not be read"),
}


def list_day(viewer: Viewer, on: date) -> list[DayItem]:
    """Return the lines of a viewer's day that concern voices."""
    waiting = [
        DayItem(
            group="needs_you",
            title=one.file_name,
            url=reverse("engagement:import", args=[one.id]),
            detail=f"{one.engagement_title}: {_WAITS[one.state]}",
            on=one.created_at.date(),
        )
        for one in list_waiting_imports(viewer)
    ]
    return waiting + _list_new(viewer, on)


def _list_new(viewer: Viewer, on: date) -> list[DayItem]:
    since = timezone.make_aware(datetime.combine(on - NEW_FOR, time.min))
    voices = Voice.objects.for_viewer(viewer).that_count().filter(created_at__gte=since)
    counted = dict(voices.order_by().values_list("engagement_id").annotate(Count("id")))
    found = Engagement.objects.for_viewer(viewer).filter(id__in=counted, closed_at=None)
    return [
        DayItem(
            group="new",
            title=engagement.title,
            url=reverse("engagement:detail", args=[engagement.id]),
            detail=ngettext("%(number)s new voice", "%(number)s new voices", counted[engagement.id])
            % {"number": f"{counted[engagement.id]:,}"},
        )
        for engagement in found
    ]
