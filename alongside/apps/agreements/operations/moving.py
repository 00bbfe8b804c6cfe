"""The steps of an agreement's life, each checked, written down and audited."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.agreements.models import Agreement, AgreementEvent, Certification
from alongside.apps.agreements.operations.checking import keep_results
from alongside.apps.agreements.operations.drafting import copy_version, lock_agreement
from alongside.apps.agreements.operations.rule_sets import take_in_shipped_rules
from alongside.apps.agreements.queries.papers import (
    get_version,
    is_missing_field,
    judge_agreement,
    list_writer_ids,
)
from alongside.apps.agreements.queries.rule_sets import RuleFinding
from alongside.apps.agreements.queries.unanswered import list_unanswered
from alongside.apps.agreements.rules import (
    check_can_certify,
    check_can_start,
    check_is_shown_version,
    check_move,
)
from alongside.apps.agreements.rules.standing import check_nothing_blocks
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Viewer, check, check_may

State = Agreement.State


@transaction.atomic
def show_to_partner(*, agreement_id: UUID, by: Viewer, at: datetime) -> None:
    """Let the partner read a draft and comment on it; a rule that blocks stops it, an empty field does not yet."""
    check_may(by, "write_agreements")
    agreement = lock_agreement(agreement_id, by)
    check_move(agreement, State.PARTNER_REVIEW)
    findings = check_and_keep(agreement, at)
    blocking = [one.words for one in findings if one.is_blocking and not is_missing_field(one)]
    check_nothing_blocks(blocking, what="shown to the partner")
    agreement.shown_at = agreement.shown_at or at
    step(agreement, State.PARTNER_REVIEW, "", by, at)


@transaction.atomic
def take_back_to_draft(*, agreement_id: UUID, why: str, by: Viewer, at: datetime) -> None:
    """Take an agreement back before it is signed; it gets a new version, so that it is certified anew."""
    check_may(by, "write_agreements")
    agreement = lock_agreement(agreement_id, by)
    check_move(agreement, State.DRAFT, why)
    agreement.certified_at = None
    copy_version(agreement, why.strip(), by, at)
    step(agreement, State.DRAFT, why, by, at)


@transaction.atomic
def certify_agreement(
    *, agreement_id: UUID, version_number: int, document_sha256: str, statement: str, by: Viewer, at: datetime
) -> None:
    """Stand behind exactly the version that was read: that it keeps the rules, before anything begins.

    Refused for whoever wrote any of it, for a version that is no longer the one, and while a rule blocks or waits for
    an answer.
    """
    check_may(by, "certify_agreements")
    agreement = lock_agreement(agreement_id, by)
    version = get_version(agreement)
    check_is_shown_version(agreement, version, version_number, document_sha256)
    check(bool(statement.strip()), "Write what you certify.", field="statement")
    findings = check_and_keep(agreement, at)
    blocking = [one.words for one in findings if one.is_blocking]
    blocking += [f"{one.words} Answer it first." for one in list_unanswered(version, findings)]
    check_can_certify(agreement, by, list_writer_ids(agreement), blocking)
    Certification.objects.create(
        version=version,
        document_sha256=version.document_sha256,
        statement=statement.strip(),
        certified_by_id=by.own_id,
        certified_at=at,
    )
    agreement.certified_at = at
    step(agreement, State.CERTIFIED, "", by, at)


@transaction.atomic
def start_agreement(*, agreement_id: UUID, by: Viewer, at: datetime) -> None:
    """Let a signed agreement begin, on its day or later."""
    _move(agreement_id, State.ACTIVE, "", by, at, lambda one: check_can_start(one, at.date()))


@transaction.atomic
def complete_agreement(*, agreement_id: UUID, by: Viewer, at: datetime, words: str = "") -> None:
    """Say that what was agreed is done; money and reports may still be open."""
    _move(agreement_id, State.COMPLETED, words, by, at)


@transaction.atomic
def close_agreement(*, agreement_id: UUID, by: Viewer, at: datetime, words: str = "") -> None:
    """Close an agreement under which nothing is open."""
    _move(agreement_id, State.CLOSED, words, by, at)


@transaction.atomic
def reject_agreement(*, agreement_id: UUID, why: str, by: Viewer, at: datetime) -> None:
    """Give an agreement up before it is signed, with the reason; writers and certifiers may."""
    _move(agreement_id, State.REJECTED, why, by, at)


@transaction.atomic
def terminate_agreement(*, agreement_id: UUID, why: str, by: Viewer, at: datetime) -> None:
    """End a signed agreement early, with the reason."""
    _move(agreement_id, State.TERMINATED, why, by, at)


def _move(
    agreement_id: UUID,
    to: str,
    words: str,
    by: Viewer,
    at: datetime,
    check_more: Callable[[Agreement], None] = lambda _agreement: None,
) -> None:
    if not by.may("certify_agreements"):
        check_may(by, "write_agreements")
    agreement = lock_agreement(agreement_id, by)
    check_move(agreement, to, words)
    check_more(agreement)
    if to in (State.CLOSED, State.REJECTED, State.TERMINATED):
        agreement.ended_at = at
    step(agreement, to, words, by, at)


def step(agreement: Agreement, to: str, words: str, by: Viewer, at: datetime) -> None:
    """Bring a locked agreement to another state and write that down."""
    was, agreement.state = agreement.state, to
    agreement.save()
    AgreementEvent.objects.create(
        agreement=agreement,
        was=was,
        became=to,
        version_number=agreement.version_number,
        words=words.strip(),
        by_id=by.person_id,
        at=at,
    )
    record_audit(
        by=by,
        at=at,
        operation="move_agreement",
        on=agreement,
        detail={"from": was, "to": to, "version": agreement.version_number},
    )


def check_and_keep(agreement: Agreement, at: datetime) -> list[RuleFinding]:
    """Check a locked agreement against the rules in force, keep every result, return what is not in order."""
    take_in_shipped_rules(at=at)
    findings = judge_agreement(agreement, get_version(agreement), at)
    keep_results("agreement", agreement.id, findings, at)
    return [one for one in findings if one.outcome != "pass"]
