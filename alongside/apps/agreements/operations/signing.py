"""Both sides sign the certified words: on screen with name and role, or on paper, written down by the team."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.apps.agreements.models import Agreement, Signature
from alongside.apps.agreements.operations.drafting import lock_agreement
from alongside.apps.agreements.operations.moving import check_and_keep, step
from alongside.apps.agreements.queries.papers import get_version
from alongside.apps.agreements.rules import check_can_sign, check_is_shown_version
from alongside.apps.agreements.rules.standing import check_nothing_blocks
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check

Side, Way, State = Signature.Side, Signature.Way, Agreement.State


@dataclass(frozen=True)
class Signing:
    """One side's signature: `side` is ours or theirs, `way` screen or paper, `name` and `role` of whoever signs."""

    side: str
    way: str
    name: str
    role: str
    signed_on: date


@transaction.atomic
def sign_agreement(
    *,
    agreement_id: UUID,
    version_number: int,
    document_sha256: str,
    signing: Signing,
    by: Viewer,
    at: datetime,
) -> bool:
    """Sign the version that was read for one side; return whether both have signed now.

    On screen only those who belong to that side sign; on paper the team writes down what it holds. A signature after
    the start is refused, and nothing about the agreement changes once it is signed.
    """
    agreement = lock_agreement(agreement_id, by)
    _check_may_sign(agreement, signing, by)
    version = get_version(agreement)
    check_is_shown_version(agreement, version, version_number, document_sha256)
    present = {one.side: one for one in version.signatures.all()}
    check_can_sign(agreement, signing.signed_on, at, has_signed=signing.side in present)
    check_nothing_blocks(
        [one.words for one in check_and_keep(agreement, at) if one.is_blocking], what="signed"
    )
    Signature.objects.create(
        version=version,
        side=signing.side,
        way=signing.way,
        name=signing.name.strip(),
        role=signing.role.strip(),
        document_sha256=version.document_sha256,
        signed_on=signing.signed_on,
        person_id=by.person_id if signing.way == Way.SCREEN else None,
        recorded_by_id=by.person_id,
        at=at,
    )
    record_audit(
        by=by, at=at, operation="sign_agreement", on=agreement,
        detail={"side": signing.side, "way": signing.way, "version": version.number},
    )  # fmt: skip
    if not present:
        return False
    days = [one.signed_on for one in present.values()]
    agreement.signed_on = max(signing.signed_on, *days)
    step(agreement, State.SIGNED, "", by, at)
    return True


def _check_may_sign(agreement: Agreement, signing: Signing, by: Viewer) -> None:
    check(signing.side in Side.values, _("Say for which side this is signed."), field="side")
    check(signing.way in Way.values, _("Say how this was signed."), field="way")
    check(bool(signing.name.strip()), _("Write the name of whoever signs."), field="name")
    check(bool(signing.role.strip()), _("Write in which role they sign."), field="role")
    check(len(signing.name) <= 120, _("A name has at most 120 characters."), field="name")
    check(len(signing.role) <= 120, _("A role has at most 120 characters."), field="role")
    is_team = by.may("write_agreements") or by.may("certify_agreements")
    if signing.way == Way.PAPER or signing.side == Side.OURS:
        if not is_team:
            raise Refused(_("Only the team writes down this signature. Sign on screen for your own side."))
    elif not signs_for_partner(agreement, by):
        raise Refused(
            _("The partner signs on screen, on a page of its own. Write down a signature on paper here.")
        )


def signs_for_partner(agreement: Agreement, by: Viewer) -> bool:
    """Return whether somebody may sign for the other side: the group's user for the group, a person for themselves."""
    if agreement.organisation_id is not None:
        return by.partner_id == agreement.organisation_id and by.may("speak_for_organisation")
    return by.person_id is not None and by.person_id == agreement.person_id and by.may("take_paid_work")
