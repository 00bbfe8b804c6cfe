"""What needs a paper first, and which paper it is: other rooms say it, the guard keeps it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.agreements.models import Agreement, NeededPaper
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may

ENDED = (Agreement.State.REJECTED, Agreement.State.TERMINATED)


@transaction.atomic
def need_paper(
    *, subject_kind: str, subject_id: UUID, kinds: Collection[str], why: str, by: Viewer, at: datetime
) -> UUID:
    """Say that a thing may not begin before an agreement of one of these kinds is signed; empty `kinds` take any.

    Saying the same twice changes nothing. Returns the id of the need.
    """
    check_may(by, "see_agreements")
    for kind in kinds:
        check(kind in Agreement.Kind.values, f"“{kind}” is no kind of agreement.", field="kinds")
    check(bool(why.strip()), "Say why this needs an agreement first.", field="why")
    listed = ",".join(sorted(set(kinds)))
    same = NeededPaper.objects.filter(subject_kind=subject_kind, subject_id=subject_id, kinds=listed).first()
    if same is not None:
        return same.id
    needed = NeededPaper.objects.create(
        subject_kind=subject_kind,
        subject_id=subject_id,
        kinds=listed,
        why=why.strip()[:300],
        asked_by_id=by.person_id,
        asked_at=at,
    )
    record_audit(by=by, at=at, operation="need_paper", on=needed, detail={"of": subject_kind})
    return needed.id


@transaction.atomic
def give_paper(*, subject_kind: str, subject_id: UUID, agreement_id: UUID, by: Viewer, at: datetime) -> None:
    """Name the agreement that a thing needed; every need of its kind is met once it is signed."""
    check_may(by, "see_agreements")
    agreement = Agreement.objects.for_viewer(by).filter(id=agreement_id).first()
    if agreement is None:
        raise Refused("That agreement is not there, or not yours to see.", field="agreement")
    check(
        agreement.state not in ENDED,
        f"{agreement.reference} was {agreement.get_state_display()}. Choose one that holds.",
        field="agreement",
    )
    needs = NeededPaper.objects.select_for_update().filter(subject_kind=subject_kind, subject_id=subject_id)
    suited = [one for one in needs if not one.kinds or agreement.kind in one.kinds.split(",")]
    if not suited:
        raise Refused(
            f"Nothing here waits for a {agreement.get_kind_display()}. Choose an agreement of the kind that is needed.",
            field="agreement",
        )
    for one in suited:
        one.agreement = agreement
        one.save(update_fields=["agreement"])
        record_audit(by=by, at=at, operation="give_paper", on=one, detail={"of": subject_kind})


@transaction.atomic
def withdraw_need(*, needed_id: UUID, why: str, by: Viewer, at: datetime) -> None:
    """Take back that a thing needs a paper, with the reason in the audit."""
    check_may(by, "write_agreements")
    needed = NeededPaper.objects.select_for_update().filter(id=needed_id).first()
    if needed is None:
        raise Refused("Nothing is asked for here any more.")
    check(bool(why.strip()), "Say why no agreement is needed.", field="why")
    record_audit(
        by=by, at=at, operation="withdraw_needed_paper", on=needed, reason=why.strip()[:300],
        detail={"of": needed.subject_kind},
    )  # fmt: skip
    needed.delete()
