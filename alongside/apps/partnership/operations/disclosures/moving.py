"""What every step of a disclosure shares: locking it, moving it, writing down the step."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.partnership.models import Disclosure, DisclosureEvent
from alongside.apps.partnership.rules.disclosures import check_can_move


def lock_disclosure(disclosure_id: UUID) -> Disclosure:
    """Return a disclosure that nobody else changes until this transaction ends; Refused where there is none."""
    found = Disclosure.objects.select_for_update().filter(id=disclosure_id).first()
    if found is None:
        raise Refused(_("That disclosure is not there."), field="disclosure")
    return found


def move(
    disclosure: Disclosure, to: str, *, operation: str, by: Viewer, at: datetime, words: str = ""
) -> None:
    """Bring a locked disclosure to another state and write the step down; the caller saves its other columns."""
    check_can_move(disclosure, to)
    was, disclosure.state = disclosure.state, to
    disclosure.save(update_fields=["state"])
    DisclosureEvent.objects.create(
        disclosure=disclosure, was=was, became=to, words=words, by_id=by.person_id, at=at
    )
    record_audit(by=by, at=at, operation=operation, on=disclosure, detail={"was": was, "became": to})
