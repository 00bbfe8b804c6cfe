"""What a person's own day holds of needs: when to ask again, and what was not there."""

from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.queries.needs import list_due, list_not_met, list_own_subjects
from alongside.science.values.trail import DayItem

MOST_ITEMS = 10


def list_day(viewer: Viewer, on: date) -> list[DayItem]:
    """Return the needs to ask about again, and how many were not met; never what they are."""
    if not viewer.is_known:
        return []
    own = {subject.id for subject in list_own_subjects(viewer)}
    items = [
        _due(need.subject_id in own, need.id, name, need.review_on) for need, name in list_due(viewer, on)
    ]
    unmet = len(list_not_met(viewer))
    if unmet:
        words = ngettext("%(n)d need was not met", "%(n)d needs were not met", unmet) % {"n": unmet}
        items.append(DayItem("needs_you", words, reverse("needs:unmet"), _("See the next step for each")))
    return items[:MOST_ITEMS]


def _due(is_own: bool, need_id: UUID, name: str, on: date) -> DayItem:
    if is_own:
        return DayItem("needs_you", _("Is this still what helps you?"), reverse("needs:mine"), "", on)
    url = reverse("needs:need", args=[need_id])
    return DayItem("needs_you", _("Ask again what helps %(name)s") % {"name": name}, url, "", on)
