"""Short names that people can say on the telephone: a prefix, the year, a number that goes up."""

from datetime import datetime

from django.db.models import F

from alongside.apps.partnership.models import ServiceNumber


def draw_reference(kind: str, at: datetime) -> str:
    """Return the next reference of a year, such as "OF-2026-00012"; its row is held, so none is drawn twice."""
    prefix = f"{kind}-{at.year}"
    ServiceNumber.objects.get_or_create(prefix=prefix)
    ServiceNumber.objects.filter(prefix=prefix).update(last=F("last") + 1)
    number = ServiceNumber.objects.values_list("last", flat=True).get(prefix=prefix)
    return f"{prefix}-{number:05}"
