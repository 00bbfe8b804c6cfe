"""Which list a payment stands in, and the sums of the lists. Method: docs/methods/disclosure-year.md."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from alongside.science.values.openness import (
    THEMSELVES,
    LeftOut,
    ListedRow,
    ListTotal,
    PaidFact,
    RoutedYear,
    RoutingTerms,
)

FEES_AND_EXPENSES = ("fee", "expense")


def route_year(facts: Iterable[PaidFact], terms: RoutingTerms) -> RoutedYear:
    """Return every payment of a year in exactly one list, among the people's, or left out with a reason.

    A person who spoke for themselves is counted among people; whoever spoke for an organisation is disclosed with
    that organisation. Rows come in the order of the payments.
    """
    listed: list[tuple[str, str, PaidFact]] = []
    people: list[PaidFact] = []
    left_out: list[LeftOut] = []
    for fact in facts:
        if fact.organisation_id is None:
            if fact.capacity == THEMSELVES and fact.category in FEES_AND_EXPENSES:
                people.append(fact)
            else:
                left_out.append(LeftOut(fact.id, terms.left_out["person"]))
            continue
        place = terms.lists.get(fact.organisation_kind, "")
        category = terms.categories.get(place, {}).get(fact.category, "")
        if place and category:
            listed.append((place, category, fact))
        else:
            left_out.append(LeftOut(fact.id, _why_left_out(fact, terms)))
    return RoutedYear(tuple(_make_rows(listed, terms)), tuple(people), tuple(left_out))


def _why_left_out(fact: PaidFact, terms: RoutingTerms) -> str:
    return terms.left_out.get(fact.organisation_kind, terms.left_out["unknown"])


def _make_rows(listed: Sequence[tuple[str, str, PaidFact]], terms: RoutingTerms) -> Iterable[ListedRow]:
    if terms.row_per == "payment":
        return [_make_row(place, category, str(fact.id), [fact]) for place, category, fact in listed]
    together: dict[tuple[object, ...], list[PaidFact]] = defaultdict(list)
    for place, category, fact in listed:
        # What has no value is never added up: each such thing stays a line of its own.
        alone = fact.id if fact.amount_pence is None else None
        key = (
            place, category, fact.agreement_id, fact.organisation_id, fact.is_in_kind, fact.currency, fact.vat,
            fact.is_event_related, fact.affiliate, alone,
        )  # fmt: skip
        together[key].append(fact)
    return [
        _make_row(str(key[0]), str(key[1]), str(min(fact.id for fact in facts)), facts)
        for key, facts in together.items()
    ]


def _make_row(place: str, category: str, source_key: str, facts: Sequence[PaidFact]) -> ListedRow:
    first = facts[0]
    if first.organisation_id is None:
        raise ValueError("A line of a list is about an organisation.")
    amounts = [fact.amount_pence for fact in facts if fact.amount_pence is not None]
    descriptions = dict.fromkeys(fact.description for fact in facts)
    return ListedRow(
        list=place,
        source_key=source_key,
        organisation_id=first.organisation_id,
        category=category,
        description="; ".join(descriptions),
        is_event_related=first.is_event_related,
        is_in_kind=first.is_in_kind,
        amount_pence=sum(amounts) if amounts else None,
        currency=first.currency,
        vat=first.vat,
        affiliate=first.affiliate,
        agreement_id=first.agreement_id,
        agreement_reference=first.agreement_reference,
        agreement_title=first.agreement_title,
        agreed_on=first.agreed_on,
        paid_on=max(fact.paid_on for fact in facts),
        payment_ids=tuple(fact.id for fact in facts),
    )


def sum_rows(rows: Iterable[ListedRow]) -> tuple[ListTotal, ...]:
    """Return the sums by list, category and currency, in that order; what has no value is counted, never added."""
    groups: dict[tuple[str, str, str], list[ListedRow]] = defaultdict(list)
    for row in rows:
        groups[row.list, row.category, row.currency].append(row)
    return tuple(
        ListTotal(
            list=place,
            category=category,
            currency=currency,
            rows=len(found),
            organisations=len({row.organisation_id for row in found}),
            amount_pence=sum(row.amount_pence or 0 for row in found),
            unvalued=sum(row.amount_pence is None for row in found),
        )
        for (place, category, currency), found in sorted(groups.items())
    )
