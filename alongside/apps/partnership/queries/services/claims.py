"""Claims to check, and what is known about needs without saying what they are."""

from dataclasses import dataclass
from uuid import UUID

from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import ExpenseLine, ServiceClaim
from alongside.apps.people.queries.needs import NeedSubject, list_needs, list_subject_ids_with_needs


@dataclass(frozen=True)
class CheckView:
    """One claim as whoever checks it reads it."""

    claim: ServiceClaim
    lines: tuple[ExpenseLine, ...]
    has_need: bool  # the person has a need on record; which one is theirs to say

    @property
    def expenses_pence(self) -> int:
        """Return the expenses together."""
        return sum(line.amount_pence for line in self.lines)

    @property
    def total_pence(self) -> int:
        """Return fee and expenses together."""
        return (self.claim.fee_pence or 0) + self.expenses_pence


def get_claim(viewer: Viewer, claim_id: UUID) -> CheckView | None:
    """Return one claim the viewer may see, with its expenses."""
    found = ServiceClaim.objects.for_viewer(viewer).filter(id=claim_id)
    claim = found.select_related("offer__person", "offer__organisation", "offer__need").first()
    if claim is None:
        return None
    on_record = {subject_id for _kind, subject_id in list_subject_ids_with_needs()}
    return CheckView(claim, tuple(claim.lines.all()), claim.offer.person_id in on_record)


def has_need_on_record(viewer: Viewer) -> bool:
    """Return whether this viewer has a need on record that their own page shows."""
    return bool(list_needs(viewer, [NeedSubject("person", viewer.own_id, is_own=True)]))
