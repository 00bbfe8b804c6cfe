"""What a person's own day holds of concerns: those that wait for a look, and for administrators, how many are late."""

from datetime import date, datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.models import Concern
from alongside.apps.engagement.queries.concerns import URGENCY_ORDER
from alongside.apps.engagement.rules import A_DAY
from alongside.science.values.trail import DayItem

MOST_LINES = 8


def list_day(viewer: Viewer, on: date) -> list[DayItem]:
    """Return the lines of a viewer's day that concern what cannot wait."""
    if viewer.may("triage_concerns"):
        return _list_waiting(on)
    if viewer.may("manage_people"):
        return _tell_administrator(on)
    return []


def _list_waiting(on: date) -> list[DayItem]:
    waiting = Concern.objects.that_wait().select_related("engagement").order_by(URGENCY_ORDER, "due_at", "id")
    lines = [_as_line(concern, on) for concern in waiting[:MOST_LINES]]
    if (more := waiting.count() - len(lines)) > 0:
        title = ngettext("%(number)s more concern waits", "%(number)s more concerns wait", more)
        lines.append(DayItem("needs_you", title % {"number": f"{more:,}"}, reverse("concerns:list")))
    return lines


def _as_line(concern: Concern, on: date) -> DayItem:
    due_on = timezone.localtime(concern.due_at).date()
    where = concern.engagement.title if concern.engagement else concern.get_origin_display()
    state = _("look at once") if concern.urgency == "now" else concern.get_state_display()
    return DayItem(
        group="late" if due_on < on else "needs_you",
        title=capfirst(concern.get_kind_display()),
        url=reverse("concerns:detail", args=[concern.id]),
        detail=f"{where} · {state} · {_('due %(day)s') % {'day': date_format(due_on, 'j F')}}",
    )


def _tell_administrator(on: date) -> list[DayItem]:
    """Return one line where concerns are a day late: how many, and nothing of what they are about."""
    at = timezone.make_aware(datetime.combine(on, time.max))
    late = Concern.objects.that_wait().filter(due_at__lte=at - A_DAY).count()
    if not late:
        return []
    title = ngettext(
        "%(number)s concern is a day late: see that somebody looks",
        "%(number)s concerns are a day late: see that somebody looks",
        late,
    )
    return [DayItem("late", title % {"number": f"{late:,}"}, reverse("people:people"))]
