"""Who is in the Patient Partnership Programme."""

from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.models import Member


def list_members(viewer: Viewer, *, words: str = "", state: str = "") -> QuerySet[Member]:
    """Return members by name, for those who look after the programme; `state` is current, past or ""."""
    if not viewer.may("see_members"):
        return Member.objects.none()
    found = Member.objects.order_by("name", "id")
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word) | Q(conditions__icontains=word) | Q(wants__icontains=word)
        )
    if state:
        found = found.filter(left_on__isnull=state == "current")
    return found


def get_member(viewer: Viewer, member_id: UUID) -> Member | None:
    """Return one member, for those who look after the programme."""
    return list_members(viewer).filter(id=member_id).first()
