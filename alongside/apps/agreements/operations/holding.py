"""Holding an agreement still while something that rests on it is written."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.apps.agreements.models import Agreement
from alongside.apps.agreements.queries import AgreementLine, get_agreement_line
from alongside.apps.agreements.queries.lines import list_agreement_lines_by_id
from alongside.apps.base.rules import Refused, Viewer


def hold_agreement(*, agreement_id: UUID, by: Viewer) -> AgreementLine:
    """Return an agreement the viewer may see, held until the transaction ends: nobody changes its state meanwhile.

    Two who both want the last of its money come one after the other. Raise Refused where there is none.
    """
    visible = Agreement.objects.for_viewer(by).filter(id=agreement_id).values("id")
    if Agreement.objects.select_for_update().filter(id__in=visible).first() is None:
        raise Refused(_("That agreement is not there, or not yours to see."), field="agreement")
    return get_agreement_line(by, agreement_id)


def hold_agreements(*, agreement_ids: Collection[UUID], by: Viewer) -> dict[UUID, AgreementLine]:
    """Return those of these agreements that the viewer may see, all held until the transaction ends."""
    visible = Agreement.objects.for_viewer(by).filter(id__in=agreement_ids).values("id")
    held = (
        Agreement.objects.select_for_update().filter(id__in=visible).order_by("id")
    )  # in one order for everybody
    ids = [one.id for one in held]
    return {one.id: one for one in list_agreement_lines_by_id(by, ids)}
