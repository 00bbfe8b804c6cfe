"""Agreements to pay under: found by words, with what each still allows."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from alongside.apps.agreements.queries import AgreementLine, get_agreement_line
from alongside.apps.agreements.queries.lines import list_agreement_lines_by_id
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.partnership.models import Payment
from alongside.apps.partnership.queries.payment_sums import get_used_amounts
from alongside.apps.partnership.rules.payments import CATEGORIES

PAID_KINDS = tuple(kind for kind, categories in CATEGORIES.items() if categories)


def find_agreements_to_pay(viewer: Viewer, words: str, most: int = 20) -> list[AgreementLine]:
    """Return agreements in force under which something may be paid, found by words; the newest first."""
    agreements: Any = Payment.agreement.field.related_model
    found = agreements.objects.for_viewer(viewer).filter(state__in=agreements.IN_FORCE, kind__in=PAID_KINDS)
    if words:
        found = found.filter(
            Q(reference__istartswith=words)
            | Q(title__icontains=words)
            | Q(organisation__name__icontains=words)
            | Q(person__name__icontains=words)
        )
    return list_agreement_lines_by_id(viewer, list(found.values_list("id", flat=True)[:most]))


def find_agreement(viewer: Viewer, agreement_id: UUID) -> AgreementLine | None:
    """Return one agreement the viewer may see, or nothing."""
    try:
        return get_agreement_line(viewer, agreement_id)
    except Refused:
        return None


def get_left_pence(agreement: AgreementLine) -> int | None:
    """Return what may still be paid in money under an agreement; nothing where it names no amount."""
    if agreement.amount_pence is None:
        return None
    return max(
        agreement.amount_pence - get_used_amounts(agreement.id, currency=agreement.currency).money_pence, 0
    )
