"""What this room offers on the pages of the rooms below."""

from uuid import UUID

from django.urls import reverse

from alongside.apps.actions.queries.actions import list_insights_to_act_on
from alongside.apps.base.rules import Viewer


def offer_action(viewer: Viewer, insight_id: UUID) -> str:
    """Return where an action on this insight begins; nothing where it is a draft, retired or not theirs to act on."""
    if not viewer.may("start_actions"):
        return ""
    standing = {found for found, _statement in list_insights_to_act_on(viewer)}
    return f"{reverse('actions:new')}?insight={insight_id}" if insight_id in standing else ""
