"""Writing an agreement: its first version, and every later one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Length

from alongside.apps.agreements.bridge import get_template
from alongside.apps.agreements.models import Agreement, AgreementEvent, AgreementVersion
from alongside.apps.agreements.operations.rule_sets import take_in_shipped_rules
from alongside.apps.agreements.queries.papers import choose_edition, make_paper_to_sign
from alongside.apps.agreements.rules import check_can_edit, digest_document, make_text
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.people.queries.parties import find_partner, find_person
from alongside.science.values.rules import PaperField

Capacity, State = Agreement.Capacity, Agreement.State
LONGEST_ANSWER = 8000
TRIES = 50  # for a number that somebody else takes at the same moment


@dataclass(frozen=True)
class AgreementPlan:
    """What an agreement is: its kind, its parties in their capacity, its dates, what is given, and its fields.

    Amounts are pence. `fields` are answers by the keys of the rule set: words, "yes", a choice's key, an ISO date.
    """

    kind: str
    capacity: str
    title: str
    starts_on: date
    ends_on: date
    organisation_id: UUID | None = None
    person_id: UUID | None = None
    amount_pence: int | None = None
    currency: str = "GBP"
    in_kind_description: str = ""
    in_kind_value_pence: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    review_on: date | None = None


@transaction.atomic
def draft_agreement(
    *, plan: AgreementPlan, by: Viewer, at: datetime, replaces_id: UUID | None = None
) -> UUID:
    """Write the first version of an agreement and return its id; nothing is promised by a draft."""
    check_may(by, "write_agreements")
    _check_plan(plan, by)
    _check_replaced(replaces_id, by)
    take_in_shipped_rules(at=at)
    agreement = _create_numbered(plan, by, at, replaces_id)
    _write_version(agreement, plan.fields, "", by, at)
    AgreementEvent.objects.create(
        agreement=agreement, became=State.DRAFT, version_number=1, by_id=by.person_id, at=at
    )
    record_audit(by=by, at=at, operation="draft_agreement", on=agreement, detail={"kind": plan.kind})
    return agreement.id


@transaction.atomic
def revise_agreement(
    *, agreement_id: UUID, plan: AgreementPlan, why: str, from_version: int, by: Viewer, at: datetime
) -> int:
    """Write another version and return its number; the partner's word for an earlier one no longer counts.

    `from_version` is the version the writer began with: where somebody else wrote one since, nothing is lost and
    the second writer is told.
    """
    check_may(by, "write_agreements")
    agreement = lock_agreement(agreement_id, by)
    check_can_edit(agreement)
    check(
        agreement.version_number == from_version,
        f"Somebody wrote version {agreement.version_number} while you wrote yours. "
        "Keep your words, read theirs, then write again.",
    )
    check(bool(why.strip()), "Say what changes and why. The partner reads it.", field="why")
    check(
        (plan.kind, plan.capacity, plan.organisation_id, plan.person_id)
        == (agreement.kind, agreement.capacity, agreement.organisation_id, agreement.person_id),
        "The kind of an agreement and its parties stay what they are. Reject this one and write another.",
    )
    _check_plan(plan, by)
    _take_plan(agreement, plan)
    agreement.version_number += 1
    agreement.save()
    _write_version(agreement, plan.fields, why.strip(), by, at)
    record_audit(
        by=by, at=at, operation="revise_agreement", on=agreement, detail={"version": agreement.version_number}
    )
    return agreement.version_number


def copy_version(agreement: Agreement, why: str, by: Viewer, at: datetime) -> None:
    """Write the present words again as another version, so that an earlier certificate stands for the earlier one."""
    answers = agreement.versions.get(number=agreement.version_number).fields
    agreement.version_number += 1
    _write_version(agreement, answers, why, by, at)


def lock_agreement(agreement_id: UUID, by: Viewer) -> Agreement:
    """Return an agreement the viewer may see, held until the transaction ends."""
    visible = Agreement.objects.for_viewer(by).filter(id=agreement_id).values("id")
    agreement = Agreement.objects.select_for_update().filter(id__in=visible).first()
    if agreement is None:
        raise Refused("That agreement is not there, or not yours to see.", field="agreement")
    return agreement


def _create_numbered(plan: AgreementPlan, by: Viewer, at: datetime, replaces_id: UUID | None) -> Agreement:
    for _attempt in range(TRIES):
        agreement = Agreement(
            reference=_next_reference(at.year),
            kind=plan.kind,
            capacity=plan.capacity,
            organisation_id=plan.organisation_id,
            person_id=plan.person_id,
            replaces_id=replaces_id,
            author_id=by.own_id,
            created_at=at,
        )
        _take_plan(agreement, plan)
        try:
            with transaction.atomic():
                agreement.save(force_insert=True)
        except IntegrityError:
            continue  # somebody took this number at the same moment
        return agreement
    raise Refused("Too many agreements are being written at this moment. Try again in a minute.")


def _next_reference(year: int) -> str:
    start = f"AG-{year}-"
    taken = Agreement.objects.filter(reference__startswith=start)
    last = (
        taken.order_by(Length("reference").desc(), "-reference").values_list("reference", flat=True).first()
    )
    number = (last or start).removeprefix(start)
    return f"{start}{int(number or 0) + 1:04d}"


def _take_plan(agreement: Agreement, plan: AgreementPlan) -> None:
    agreement.title = plan.title.strip()
    agreement.starts_on, agreement.ends_on = plan.starts_on, plan.ends_on
    agreement.amount_pence, agreement.currency = plan.amount_pence, plan.currency
    agreement.in_kind_description = plan.in_kind_description.strip()
    agreement.in_kind_value_pence = plan.in_kind_value_pence
    agreement.review_on = plan.review_on


def _write_version(
    agreement: Agreement, answers: Mapping[str, str], why: str, by: Viewer, at: datetime
) -> AgreementVersion:
    edition = choose_edition(at.date())
    fields = edition.book.list_fields(agreement.kind, agreement.capacity)
    kept = _check_answers(fields, answers)
    document = make_text(make_paper_to_sign(agreement, fields, kept))
    return AgreementVersion.objects.create(
        agreement=agreement,
        number=agreement.version_number,
        rule_set_id=edition.stored_in,
        template=get_template(agreement.kind).label,
        fields=kept,
        document=document,
        document_sha256=digest_document(document),
        why=why,
        written_by_id=by.person_id,
        written_at=at,
    )


def _check_answers(fields: list[PaperField], answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers that say something, each as its field wants it."""
    known = {one.key: one for one in fields}
    for key in answers:
        check(
            key in known, f"“{key}” is no field of this paper. Its fields are: {', '.join(known)}.", field=key
        )
    kept = {key: words.replace("\x00", "").strip() for key, words in answers.items()}
    for key, words in kept.items():
        _check_answer(known[key], words)
    return {key: words for key, words in kept.items() if words and words != "no"}


def _check_answer(one: PaperField, words: str) -> None:
    check(
        len(words) <= LONGEST_ANSWER,
        f"{one.label} This is {len(words):,} characters long; the most is {LONGEST_ANSWER:,}.",
        field=one.key,
    )
    if one.answer == "yes_no":
        check(words in ("", "yes", "no"), f"{one.label}: answer yes or no.", field=one.key)
    elif one.answer == "choice":
        allowed = dict(one.choices)
        among = ", ".join(allowed.values())
        check(not words or words in allowed, f"{one.label} Choose one of: {among}.", field=one.key)
    elif one.answer == "date" and words:
        try:
            date.fromisoformat(words)
        except ValueError as bad:
            raise Refused(f"{one.label} Write a date as 2026-11-30.", field=one.key) from bad


def _check_plan(plan: AgreementPlan, by: Viewer) -> None:
    check(plan.kind in Agreement.Kind.values, "Choose what kind of agreement this is.", field="kind")
    check(
        plan.capacity in Capacity.values, "Choose in which capacity the other side signs.", field="capacity"
    )
    check(bool(plan.title.strip()), "Give the agreement a title.", field="title")
    check(len(plan.title.strip()) <= 200, "A title has at most 200 characters.", field="title")
    check(plan.ends_on >= plan.starts_on, "It cannot end before it starts.", field="ends_on")
    for name, pence in (("amount", plan.amount_pence), ("in_kind_value", plan.in_kind_value_pence)):
        check(
            pence is None or pence > 0,
            "Leave this empty where there is no amount; nothing is never written as £0.",
            field=name,
        )
    check(
        plan.in_kind_value_pence is None or bool(plan.in_kind_description.strip()),
        "Describe what is given in kind, because it has a value.",
        field="in_kind_description",
    )
    _check_parties(plan, by)


def _check_parties(plan: AgreementPlan, by: Viewer) -> None:
    needs_organisation = plan.capacity != Capacity.THEMSELVES
    needs_person = plan.capacity != Capacity.ORGANISATION
    check(
        (plan.organisation_id is not None) == needs_organisation,
        "Choose the organisation." if needs_organisation
        else "Somebody who speaks for themselves signs without an organisation. Leave it empty.",
        field="organisation",
    )  # fmt: skip
    check(
        (plan.person_id is not None) == needs_person,
        "Choose the person." if needs_person
        else "The organisation itself is the party here. Leave the person empty.",
        field="person",
    )  # fmt: skip
    if plan.organisation_id is not None:
        found = find_partner(by, plan.organisation_id)
        check(found is not None, "Choose a partner that is still with us.", field="organisation")
    if plan.person_id is not None:
        check(find_person(by, plan.person_id) is not None, "Choose somebody with an account.", field="person")


def _check_replaced(replaces_id: UUID | None, by: Viewer) -> None:
    if replaces_id is not None:
        replaced = Agreement.objects.for_viewer(by).filter(id=replaces_id).first()
        check(replaced is not None, "The agreement this replaces is not there.", field="replaces")
