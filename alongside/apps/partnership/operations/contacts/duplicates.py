"""A machine looks for two rows that are one and proposes them; what a person decided is never proposed again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.apps.base.operations import record_audit, start_job
from alongside.apps.base.rules import SYSTEM, Refused, Viewer, check_may
from alongside.apps.partnership.models import ContactPerson, DuplicateProposal, MergeKind, TwoAfterAll
from alongside.apps.partnership.rules.duplicates import find_near_pairs
from alongside.apps.partnership.rules.list_judging import fold_identifier
from alongside.apps.people.queries.marks import list_organisation_marks

Pair = tuple[UUID, UUID]
Why = DuplicateProposal.Why


@transaction.atomic
def look_for_duplicates(*, by: Viewer, at: datetime) -> UUID:
    """Start to look for duplicates in the background; return the id of the work."""
    check_may(by, "keep_relations")
    work = start_job(
        kind="partnership.find_duplicates",
        arguments={},
        by=by,
        at=at,
        back_url="/partners/contacts/duplicates/",
    )
    return work.id


@transaction.atomic
def propose_duplicates(*, at: datetime) -> int:
    """Put what a machine finds now in the place of what it found before; return how many pairs that is."""
    decided = {(one.kind, one.first_id, one.second_id) for one in TwoAfterAll.objects.all()}
    proposed: dict[tuple[str, UUID, UUID], str] = {}
    for kind, why, pair in (*_pair_organisations(), *_pair_contacts()):
        key = (str(kind), *_in_order(pair))
        if key not in decided:
            proposed.setdefault(key, why)
    here = {(one.kind, one.first_id, one.second_id): one for one in DuplicateProposal.objects.all()}
    gone = [one.id for key, one in here.items() if proposed.get(key) != one.why]
    DuplicateProposal.objects.filter(id__in=gone).delete()
    DuplicateProposal.objects.bulk_create(
        [
            DuplicateProposal(kind=key[0], first_id=key[1], second_id=key[2], why=why, found_at=at)
            for key, why in proposed.items()
            if key not in here or here[key].why != why
        ]
    )
    record_audit(
        by=SYSTEM, at=at, operation="propose_duplicates", object_type="partnership.duplicateproposal",
        detail={"pairs": len(proposed)},
    )  # fmt: skip
    return len(proposed)


@transaction.atomic
def keep_apart(*, proposal_id: UUID, by: Viewer, at: datetime) -> None:
    """Decide that two rows are not one; nobody is asked about them again."""
    check_may(by, "keep_relations")
    found = DuplicateProposal.objects.select_for_update().filter(id=proposal_id).first()
    if found is None:
        raise Refused(_("Somebody has decided about these two already."))
    kept, _is_new = TwoAfterAll.objects.get_or_create(
        kind=found.kind,
        first_id=found.first_id,
        second_id=found.second_id,
        defaults={"decided_by_id": by.person_id, "decided_at": at},
    )
    found.delete()
    record_audit(by=by, at=at, operation="keep_apart", on=kept)


def forget_proposals_of(ids: Iterable[UUID]) -> None:
    """Take away what was proposed about rows that are not there any more."""
    listed = list(ids)
    DuplicateProposal.objects.filter(first_id__in=listed).delete()
    DuplicateProposal.objects.filter(second_id__in=listed).delete()


def _pair_organisations() -> Iterator[tuple[MergeKind, str, Pair]]:
    marks = list_organisation_marks(SYSTEM)
    by_number: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    for one in marks:
        for scheme, number in one.numbers:
            by_number[scheme, fold_identifier(number)].append(one.id)
    for pair in _chain(by_number.values()):
        yield MergeKind.ORGANISATION, Why.IDENTIFIER, pair
    for pair in find_near_pairs({one.id: one.name for one in marks}):
        yield MergeKind.ORGANISATION, Why.NAME, pair


def _pair_contacts() -> Iterator[tuple[MergeKind, str, Pair]]:
    rows = ContactPerson.objects.filter(merged_into=None, organisation__merged_into=None)
    names: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    by_email: dict[tuple[UUID, str], list[UUID]] = defaultdict(list)
    for contact_id, where, name, email in rows.order_by("created_at", "id").values_list(
        "id", "organisation_id", "name", "email"
    ):
        names[where][contact_id] = name
        if email:
            by_email[where, email.casefold()].append(contact_id)
    for pair in _chain(by_email.values()):
        yield MergeKind.CONTACT, Why.EMAIL, pair
    for of_one in names.values():
        for pair in find_near_pairs(of_one, people=True):
            yield MergeKind.CONTACT, Why.NAME, pair


def _chain(groups: Iterable[list[UUID]]) -> Iterator[Pair]:
    """Yield each of a group with the first of it."""
    for group in groups:
        for other in dict.fromkeys(group[1:]):
            if other != group[0]:
                yield group[0], other


def _in_order(pair: Pair) -> Pair:
    return (pair[0], pair[1]) if pair[0] < pair[1] else (pair[1], pair[0])
