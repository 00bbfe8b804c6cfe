"""What a lead's own day holds of consents: who changed their mind this week."""

from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.queries.consents import get_consent_engagement, list_endings
from alongside.science.values.trail import DayItem

NEW_FOR = timedelta(days=7)


def list_day(viewer: Viewer, on: date) -> list[DayItem]:
    """Return the engagements in which somebody ended a use this week, for those who run them."""
    if not viewer.may("run_engagements") or not viewer.may("see_consents"):
        return []
    since = timezone.make_aware(datetime.combine(on - NEW_FOR, time.min))
    rows = list_endings(viewer).filter(recorded_at__gte=since, engagement_id__isnull=False).order_by()
    items = []
    for engagement_id, people in rows.values_list("engagement_id").annotate(
        Count("subject_id", distinct=True)
    ):
        engagement = get_consent_engagement(viewer, engagement_id)
        if engagement is None:
            continue
        words = ngettext(
            "%(n)d person changed what they allow", "%(n)d people changed what they allow", people
        )
        url = reverse("consents:engagement", args=[engagement_id])
        items.append(DayItem("new", engagement.title, url, words % {"n": people}))
    return items
