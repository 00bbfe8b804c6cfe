"""A person's own saved views."""

from alongside.apps.base.models import SavedView
from alongside.apps.base.rules import Viewer


def list_saved_views(viewer: Viewer, page: str) -> list[SavedView]:
    """Return the viewer's saved views of one list, by name."""
    return list(SavedView.objects.filter(person_id=viewer.own_id, page=page).order_by("name"))
