"""Each rule of the shipped set is broken by a case, and kept by its mended twin."""

from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from alongside.science.rules import judge, judge_fields, read_book
from alongside.science.values.rules import Facts, FactValue, RuleBook

ON = date(2026, 11, 22)


def load() -> RuleBook:
    return read_book(
        yaml.safe_load((files("alongside.content") / "rules" / "abpi-2024.yaml").read_text("utf-8"))
    )


BOOK = load()
GRANT: dict[str, FactValue] = {"kind": "grant", "capacity": "organisation"}
SERVICE: dict[str, FactValue] = {"kind": "service", "capacity": "representing"}
YEAR: dict[str, FactValue] = {"year_ends_on": date(2025, 12, 31), "published_on": date(2026, 6, 30)}


def outcomes(subject: str, facts: dict[str, FactValue]) -> dict[str, str]:
    return {one.rule: one.outcome for one in judge(BOOK, subject, Facts.of(**facts))}


def test_a_grant_to_a_person_is_in_the_way() -> None:
    assert outcomes("agreement", {**GRANT, "payee": "person"})["not-to-a-person"] == "block"
    assert outcomes("funding", {**GRANT, "payee": "organisation"})["not-to-a-person"] == "pass"


def test_an_agreement_signed_after_the_start_is_in_the_way() -> None:
    late = {**GRANT, "starts_on": ON, "signed_on": ON + timedelta(days=1)}
    assert outcomes("agreement", late)["signed-before-start"] == "block"
    assert outcomes("agreement", {**late, "signed_on": ON})["signed-before-start"] == "pass"


def test_an_agreement_certified_after_the_start_is_in_the_way() -> None:
    late = {**GRANT, "starts_on": ON, "certified_on": ON + timedelta(days=1)}
    assert outcomes("agreement", late)["certified-before-start"] == "block"
    assert outcomes("agreement", {**late, "certified_on": ON})["certified-before-start"] == "pass"


@pytest.mark.parametrize("subject", ["agreement", "payment", "service"])
def test_a_person_paid_while_representing_a_group_is_in_the_way(subject: str) -> None:
    assert outcomes(subject, {**SERVICE, "payee": "person"})["payee-fits-the-capacity"] == "block"
    assert outcomes(subject, {**SERVICE, "payee": "organisation"})["payee-fits-the-capacity"] == "pass"
    assert "payee-fits-the-capacity" not in outcomes(
        subject, {"kind": "service", "capacity": "themselves", "payee": "person"}
    )


def test_a_medicine_name_in_a_donation_asks_for_a_look() -> None:
    donation: dict[str, FactValue] = {
        "kind": "donation",
        "title": "The  Methotrexate club",
        "description": "Tea",
    }
    assert outcomes("agreement", donation)["no-medicine-in-the-name"] == "warn"
    assert (
        outcomes("agreement", {**donation, "title": "The Thursday club"})["no-medicine-in-the-name"] == "pass"
    )


def test_sole_funder_wording_asks_for_a_look() -> None:
    worded = {**GRANT, "the_paper": "We are the\nexclusive  sponsor of it."}
    assert outcomes("agreement", worded)["never-the-only-funder"] == "warn"
    assert (
        outcomes("agreement", {**worded, "the_paper": "Others are welcome."})["never-the-only-funder"]
        == "pass"
    )


@pytest.mark.parametrize("subject", ["agreement", "event", "publication"])
def test_a_missing_declaration_of_involvement_is_in_the_way(subject: str) -> None:
    assert outcomes(subject, {**GRANT, "declaration": " "})["involvement-is-declared"] == "block"
    assert outcomes(subject, {**GRANT, "declaration": "Paid by us."})["involvement-is-declared"] == "pass"


@pytest.mark.parametrize(
    ("rule", "kind", "fact"),
    [
        ("something-is-given", "grant", "amount_pence"),
        ("something-is-given", "donation", "in_kind_description"),
        ("nothing-in-return", "grant", "nothing_in_return"),
        ("the-group-decides", "sponsorship", "hands_off"),
        ("no-inducement", "service", "not_an_inducement"),
    ],
)
def test_what_an_agreement_must_promise_is_in_the_way_while_missing(rule: str, kind: str, fact: str) -> None:
    given: FactValue = 500 if fact.endswith("pence") else "Chairs" if "kind" in fact else True
    assert outcomes("agreement", {"kind": kind})[rule] == "block"
    assert outcomes("agreement", {"kind": kind, fact: given})[rule] == "pass"


@pytest.mark.parametrize("facts", [{}, {"summary_public_on": ON + timedelta(days=1)}])
def test_a_joint_project_without_a_public_summary_may_not_start(facts: dict[str, FactValue]) -> None:
    assert outcomes("project", {"starts_on": ON, **facts})["public-summary-before-start"] == "block"
    kept: dict[str, FactValue] = {"starts_on": ON, "summary_public_on": ON}
    assert outcomes("project", kept)["public-summary-before-start"] == "pass"


@pytest.mark.parametrize("subject", ["payment", "claim"])
def test_a_fee_mixed_with_an_expense_is_in_the_way(subject: str) -> None:
    mixed: dict[str, FactValue] = {"fee_pence": 5500, "expenses_pence": 1240}
    assert outcomes(subject, mixed)["fee-and-expense-apart"] == "block"
    assert outcomes(subject, {**mixed, "expenses_pence": 0})["fee-and-expense-apart"] == "pass"
    assert outcomes(subject, {"fee_pence": 5500})["fee-and-expense-apart"] == "pass"


def test_hospitality_without_educational_content_is_in_the_way() -> None:
    lunch: dict[str, FactValue] = {"hospitality_pence": 1800}
    assert outcomes("event", lunch)["education-before-hospitality"] == "block"
    taught: dict[str, FactValue] = {**lunch, "educational_content": "Reading a trial"}
    assert outcomes("event", taught)["education-before-hospitality"] == "pass"
    assert "education-before-hospitality" not in outcomes("event", {"hospitality_pence": 0})


@pytest.mark.parametrize("subject", ["event", "claim", "payment"])
def test_a_carer_cost_without_a_need_asks(subject: str) -> None:
    assert outcomes(subject, {"carer_cost_pence": 4000})["carer-cost-needs-a-need"] == "ask"
    kept: dict[str, FactValue] = {"carer_cost_pence": 4000, "carer_need": True}
    assert outcomes(subject, kept)["carer-cost-needs-a-need"] == "pass"
    assert "carer-cost-needs-a-need" not in outcomes(subject, {})


def test_somebody_who_only_comes_along_is_in_the_way_and_a_venue_needs_its_reason() -> None:
    found = outcomes("event", {"accompanying_persons": 1, "venue": "A castle"})
    assert (found["nobody-comes-along"], found["venue-has-its-reason"]) == ("block", "ask")
    kept = outcomes("event", {"venue": "A library", "venue_reason": "Step-free, beside the station"})
    assert (kept["nobody-comes-along"], kept["venue-has-its-reason"]) == ("pass", "pass")


def test_a_logo_without_its_manner_of_use_is_in_the_way() -> None:
    assert outcomes("event", {"uses_logo": True})["logo-needs-its-manner"] == "block"
    used: dict[str, FactValue] = {"uses_logo": True, "logo_use": "On the poster"}
    assert outcomes("event", used)["logo-needs-its-manner"] == "pass"
    assert "logo-needs-its-manner" not in outcomes("event", {"uses_logo": False})


def test_a_need_written_after_choosing_and_more_people_than_needed_are_in_the_way() -> None:
    late: dict[str, FactValue] = {
        "need_recorded_on": ON, "invited_on": ON - timedelta(days=1), "number_engaged": 4, "number_needed": 3,
    }  # fmt: skip
    found = outcomes("service", late)
    assert (found["need-before-choosing"], found["no-more-than-needed"]) == ("block", "block")
    kept = outcomes("service", {**late, "invited_on": ON, "number_engaged": 3})
    assert (kept["need-before-choosing"], kept["no-more-than-needed"]) == ("pass", "pass")


def test_a_groups_submission_written_by_a_funder_is_in_the_way() -> None:
    funder: dict[str, FactValue] = {
        "author_organisation": "us", "submitting_organisation": "the group", "author_funds_the_group": True,
    }  # fmt: skip
    found = outcomes("submission", funder)
    assert (found["a-group-writes-its-own"], found["no-funder-writes-it"]) == ("block", "block")
    own = {**funder, "author_organisation": "the group", "author_funds_the_group": False}
    assert set(outcomes("submission", own).values()) == {"pass"}


def test_a_disclosure_row_with_neither_value_nor_description_is_in_the_way() -> None:
    row: dict[str, FactValue] = {"description": "Rooms for a year", "organisation_name": "Side Door"}
    assert outcomes("disclosure_row", row)["value-or-description"] == "block"
    assert outcomes("disclosure_row", {**row, "value_pence": 0})["value-or-description"] == "pass"
    assert (
        outcomes("disclosure_row", {**row, "non_monetary_description": "Rooms"})["value-or-description"]
        == "pass"
    )
    assert outcomes("disclosure_row", {})["row-says-enough"] == "block"


def test_a_year_published_late_asks_for_a_look_and_one_in_time_does_not() -> None:
    assert outcomes("disclosure", {**YEAR, "published_on": date(2026, 7, 1)})["published-in-time"] == "warn"
    assert outcomes("disclosure", YEAR)["published-in-time"] == "pass"


def test_a_year_taken_down_or_thrown_away_too_early_is_in_the_way() -> None:
    early = {**YEAR, "public_until": date(2029, 6, 29), "keep_until": date(2030, 12, 30)}
    found = outcomes("disclosure", early)
    assert (found["public-long-enough"], found["kept-long-enough"]) == ("block", "block")
    kept = outcomes(
        "disclosure", {**early, "public_until": date(2029, 6, 30), "keep_until": date(2030, 12, 31)}
    )
    assert (kept["public-long-enough"], kept["kept-long-enough"]) == ("pass", "pass")
    assert outcomes("disclosure", YEAR)["methodology-note"] == "block"


def test_every_rule_of_the_shipped_set_is_broken_here() -> None:
    source = Path(__file__).read_text("utf-8")
    assert [rule.key for rule in BOOK.rules if f'"{rule.key}"' not in source] == []


def test_no_rule_claims_to_be_verified_by_a_lawyer() -> None:
    assert "not verified by a lawyer" in BOOK.verified_by
    assert all(rule.verified_by and rule.source and rule.verified_on for rule in BOOK.rules)


def test_a_field_a_paper_must_have_is_missed_until_it_says_something() -> None:
    fields = BOOK.list_fields("grant", "organisation")
    missing = {one.fact for one in judge_fields(fields, Facts())}

    assert missing == {one.key for one in fields if one.is_required}
    assert not judge_fields(fields, Facts(tuple((one.key, "words") for one in fields)))
