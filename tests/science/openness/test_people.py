"""People are summed by broad group and shown so that nobody is recognised, by number or by money."""

from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.science.disclosure import Bounds, subtract_all
from alongside.science.disclosure.protection import ProtectedCount
from alongside.science.disclosure.sums import Sum
from alongside.science.openness import protect_people, sum_people
from alongside.science.values.openness import PeopleSum
from tests.science.openness.test_routing import make_fact


def person(number: int, who: int, category: str, pence: int, **changes: object) -> object:
    return make_fact(
        number, organisation_id=None, person_id=UUID(int=who), capacity="themselves", category=category,
        amount_pence=pence, **changes,
    )  # fmt: skip


def test_fees_stand_apart_from_expenses_and_a_person_counts_once() -> None:
    facts = [person(1, 5, "fee", 5_500), person(2, 5, "expense", 1_240), person(3, 6, "fee", 8_250)]

    (line,) = sum_people(facts, {UUID(int=5): "patients"}, "patients")  # type: ignore[arg-type]

    assert line == PeopleSum("patients", 2, 13_750, 1_240, "", "GBP")


def test_groups_and_currencies_stand_apart() -> None:
    facts = [person(1, 5, "fee", 100), person(2, 6, "fee", 200), person(3, 5, "fee", 300, currency="EUR")]

    lines = sum_people(facts, {UUID(int=6): "carers"}, "patients")  # type: ignore[arg-type]

    assert [(one.group, one.currency, one.fees_pence) for one in lines] == [
        ("carers", "GBP", 200), ("patients", "EUR", 300), ("patients", "GBP", 100)
    ]  # fmt: skip


def test_a_small_group_is_hidden_and_its_money_with_it() -> None:
    shown = protect_people(
        [PeopleSum("patients", 3, 16_500, 2_000, "Reviews"), PeopleSum("carers", 43, 9, 8, "")]
    )

    small, large = shown.groups
    assert (small.individuals, small.fees_pence, small.expenses_pence) == ("1 to 7", None, None)
    assert (large.individuals, large.fees_pence, large.expenses_pence) == ("45", 9, 8)


def test_exact_numbers_stand_where_a_certifier_decided_so() -> None:
    shown = protect_people([PeopleSum("patients", 3, 16_500, 2_000, "Reviews")], exact=True)

    assert (shown.groups[0].individuals, shown.groups[0].fees_pence, shown.individuals) == ("3", 16_500, "3")


def as_count(words: str) -> ProtectedCount:
    if words.endswith(" or more"):
        return ProtectedCount(None, at_least=int(words.split()[0]))
    return ProtectedCount(None) if words == "1 to 7" else ProtectedCount(int(words.replace(",", "")))


@settings(max_examples=80)
@given(st.lists(st.integers(1, 60), min_size=1, max_size=4))
def test_no_subtraction_gives_a_small_group_away(counts: list[int]) -> None:
    sums = [PeopleSum(f"group {place}", number, number * 100, 7, "") for place, number in enumerate(counts)]

    shown = protect_people(sums)

    said = {one.group: as_count(one.individuals) for one in shown.groups} | {"": as_count(shown.individuals)}
    known = subtract_all(said, [Sum("", tuple(one.group for one in sums))])
    for one, as_shown in zip(sums, shown.groups, strict=True):
        if one.individuals <= 7:
            assert known[one.group] != Bounds(one.individuals, one.individuals)
            assert as_shown.fees_pence is None
            assert as_shown.expenses_pence is None
