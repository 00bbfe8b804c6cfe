"""What a group received from us, as the group itself sees it and takes it away."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.money import write_money
from alongside.apps.base.rules.partnering import SharedTable
from alongside.apps.partnership.models import Payment

State = Payment.State
# What a group is told of: money and things that came, and what is surely on its way.
ON_THE_WAY = (State.ASKED, State.APPROVED_ONCE, State.APPROVED, State.QUERIED, State.FAILED)
COLUMNS = (
    "company",
    "amount",
    "currency",
    "date",
    "description",
    "kind",
    "in_kind",
    "agreement",
    "reference",
)


def list_received(viewer: Viewer) -> "QuerySet[Payment]":
    """Return what the viewer's own organisation received, the latest first; nothing for anybody else."""
    return _of_own(viewer).filter(state=State.PAID).order_by(F("paid_on").desc(), "-id")


def list_on_the_way(viewer: Viewer) -> "QuerySet[Payment]":
    """Return what the viewer's own organisation was promised and has not received yet, due first."""
    return _of_own(viewer).filter(state__in=ON_THE_WAY).order_by("due_on", "id")


def _of_own(viewer: Viewer) -> "QuerySet[Payment]":
    own = viewer.partner_id
    if own is None:
        return Payment.objects.none()
    return Payment.objects.for_viewer(viewer).filter(organisation_id=own).select_related("agreement")


def get_our_name() -> str:
    """Return the name under which we pay."""
    return str(settings.BRAND["organisation"] or settings.BRAND["name"])


def write_received(payments: Iterable[Payment]) -> Iterable[tuple[str, ...]]:
    """Yield a row for each payment: company, amount in pounds or empty, date and description first."""
    name = get_our_name()
    for one in payments:
        yield (
            one.affiliate or name,
            "" if one.amount_pence is None else f"{one.amount_pence // 100}.{one.amount_pence % 100:02}",
            one.currency,
            one.paid_on.isoformat() if one.paid_on else "",
            one.description,
            one.get_category_display(),
            "yes" if one.is_in_kind else "no",
            one.agreement.reference,
            one.reference,
        )


def collect_received(viewer: Viewer, organisation_id: UUID) -> SharedTable:
    """Return everything an organisation received, as a table to take away; nothing of anybody else's."""
    visible = Payment.objects.for_viewer(viewer).filter(organisation_id=organisation_id, state=State.PAID)
    rows = tuple(write_received(visible.select_related("agreement").order_by("paid_on", "id")))
    return SharedTable(COLUMNS, rows, _("What you received. Something given in kind may have no amount."))


def sum_received(viewer: Viewer) -> list[tuple[int, str]]:
    """Return for each year what the own organisation received in money, in words, the latest first."""
    paid = list_received(viewer).filter(is_in_kind=False).values_list("paid_on", "amount_pence", "currency")
    sums: dict[tuple[int, str], int] = {}
    for paid_on, pence, currency in paid:
        if paid_on is not None:
            sums[paid_on.year, currency] = sums.get((paid_on.year, currency), 0) + (pence or 0)
    return [
        (year, write_money(pence, currency)) for (year, currency), pence in sorted(sums.items(), reverse=True)
    ]
