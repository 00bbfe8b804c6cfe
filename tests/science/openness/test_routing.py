"""Nothing is lost on the way to the lists: every payment stands in exactly one place, sums are the sums of rows."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.science.openness import route_year, sum_rows
from alongside.science.openness.routing import _make_row
from alongside.science.values.openness import PaidFact, RoutingTerms

LEFT_OUT = {
    "own": "Ours.",
    "company": "A company.",
    "person": "Neither fee nor expense.",
    "unknown": "No rule.",
}
LISTS = {"patient_group": "organisations", "nhs_body": "joint"}
NAMES = {
    "organisations": {"grant": "grant", "fee": "contracted_service", "donation": "donation"},
    "joint": {"grant": "grant", "joint": "joint_working"},
}


def terms(row_per: str = "payment") -> RoutingTerms:
    return RoutingTerms(LISTS, NAMES, LEFT_OUT, row_per)


def make_fact(number: int, **changes: object) -> PaidFact:
    values: dict[str, object] = {
        "id": UUID(int=number), "agreement_id": UUID(int=1), "agreement_reference": "AG-1", "agreement_title": "Tea",
        "agreed_on": None, "organisation_id": UUID(int=7), "organisation_kind": "patient_group", "person_id": None,
        "capacity": "organisation", "category": "grant", "description": "Phone friends", "is_in_kind": False,
        "amount_pence": 100, "currency": "GBP", "vat": "none", "is_event_related": False, "affiliate": "",
        "paid_on": date(2025, 1, 1),
    }  # fmt: skip
    return PaidFact(**{**values, **changes})  # type: ignore[arg-type]


@st.composite
def facts(draw: st.DrawFn) -> list[PaidFact]:
    found = []
    for number in range(draw(st.integers(0, 12))):
        is_person = draw(st.booleans())
        is_in_kind = not is_person and draw(st.booleans())
        amount = draw(st.integers(1, 10**9)) if not is_in_kind or draw(st.booleans()) else None
        kind = draw(st.sampled_from(["patient_group", "nhs_body", "company", "own", "circus"]))
        found.append(
            make_fact(
                number + 10,
                agreement_id=UUID(int=draw(st.integers(1, 3))),
                organisation_id=None if is_person else UUID(int=draw(st.integers(1, 4))),
                organisation_kind="" if is_person else kind,
                person_id=UUID(int=99) if is_person else None,
                capacity="themselves" if is_person else "organisation",
                category=draw(st.sampled_from(["grant", "fee", "expense", "donation", "joint"])),
                is_in_kind=is_in_kind,
                amount_pence=amount,
                currency=draw(st.sampled_from(["GBP", "EUR"])),
            )
        )
    return found


@settings(max_examples=60)
@given(facts(), st.sampled_from(["payment", "agreement"]))
def test_every_payment_stands_in_exactly_one_place(paid: list[PaidFact], row_per: str) -> None:
    routed = route_year(paid, terms(row_per))

    places = [one for row in routed.rows for one in row.payment_ids]
    places += [fact.id for fact in routed.people] + [one.id for one in routed.left_out]
    assert sorted(places) == sorted(fact.id for fact in paid)
    assert len({row.source_key for row in routed.rows}) == len(routed.rows)
    assert all(one.because for one in routed.left_out)


@settings(max_examples=60)
@given(facts(), st.sampled_from(["payment", "agreement"]))
def test_sums_are_those_of_the_payments_and_nothing_becomes_nought(
    paid: list[PaidFact], row_per: str
) -> None:
    routed = route_year(paid, terms(row_per))
    listed = {one for row in routed.rows for one in row.payment_ids}

    totals = sum_rows(routed.rows)

    assert sum(one.amount_pence for one in totals) == sum(
        fact.amount_pence or 0 for fact in paid if fact.id in listed
    )
    assert sum(one.rows for one in totals) == len(routed.rows)
    assert sum(one.unvalued for one in totals) == sum(
        fact.amount_pence is None for fact in paid if fact.id in listed
    )
    assert all(row.amount_pence != 0 for row in routed.rows)


def test_payments_of_one_agreement_make_one_row_where_the_rules_say_so() -> None:
    one = make_fact(1, amount_pence=100, paid_on=date(2025, 2, 1))
    other = make_fact(2, amount_pence=250, paid_on=date(2025, 6, 1), description="Second half")

    (row,) = route_year([one, other], terms("agreement")).rows

    assert (row.amount_pence, row.paid_on, row.description) == (
        350, date(2025, 6, 1), "Phone friends; Second half"
    )  # fmt: skip


def test_a_company_is_left_out_with_its_reason_and_a_stranger_with_another() -> None:
    routed = route_year(
        [make_fact(1, organisation_kind="company"), make_fact(2, organisation_kind="circus")], terms()
    )

    assert [one.because for one in routed.left_out] == ["A company.", "No rule."]


def test_a_person_who_got_a_grant_is_left_out_and_said() -> None:
    fact = make_fact(1, organisation_id=None, person_id=UUID(int=5), capacity="themselves")

    assert route_year([fact], terms()).left_out[0].because == "Neither fee nor expense."


def test_a_row_is_about_an_organisation() -> None:
    with pytest.raises(ValueError, match="about an organisation"):
        _make_row("organisations", "grant", "1", [make_fact(1, organisation_id=None)])
