"""Paid work of people who represent a partner: on its timeline, and in what it sees and takes away."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.money import write_money
from alongside.apps.base.rules.partnering import SharedTable, TimelineEntry
from alongside.apps.partnership.models import ServiceOffer

NOT_SHARED = (ServiceOffer.State.DECLINED, ServiceOffer.State.WITHDRAWN)


def list_timeline(
    viewer: Viewer, organisation_ids: Collection[UUID], since: date | None = None
) -> list[TimelineEntry]:
    """Return the work offered to people who represent these partners, newest first; a partner sees only its own."""
    if not viewer.may("see_payments"):
        own = viewer.partner_id if viewer.may("see_own_organisation") else None
        organisation_ids = [one for one in organisation_ids if one == own]
    found = ServiceOffer.objects.filter(organisation_id__in=list(organisation_ids))
    if since is not None:
        found = found.filter(offered_at__date__gte=since)
    is_team = viewer.may("see_payments")
    return [
        TimelineEntry(
            organisation_id=one.organisation_id,
            on=timezone.localdate(one.offered_at),
            kind=_("paid work"),
            title=one.title,
            words=f"{one.get_state_display()} · {_write_fee(one)}",
            url=reverse("services:offer", args=[one.id]) if is_team else "",
            is_shared=one.state not in NOT_SHARED,
        )
        for one in found.order_by("-offered_at", "-id")
        if one.organisation_id and (is_team or one.state not in NOT_SHARED)
    ]


def collect_shared(viewer: Viewer, organisation_id: UUID) -> SharedTable:
    """Return the work that people did for us on behalf of one partner, for that partner and for the team."""
    columns = (_("Reference"), _("Work"), _("Who"), _("From"), _("To"), _("Fee in pounds"), _("State"))
    is_own = viewer.may("see_own_organisation") and viewer.partner_id == organisation_id
    if not is_own and not viewer.may("see_payments"):
        return SharedTable(columns, ())
    found = ServiceOffer.objects.filter(organisation_id=organisation_id).exclude(state__in=NOT_SHARED)
    rows = tuple(
        (
            one.reference,
            one.title,
            one.person.name,
            one.starts_on.isoformat(),
            one.ends_on.isoformat(),
            "" if one.fee_pence is None else f"{one.fee_pence / 100:.2f}",
            str(one.get_state_display()),
        )
        for one in found.select_related("person").order_by("-offered_at", "-id")
    )
    return SharedTable(columns, rows, _("The fee is paid to your organisation, never to the person."))


def _write_fee(offer: ServiceOffer) -> str:
    return write_money(offer.fee_pence, offer.currency) if offer.fee_pence else _("without pay")
