"""Collecting a year: rows computed from what was paid and given, as often as one likes, until they stand."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check_may
from alongside.apps.partnership.bridge.openness import protect_people, route_year
from alongside.apps.partnership.models import Disclosure, DisclosureEvent, DisclosurePeople, DisclosureRow
from alongside.apps.partnership.operations.disclosures.moving import lock_disclosure, move
from alongside.apps.partnership.queries.disclosures.paid import (
    NamedOrganisation,
    list_paid_facts,
    list_people_sums,
    name_organisations,
)
from alongside.apps.partnership.queries.disclosures.reconcile import list_gaps
from alongside.apps.partnership.rules.disclosure_content import find_rules, get_rules
from alongside.apps.partnership.rules.disclosures import (
    check_is_open,
    check_nothing_blocks,
    check_words,
    check_year,
    check_year_is_over,
)
from alongside.science.values.openness import JOINT, ListedRow, PeopleSum

State = Disclosure.State
AT_ONCE = 500
SAID = (
    "list", "number", "organisation_id", "organisation_name", "organisation_identifier", "country", "category",
    "description", "is_event_related", "is_in_kind", "amount_pence", "currency", "vat", "affiliate", "agreement_id",
    "agreement_reference", "agreement_title", "agreed_on", "paid_on", "payments",
)  # fmt: skip


@transaction.atomic
def begin_year(*, year: int, by: Viewer, at: datetime) -> UUID:
    """Begin the disclosure of a year and collect what is there."""
    check_may(by, "prepare_disclosures")
    check_year(year, at.date())
    rules = find_rules(year)
    showing = Disclosure.Showing.PROTECTED if rules.is_protected_by_default else Disclosure.Showing.EXACT
    try:
        with transaction.atomic():
            begun = Disclosure.objects.create(
                year=year,
                rules=rules.name,
                due_on=rules.get_due_on(year),
                people_shown=showing,
                begun_by_id=by.person_id,
                begun_at=at,
            )
    except IntegrityError as clash:
        raise Refused(
            f"The disclosure of {year} was begun already. Open it in the list.", field="year"
        ) from clash
    DisclosureEvent.objects.create(disclosure=begun, became=State.COLLECTING, by_id=by.person_id, at=at)
    record_audit(by=by, at=at, operation="begin_disclosure", on=begun, detail={"year": year})
    _collect(begun, by, at)
    return begun.id


@transaction.atomic
def collect_rows(*, disclosure_id: UUID, by: Viewer, at: datetime) -> int:
    """Compute the rows of a year anew from what was paid and given; return how many there are.

    Whoever was asked about rows that changed is asked again by `ask_partners`.
    """
    check_may(by, "prepare_disclosures")
    disclosure = lock_disclosure(disclosure_id)
    check_is_open(disclosure)
    if disclosure.state != State.COLLECTING:
        move(disclosure, State.COLLECTING, operation="collect_again", by=by, at=at)
    return _collect(disclosure, by, at)


def _collect(disclosure: Disclosure, by: Viewer, at: datetime) -> int:
    rules = get_rules(disclosure.rules)
    facts = list_paid_facts(disclosure.year)
    routed = route_year(facts, rules.routing)
    rows = make_rows(disclosure, routed.rows)
    _store_rows(disclosure, rows)
    _store_people(disclosure, list_people_sums(disclosure.year, routed.people, rules))
    disclosure.collected_at = at
    disclosure.save(update_fields=["collected_at"])
    detail = {"payments": len(facts), "rows": len(rows), "left_out": len(routed.left_out)}
    record_audit(by=by, at=at, operation="collect_disclosure", on=disclosure, detail={**detail})
    return len(rows)


def make_rows(disclosure: Disclosure, listed: Sequence[ListedRow]) -> list[DisclosureRow]:
    """Return the rows of a year, unsaved, numbered by list, name, day and what they were computed from."""
    named = name_organisations(one.organisation_id for one in listed)

    def place(one: ListedRow) -> tuple[object, ...]:
        return one.list == JOINT, named[one.organisation_id].name.casefold(), one.paid_on, one.source_key

    order = sorted(listed, key=place)
    return [
        _make_row(disclosure, one, named[one.organisation_id], number)
        for number, one in enumerate(order, start=1)
    ]


def _make_row(disclosure: Disclosure, one: ListedRow, named: NamedOrganisation, number: int) -> DisclosureRow:
    return DisclosureRow(
        disclosure=disclosure,
        number=number,
        organisation_name=named.name,
        organisation_identifier=named.identifier,
        country=named.country,
        payments=len(one.payment_ids),
        **{name: getattr(one, name) for name in SAID if hasattr(one, name)},
        source_key=one.source_key,
    )


def _store_rows(disclosure: Disclosure, rows: Iterable[DisclosureRow]) -> None:
    """Make the stored rows these: what is the same stays the same row, so that links to it hold."""
    held = {row.source_key: row for row in DisclosureRow.objects.filter(disclosure=disclosure)}
    new, changed = [], []
    for row in rows:
        old = held.pop(row.source_key, None)
        if old is None:
            new.append(row)
        elif any(getattr(old, name) != getattr(row, name) for name in SAID):
            row.id = old.id
            changed.append(row)
    DisclosureRow.objects.filter(id__in=[row.id for row in held.values()]).delete()
    DisclosureRow.objects.bulk_update(changed, SAID, batch_size=AT_ONCE)
    DisclosureRow.objects.bulk_create(new, batch_size=AT_ONCE)


def _store_people(disclosure: Disclosure, sums: Sequence[PeopleSum]) -> None:
    shown = protect_people(sums, exact=disclosure.people_shown == Disclosure.Showing.EXACT)
    DisclosurePeople.objects.filter(disclosure=disclosure).delete()
    DisclosurePeople.objects.bulk_create(
        DisclosurePeople(
            disclosure=disclosure,
            group=one.group,
            individuals=one.individuals,
            fees_pence=one.fees_pence,
            expenses_pence=one.expenses_pence,
            services=one.services,
            currency=one.currency,
            shown_individuals=as_shown.individuals,
            shown_fees_pence=as_shown.fees_pence,
            shown_expenses_pence=as_shown.expenses_pence,
        )
        for one, as_shown in zip(sums, shown.groups, strict=True)
    )


@transaction.atomic
def finish_collecting(*, disclosure_id: UUID, by: Viewer, at: datetime) -> None:
    """Go on from collecting to reconciling, once the year is over."""
    check_may(by, "prepare_disclosures")
    disclosure = lock_disclosure(disclosure_id)
    check_year_is_over(disclosure, at.date())
    move(disclosure, State.RECONCILING, operation="reconcile_disclosure", by=by, at=at)


def check_is_whole(disclosure: Disclosure) -> None:
    """Refuse to go on with rows that cannot be published as they are."""
    check_nothing_blocks(list_gaps(disclosure))


@transaction.atomic
def show_people(*, disclosure_id: UUID, showing: str, because: str, by: Viewer, at: datetime) -> None:
    """Decide, as a certifier, whether this year's numbers of people are shown protected or exactly, and why."""
    check_may(by, "approve_disclosures")
    disclosure = lock_disclosure(disclosure_id)
    check_is_open(disclosure)
    if showing not in Disclosure.Showing.values:
        raise Refused("Choose how numbers of people are shown.", field="showing")
    words = check_words(because, field="because", ask="Say why. It is published beside the numbers.")
    disclosure.people_shown, disclosure.people_shown_because = showing, words
    disclosure.people_shown_by_id, disclosure.people_shown_at = by.person_id, at
    disclosure.save(
        update_fields=["people_shown", "people_shown_because", "people_shown_by_id", "people_shown_at"]
    )
    lines = DisclosurePeople.objects.filter(disclosure=disclosure).order_by("group", "currency")
    sums = [
        PeopleSum(one.group, one.individuals, one.fees_pence, one.expenses_pence, one.services, one.currency)
        for one in lines
    ]
    _store_people(disclosure, sums)
    record_audit(by=by, at=at, operation="show_people", on=disclosure, detail={"showing": showing})
