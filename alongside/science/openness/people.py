"""People who spoke for themselves, by broad group: summed, then shown so that nobody is recognised."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from alongside.science.disclosure import Sum, protect_sums
from alongside.science.values.openness import PaidFact, PeopleSum, ShownPeople, ShownYearOfPeople

TOTAL = ""


def sum_people(
    facts: Iterable[PaidFact], groups: Mapping[UUID, str], otherwise: str
) -> tuple[PeopleSum, ...]:
    """Return fees and expenses apart by group and currency; `groups` names a person's group, else `otherwise`."""
    found: dict[tuple[str, str], list[PaidFact]] = defaultdict(list)
    for fact in facts:
        group = groups.get(fact.person_id, otherwise) if fact.person_id else otherwise
        found[group, fact.currency].append(fact)
    return tuple(
        PeopleSum(
            group=group,
            individuals=len({fact.person_id for fact in some}),
            fees_pence=sum(fact.amount_pence or 0 for fact in some if fact.category == "fee"),
            expenses_pence=sum(fact.amount_pence or 0 for fact in some if fact.category == "expense"),
            services="",
            currency=currency,
        )
        for (group, currency), some in sorted(found.items())
    )


def protect_people(sums: Sequence[PeopleSum], *, exact: bool = False) -> ShownYearOfPeople:
    """Return the groups as they may be shown, so that no subtraction gives a small one away.

    Where a group's number is not shown, neither is its money. The total counts a person once in each group and
    currency they stand in. With `exact`, every number stands as it is.
    """
    counts = {(one.group, one.currency): one.individuals for one in sums}
    total = sum(counts.values())
    if exact:
        return ShownYearOfPeople(tuple(_show(one, f"{one.individuals:,}") for one in sums), f"{total:,}")
    parts = tuple(counts)
    shown = protect_sums({(TOTAL, TOTAL): total, **counts}, [Sum((TOTAL, TOTAL), parts)])
    groups = []
    for one in sums:
        count = shown[one.group, one.currency]
        groups.append(_show(one, count.words, hides_money=count.rounded is None))
    return ShownYearOfPeople(tuple(groups), shown[TOTAL, TOTAL].words)


def _show(one: PeopleSum, words: str, *, hides_money: bool = False) -> ShownPeople:
    return ShownPeople(
        group=one.group,
        individuals=words,
        fees_pence=None if hides_money else one.fees_pence,
        expenses_pence=None if hides_money else one.expenses_pence,
        services=one.services,
        currency=one.currency,
    )
