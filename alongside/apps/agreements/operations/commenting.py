"""The partner's word on an agreement: comments by field, answers to them, and that it is right."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.apps.agreements.models import Agreement, AgreementComment, AgreementEvent
from alongside.apps.agreements.operations.drafting import lock_agreement
from alongside.apps.agreements.operations.signing import signs_for_partner
from alongside.apps.agreements.queries.papers import get_version
from alongside.apps.agreements.rules import check_is_shown_version
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may

LONGEST = 2000
OPEN = (Agreement.State.DRAFT, Agreement.State.PARTNER_REVIEW, Agreement.State.CERTIFIED)


@transaction.atomic
def comment_on_agreement(*, agreement_id: UUID, field_key: str, words: str, by: Viewer, at: datetime) -> UUID:
    """Say something about one field of an agreement, or about all of it (empty key); both sides read it."""
    agreement = lock_agreement(agreement_id, by)
    is_from_partner = not by.may("write_agreements") and _belongs_to_partner(agreement, by)
    if not is_from_partner and not by.may("certify_agreements"):
        check_may(by, "write_agreements")
    check(
        agreement.state in OPEN,
        _("This agreement is “%(state)s”, so its words are settled. Ask for a change in another way.")
        % {"state": agreement.get_state_display()},
    )
    comment = AgreementComment.objects.create(
        agreement=agreement,
        version_number=agreement.version_number,
        field_key=field_key[:60],
        words=_check_words(words),
        is_from_partner=is_from_partner,
        by_id=by.person_id,
        at=at,
    )
    record_audit(
        by=by, at=at, operation="comment_on_agreement", on=agreement, detail={"from_partner": is_from_partner}
    )
    return comment.id


@transaction.atomic
def answer_comment(*, comment_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """Answer a comment; the answer stands beside it for both sides and is not changed afterwards."""
    check_may(by, "write_agreements")
    comment = AgreementComment.objects.select_for_update().filter(id=comment_id).first()
    if comment is None:
        raise Refused(_("That comment is not there."))
    lock_agreement(comment.agreement_id, by)
    check(not comment.answer, _("This comment has its answer. Write a comment of your own instead."))
    comment.answer, comment.answered_by_id, comment.answered_at = _check_words(words), by.person_id, at
    comment.save(update_fields=["answer", "answered_by_id", "answered_at"])
    record_audit(by=by, at=at, operation="answer_comment", on=comment)


@transaction.atomic
def agree_it_is_right(
    *, agreement_id: UUID, version_number: int, document_sha256: str, by: Viewer, at: datetime
) -> None:
    """Let the partner say that the version it read is right; it is certified next, and signed after that."""
    agreement = lock_agreement(agreement_id, by)
    if not signs_for_partner(agreement, by):
        raise Refused(_("Only the partner can say this, on its own page."))
    check(
        agreement.state == Agreement.State.PARTNER_REVIEW,
        _("This agreement is “%(state)s”; nothing waits for your word now.")
        % {"state": agreement.get_state_display()},
    )
    check_is_shown_version(agreement, get_version(agreement), version_number, document_sha256)
    agreement.partner_agreed_version = version_number
    agreement.save(update_fields=["partner_agreed_version"])
    AgreementEvent.objects.create(
        agreement=agreement,
        was=agreement.state,
        became=agreement.state,
        version_number=version_number,
        words="The partner agrees that this version is right.",
        by_id=by.person_id,
        at=at,
    )
    record_audit(
        by=by, at=at, operation="agree_agreement_is_right", on=agreement, detail={"version": version_number}
    )


def _belongs_to_partner(agreement: Agreement, by: Viewer) -> bool:
    is_the_person = by.person_id is not None and by.person_id == agreement.person_id
    return signs_for_partner(agreement, by) or is_the_person


def _check_words(words: str) -> str:
    kept = words.replace("\x00", "").strip()
    check(bool(kept), _("Write your words first."), field="words")
    check(
        len(kept) <= LONGEST,
        _("This is %(n)s characters long; the most is %(most)s.")
        % {"n": f"{len(kept):,}", "most": f"{LONGEST:,}"},
        field="words",
    )
    return kept
