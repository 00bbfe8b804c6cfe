"""What an agreement allows: each rule with a payment that breaks it, and the sums behind the pace."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.apps.agreements.queries import AgreementLine
from alongside.apps.base.rules import Refused
from alongside.apps.partnership.bridge.payment_terms import get_field_rule, get_payment_terms
from alongside.apps.partnership.models import Payment
from alongside.apps.partnership.rules.payments import (
    MOVES,
    PaymentPlan,
    UsedAmounts,
    check_move,
    check_plan,
    count_days_to_pay,
    find_blockers,
    find_payee,
    measure_pace,
)

GROUP, PERSON, OTHER = uuid4(), uuid4(), uuid4()


def make_line(**changes: object) -> AgreementLine:
    values: dict[str, object] = {
        "id": uuid4(), "reference": "AG-2026-0007", "title": "Phone friends", "kind": "grant",
        "capacity": "organisation", "state": "active", "organisation_id": GROUP, "person_id": None,
        "payee": "Side Door", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31), "amount_pence": 500_000,
        "currency": "GBP", "in_kind_description": "", "in_kind_value_pence": None, "signed_on": date(2025, 12, 15),
        "author_id": uuid4(),
    }  # fmt: skip
    return AgreementLine(**{**values, **changes})  # type: ignore[arg-type]


def make_plan(**changes: object) -> PaymentPlan:
    values: dict[str, object] = {
        "agreement_id": uuid4(), "category": "grant", "description": "First half", "due_on": date(2026, 3, 1),
        "amount_pence": 250_000,
    }  # fmt: skip
    return PaymentPlan(**{**values, **changes})  # type: ignore[arg-type]


def keys(plan: PaymentPlan, line: AgreementLine, used: UsedAmounts | None = None) -> list[str]:
    return [one.rule for one in find_blockers(plan, line, used or UsedAmounts())]


SERVICE = {"kind": "service", "capacity": "representing", "person_id": PERSON}
PERSONAL = {"kind": "service", "capacity": "themselves", "person_id": PERSON, "organisation_id": None}
IN_KIND = {"kind": "donation", "amount_pence": None, "in_kind_description": "Two wheelchairs"}


def test_a_payment_as_agreed_is_not_blocked() -> None:
    assert keys(make_plan(), make_line()) == []
    assert keys(make_plan(category="fee"), make_line(**SERVICE)) == []
    assert keys(make_plan(category="expense"), make_line(**PERSONAL)) == []
    assert (
        keys(make_plan(category="donation", is_in_kind=True, amount_pence=None), make_line(**IN_KIND)) == []
    )


@pytest.mark.parametrize(
    ("plan", "line", "rule"),
    [
        ({}, {"state": "certified"}, "in_force"),
        ({}, {"state": "terminated"}, "in_force"),
        ({"due_on": date(2025, 12, 31)}, {}, "prospective"),
        ({"due_on": date(2026, 1, 5)}, {"signed_on": date(2026, 1, 6)}, "prospective"),
        ({"organisation_id": OTHER}, {}, "payee"),
        ({"category": "fee", "person_id": PERSON}, SERVICE, "payee"),
        ({"category": "fee", "organisation_id": GROUP}, PERSONAL, "payee"),
        ({"category": "fee", "person_id": OTHER}, PERSONAL, "payee"),
        ({}, PERSONAL, "people"),
        ({"category": "fee", "is_in_kind": True}, {**PERSONAL, "in_kind_description": "A chair"}, "people"),
        ({"category": "fee"}, {}, "kind"),
        ({}, {"kind": "confidentiality"}, "kind"),
        ({"category": "fee", "description": "Two days, including travel"}, SERVICE, "apart"),
        ({"category": "fee", "description": "Honorarium plus her train fare"}, SERVICE, "apart"),
        ({"category": "expense", "description": "Mileage and the review fee"}, SERVICE, "apart"),
        ({"amount_pence": 500_001}, {}, "amount"),
        ({}, {"amount_pence": None}, "amount"),
        ({"currency": "EUR"}, {}, "amount"),
        ({"category": "donation", "is_in_kind": True}, {**IN_KIND, "in_kind_description": ""}, "in_kind"),
        ({"category": "donation", "is_in_kind": True}, {**IN_KIND, "in_kind_value_pence": 100}, "in_kind"),
        ({"category": "donation", "is_in_kind": True, "currency": "EUR", "amount_pence": 50},
         {**IN_KIND, "in_kind_value_pence": 100}, "in_kind"),
    ],
)  # fmt: skip
def test_each_rule_is_broken_by_a_payment(
    plan: dict[str, object], line: dict[str, object], rule: str
) -> None:
    blockers = find_blockers(make_plan(**plan), make_line(**line), UsedAmounts())
    assert [one.rule for one in blockers] == [rule]
    assert blockers[0].why
    assert blockers[0].remedy
    assert get_field_rule(rule).clause


def test_a_talk_about_travel_is_not_an_expense() -> None:
    line = make_line(**SERVICE)
    assert keys(make_plan(category="fee", description="Workshop about travel and parking burden"), line) == [
        "apart"
    ]
    assert keys(make_plan(category="fee", description="Workshop about the burden of travel"), line) == []


def test_the_value_in_kind_is_held_against_what_was_agreed() -> None:
    line = make_line(**IN_KIND, in_kind_value_pence=100)
    plan = make_plan(category="donation", is_in_kind=True, amount_pence=60)
    assert keys(plan, line) == []
    assert keys(plan, line, UsedAmounts(in_kind_pence=50)) == ["in_kind"]


def test_the_payee_follows_the_capacity() -> None:
    assert find_payee(make_plan(), make_line()) == (GROUP, None)
    assert find_payee(make_plan(), make_line(**SERVICE)) == (GROUP, None)
    assert find_payee(make_plan(), make_line(**PERSONAL)) == (None, PERSON)
    assert find_payee(make_plan(person_id=PERSON), make_line()) == (None, PERSON)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"category": "bribe"}, "what kind"),
        ({"description": " "}, "what this is for"),
        ({"description": "x" * 501}, "at most 500"),
        ({"amount_pence": None}, "Say how much"),
        ({"amount_pence": 0, "is_in_kind": True}, "more than nothing"),
        ({"currency": "XXX"}, "Choose one of"),
        ({"vat": "some"}, "whether there is VAT"),
        ({"vat_pence": 10}, "VAT is a part"),
        ({"vat": "included", "vat_pence": 250_000}, "VAT is a part"),
    ],
)
def test_a_plan_no_agreement_could_allow_is_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        check_plan(make_plan(**changes))


def test_vat_may_be_a_part_of_the_amount() -> None:
    check_plan(make_plan(vat="included", vat_pence=41_667))


def test_every_state_is_in_the_table_and_only_its_moves_are_made() -> None:
    assert set(MOVES) == set(Payment.State.values)
    for state, to in ((one, other) for one in MOVES for other in Payment.State.values):
        if to in MOVES[state]:
            check_move(state, to)
        else:
            with pytest.raises(Refused):
                check_move(state, to)


def test_a_claim_dated_after_payment_counts_as_no_day() -> None:
    payment = Payment(claimed_on=date(2026, 3, 9))
    assert count_days_to_pay(payment, date(2026, 3, 1), date(2026, 3, 5)) == 0
    assert count_days_to_pay(Payment(), date(2026, 3, 1), date(2026, 3, 5)) == 4


@settings(max_examples=40)
@given(st.lists(st.integers(0, 90), max_size=30))
def test_the_pace_agrees_with_a_slow_count(days: list[int]) -> None:
    pace = measure_pace({day: days.count(day) for day in days}, 30)
    ordered = sorted(days)
    if not ordered:
        assert (pace.median_days, pace.within_percent) == (None, None)
        return
    middle = len(ordered) // 2
    median = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    assert pace.median_days == median
    assert pace.within_percent == round(100 * sum(day <= 30 for day in ordered) / len(ordered))


def test_the_terms_of_a_day_are_the_latest_that_have_begun() -> None:
    assert get_payment_terms(date(2026, 11, 22)).second_approval_above_pence > 0
    assert get_payment_terms(date(1999, 1, 1)) == get_payment_terms(date(2024, 1, 1))
