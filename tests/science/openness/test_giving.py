"""What 360Giving can carry becomes a package; what it cannot is counted with its reason, never bent."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from alongside.science.openness import digest_text, make_package, split_grants, write_canonical
from alongside.science.values.openness import GivingOrganisation, GivingRow, GivingTerms

TERMS = GivingTerms(
    ("grant", "donation"), "ABPI", {"services": "Work.", "unvalued": "No value.", "joint": "Joint."}
)
GROUP = GivingOrganisation(UUID(int=3), "Second Stair", "GB-CHC-1234567", "https://secondstair.example")
US = GivingOrganisation(UUID(int=1), "Merrowdale", "", "")
ROW = GivingRow(
    2025, "00001", "organisations", "grant", "Grant", "Phone friends", "A year of them", 123_450, "GBP",
    date(2025, 1, 9), GROUP, "2026-06-12T10:00:00Z",
)  # fmt: skip


def package(*rows: GivingRow, publisher: GivingOrganisation = US) -> dict[str, object]:
    made = make_package(
        rows, publisher=publisher, prefix="360G-merrowdale", terms=TERMS, title="T", description="D",
        issued_on=date(2026, 6, 12), licence="https://creativecommons.org/licenses/by/4.0/",
    )  # fmt: skip
    return dict(made)


def test_what_cannot_be_said_is_counted_with_its_reason() -> None:
    rows = [
        ROW, replace(ROW, amount_pence=None), replace(ROW, category="contracted_service"),
        replace(ROW, list="joint"), replace(ROW, category="contracted_service"),
    ]  # fmt: skip

    grants, left_out = split_grants(rows, TERMS)

    assert grants == (ROW,)
    assert [(one.rows, one.because) for one in left_out] == [(2, "Work."), (1, "No value."), (1, "Joint.")]


def test_a_grant_names_amount_day_and_both_sides() -> None:
    grants: Any = package(ROW)["grants"]
    grant = grants[0]

    assert grant["id"] == "360G-merrowdale-2025-00001"
    assert grant["amountAwarded"] == 1234.5
    assert grant["awardDate"] == "2025-01-09"
    assert grant["recipientOrganization"] == [
        {"id": "GB-CHC-1234567", "name": "Second Stair", "url": "https://secondstair.example"}
    ]
    assert grant["fundingOrganization"][0]["id"] == f"360G-merrowdale-{US.id}"
    assert grant["fundingType"] == [{"vocabulary": "ABPI", "code": "grant", "title": "Grant"}]


def test_a_publisher_with_a_site_and_a_number_is_named_with_them() -> None:
    assert package(publisher=GROUP)["publisher"] == {
        "name": "Second Stair", "identifier": "GB-CHC-1234567", "website": "https://secondstair.example"
    }  # fmt: skip
    assert "website" not in package()["publisher"]  # type: ignore[operator]


def test_a_document_has_one_checksum_whatever_the_order_of_its_keys() -> None:
    assert write_canonical({"b": 1, "a": "ü"}) == '{"a":"ü","b":1}'
    assert digest_text(write_canonical({"b": 1, "a": 2})) == digest_text(write_canonical({"a": 2, "b": 1}))
    assert digest_text("x", after="y") != digest_text("x")
    with pytest.raises(ValueError):
        write_canonical({"a": float("nan")})
