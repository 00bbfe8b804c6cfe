"""Published grants are read from JSON and tables, and every fault in one is told with what would mend it."""

import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.adapters.files import FileRefused
from alongside.adapters.files import giving as giving_module
from alongside.adapters.files.giving import open_giving
from alongside.adapters.files.giving.checks import check_grant
from alongside.adapters.files.giving.shapes import show
from alongside.adapters.files.giving.tables import make_grant
from alongside.science.values.giving import CheckedGrant, GrantParty

GOOD: dict[str, Any] = {
    "id": "360G-Halfpenny-1",
    "title": "Phone friends",
    "description": "A year of calls",
    "currency": "GBP",
    "amountAwarded": 1250.5,
    "awardDate": "2026-03-27",
    "fundingOrganization": [{"id": "GB-CHC-1000001", "name": "Halfpenny Trust"}],
    "recipientOrganization": [{"id": "GB-CHC-1000002", "name": "Side Door", "url": "side.example"}],
    "grantProgramme": [{"title": "Listening"}],
    "plannedDates": [{"startDate": "2026-04", "endDate": "2027-03-31", "duration": 12}],
    "fromOpenCall": "Yes",
    "dateModified": "2026-04-01T09:00:00Z",
}


def check(**changes: Any) -> CheckedGrant:
    grant = deepcopy(GOOD)
    for name, value in changes.items():
        if value is None:
            del grant[name]
        else:
            grant[name] = value
    return check_grant(1, grant, {})


def test_a_good_grant_becomes_a_value() -> None:
    checked = check()
    assert checked.problems == ()
    assert checked.hints == ("recipientOrganization/url: “side.example” has no https:// before it.",)
    value = checked.value
    assert value is not None
    assert (value.amount_pence, value.awarded_on) == (125_050, date(2026, 3, 27))
    assert value.recipient == GrantParty("GB-CHC-1000002", "Side Door")
    assert value.programme == "Listening"


def test_a_person_is_never_named() -> None:
    checked = check(recipientOrganization=None, recipientIndividual={"id": "x", "name": "Ann"})
    assert checked.value is not None
    assert checked.value.recipient is None
    assert "Ann" not in str(checked.value)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"description": None}, "description", "Add “description”."),
        ({"recipientOrganization": None}, "recipientOrganization", "recipientOrganization or"),
        ({"recipientIndividual": {"id": "x", "name": "n"}}, "recipientIndividual", "keep one"),
        ({"amountAwarded": "1250"}, "amountAwarded", "as a number"),
        ({"amountAwarded": True}, "amountAwarded", "as a number"),
        ({"amountAwarded": 10**16}, "amountAwarded", "too large"),
        ({"awardDate": "27/03/2026"}, "awardDate", "2026-03-27"),
        ({"awardDate": "2026-02-30"}, "awardDate", "no such day"),
        ({"awardDate": "2026-02-30T10:00:00Z"}, "awardDate", "Write the date"),
        ({"dateModified": "2026-02-03"}, "dateModified", "with a time"),
        ({"dateModified": 3}, "dateModified", "as text"),
        ({"currency": "Pounds"}, "currency", "three letters"),
        ({"fromOpenCall": "Y"}, "fromOpenCall", "Yes or No"),
        ({"regrantType": "FRG999"}, "regrantType", "FRG010"),
        ({"regrantType": 3}, "regrantType", "as text"),
        ({"title": 3}, "title", "as text"),
        ({"title": "a\x00b"}, "title", "no text"),
        ({"title": "\ud800"}, "title", "no text"),
        ({"id": "x" * 201}, "id", "under 200"),
        ({"fundingOrganization": []}, "fundingOrganization", "at least one"),
        ({"fundingOrganization": {}}, "fundingOrganization", "as a list"),
        ({"fundingOrganization": ["x"]}, "fundingOrganization/0", "as an object"),
        ({"fundingOrganization": [{"id": "x"}]}, "fundingOrganization/0/name", "Add “name”"),
        ({"plannedDates": [{"duration": -1}]}, "plannedDates/0/duration", "0 or more"),
        ({"plannedDates": [{"startDate": "soon"}]}, "plannedDates/0/startDate", "Write the date"),
        (
            {"beneficiaryLocation": [{"countryCode": "UK"}]},
            "beneficiaryLocation/0/countryCode",
            "two letters",
        ),
    ],
)
def test_each_fault_is_told_with_its_field_and_what_would_mend_it(
    changes: dict[str, Any], field: str, words: str
) -> None:
    checked = check(**changes)
    (problem,) = checked.problems
    assert (problem.field, checked.value) == (field, None)
    assert words in problem.cure


def test_what_is_no_grant_and_what_comes_twice_is_told() -> None:
    seen: dict[str, int] = {}
    assert check_grant(1, "grant", seen).problems[0].cure.startswith("Write each grant as an object")
    assert check_grant(2, GOOD, seen).problems == ()
    assert "Grant 2 has this identifier too" in check_grant(3, GOOD, seen).problems[0].cure
    assert check_grant(4, {**GOOD, "fundingOrganization": 3, "id": 4}, seen).value is None
    assert show({1, 2}).startswith("{")


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_package_is_read_grant_by_grant(tmp_path: Path) -> None:
    bad = {**GOOD, "id": "2", "currency": "X"}
    path = write(tmp_path, "g.json", "\ufeff" + json.dumps({"version": 1.4, "grants": [GOOD, bad]}))
    opened = open_giving(path, path.name)
    grants = list(opened.grants())
    assert [bool(one.value) for one in grants] == [True, False]
    assert (opened.total, len(opened.deviations)) == (2, 1)
    assert list(open_giving(path, path.name).grants()) == grants


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("g.pdf", "x", "does not end as"),
        ("g.json", "{", "Line 1: it is not JSON"),
        ("g.json", "[]", "bare list"),
        ("g.json", "{}", "no list “grants”"),
        ("g.json", '{"grants": []}', "list is empty"),
        ("g.json", '{"grants": [NaN]}', "NaN"),
        ("g.json", b"\xff{}", "not UTF-8"),
        ("g.json", "[" * 100_000, "nested too deeply"),
        ("g.json", '{"grants": [' + "9" * 5000 + "]}", "too many digits"),
        ("g.csv", "Name,Amount\nx,1\n", "titles of the standard"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    tmp_path: Path, name: str, content: str | bytes, words: str
) -> None:
    with pytest.raises(FileRefused, match=words):
        open_giving(write(tmp_path, name, content), name)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(giving_module, "MOST_BYTES", 3)
    with pytest.raises(FileRefused, match="larger"):
        open_giving(write(tmp_path, "g.json", "{}  "), "g.json")


TABLE = (
    "Identifier,Title,Description,Currency,Amount Awarded,Award Date,Planned Dates:Duration (months),"
    "Recipient Org:Identifier,Recipient Org:Name,Funding Org:Identifier,Funding Org:Name,Grant Programme: Title,"
    "Last modified,Colour\n"
)


def test_a_table_with_the_documented_titles_is_read_alike(tmp_path: Path) -> None:
    rows = (
        "360G-1,Phone friends,Calls,GBP,1250.50,2026-03-27 00:00:00,12,GB-CHC-2,Side Door,GB-CHC-1,Trust,Listening,"
        "2026-04-01,red\n,,,,,,,,,,,,,\n"
        '360G-2,Phone friends,Calls,GBP,"1,250",27/03/2026,nan,GB-CHC-2,Side Door,GB-CHC-1,Trust,,,\n'
    )
    opened = open_giving(write(tmp_path, "g.csv", TABLE + rows), "g.csv")
    good, bad = opened.grants()
    assert good.value is not None
    assert (good.value.amount_pence, good.value.programme) == (125_050, "Listening")
    assert {one.field for one in bad.problems} == {"amountAwarded", "awardDate", "plannedDates/0/duration"}
    assert "“Colour”" in opened.deviations[0]
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (
        [*TABLE.strip().split(",")],
        ["360G-1", "T", "D", "GBP", 5, date(2026, 3, 27), None, "R", "R", "F", "F"],
    ):
        book.active.append(row)
    book.save(tmp_path / "g.xlsx")
    (from_book,) = open_giving(tmp_path / "g.xlsx", "g.xlsx").grants()
    assert from_book.problems == ()


def test_purposes_in_one_cell_become_a_list() -> None:
    assert make_grant(("GTIP010; GTIP020",), ("toIndividualsDetails/grantPurpose",)) == {
        "toIndividualsDetails": {"grantPurpose": ["GTIP010", "GTIP020"]}
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**17) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(list(GOOD)), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=60)
@given(st.sampled_from(list(GOOD)), JSON)
def test_whatever_stands_in_a_field_is_told_and_never_breaks(name: str, value: object) -> None:
    checked = check_grant(1, {**GOOD, name: value}, {})
    assert (checked.value is None) == bool(checked.problems)
