"""Needs as those who deal with paid work read them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.queries import get_engagement, list_engagements
from alongside.apps.partnership.models import ServiceNeed, ServiceOffer
from alongside.apps.people.queries import get_names

MOST_ENGAGEMENTS = 100


@dataclass(frozen=True)
class NeedView:
    """One need with who wrote and approved it, and the engagement it is for, where the viewer may see that."""

    need: ServiceNeed
    author: str
    approver: str
    engagement: str
    offered: int
    accepted: int

    @property
    def has_room(self) -> bool:
        """Return whether more people are needed than said yes."""
        return self.accepted < self.need.most_people


def list_needs(viewer: Viewer, *, words: str = "", state: str = "") -> "QuerySet[ServiceNeed]":
    """Return the needs, the newest first, each with how many were offered work and said yes."""
    found = ServiceNeed.objects.for_viewer(viewer)
    if words:
        found = found.filter(
            Q(title__icontains=words) | Q(what__icontains=words) | Q(reference__icontains=words)
        )
    if state in ServiceNeed.State.values:
        found = found.filter(state=state)
    return found.order_by("-written_at", "-id").annotate(
        offered=Count("offers"), accepted=Count("offers", filter=Q(offers__state__in=ServiceOffer.TAKEN))
    )


def get_need(viewer: Viewer, need_id: UUID) -> NeedView | None:
    """Return one need the viewer may see."""
    need = ServiceNeed.objects.for_viewer(viewer).filter(id=need_id).first()
    if need is None:
        return None
    names = get_names(viewer, {one for one in (need.author_id, need.approved_by_id) if one})
    engagement = get_engagement(viewer, need.engagement_id) if need.engagement_id else None
    return NeedView(
        need=need,
        author=names.get(need.author_id, "") if need.author_id else "",
        approver=names.get(need.approved_by_id, "") if need.approved_by_id else "",
        engagement=engagement.title if engagement else "",
        offered=need.offers.count(),
        accepted=need.offers.filter(state__in=ServiceOffer.TAKEN).count(),
    )


def list_engagement_choices(viewer: Viewer) -> list[tuple[UUID, str]]:
    """Return the newest engagements somebody may name in a need."""
    return [(one.id, one.title) for one in list_engagements(viewer)[:MOST_ENGAGEMENTS]]
