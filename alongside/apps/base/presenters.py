"""What every page's layout needs."""

from django.conf import settings
from django.http import HttpRequest


def layout(request: HttpRequest) -> dict[str, object]:
    """Give templates the organisation's brand, whether this is the demo, and who is looking."""
    return {"brand": settings.BRAND, "is_demo": settings.DEMO, "viewer": getattr(request, "viewer", None)}
