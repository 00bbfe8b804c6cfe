"""Our checks of published grants beside jsonschema and the real schema, on real files and on spoiled grants."""

import json
import random
from collections import Counter
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from alongside.adapters.files.giving import open_giving
from alongside.adapters.files.giving.checks import check_grant
from alongside.adapters.files.giving.codes import read_codes
from alongside.cli.main import group

GIVING = Path(__file__).resolve().parents[2].parent / "shared/data/giving"
PUBLISHED = GIVING / "published"
LLOYDS = PUBLISHED / "lloyds-bank-foundation-ew_4116-grants.json"
pytestmark = pytest.mark.skipif(
    not LLOYDS.exists(), reason="SKIPPED: no published grants at ../shared/data/giving/published"
)


@lru_cache
def validator() -> Draft202012Validator:
    schema = json.loads((GIVING / "schema/360-giving-schema.json").read_text("utf-8"))
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def count_theirs(grants: list[dict[str, Any]]) -> list[int]:
    return [sum(1 for _error in validator().iter_errors(grant)) for grant in grants]


@pytest.mark.parametrize("path", sorted(PUBLISHED.glob("*.json")), ids=lambda path: path.name[:20])
def test_a_real_file_has_the_same_bad_rows_and_the_same_number_of_errors(path: Path) -> None:
    grants = json.loads(path.read_text("utf-8"))["grants"]
    ours = [len(one.problems) for one in open_giving(path, path.name).grants()]
    assert ours == count_theirs(grants)


def test_the_file_with_4121_errors_is_counted_and_written_down(tmp_path: Path) -> None:
    answer = CliRunner().invoke(group, ["giving", str(LLOYDS), "--out", str(tmp_path), "--json"])
    counts = json.loads(answer.stdout)
    assert counts == {"read": 4116, "valid": 0, "rows_with_errors": 4116, "errors": 4121}
    assert len((tmp_path / "bad-rows.csv").read_text("utf-8").splitlines()) == 4122


def test_the_workbook_says_what_the_package_says() -> None:
    package = PUBLISHED / "andrew-lloyd-webber-foundation_475-grants.json"
    book = PUBLISHED / "andrew-lloyd-webber-foundation_original.xlsx"
    theirs, ours = ([one.value for one in open_giving(path, path.name).grants()] for path in (package, book))
    assert len(theirs) == len(ours) == 475
    for one, other in zip(theirs, ours, strict=True):
        assert one is not None
        assert other is not None
        assert (one.id, one.amount_pence, one.awarded_on) == (other.id, other.amount_pence, other.awarded_on)
        assert one.recipient == other.recipient


def test_our_lists_of_codes_are_those_of_the_schema() -> None:
    schema: Any = validator().schema
    assert read_codes()["currency"] == set(schema["$defs"]["currency"]["enum"])
    assert read_codes()["country"] == set(schema["$defs"]["Location"]["properties"]["countryCode"]["enum"])


WRONG: tuple[object, ...] = (
    None,
    3,
    2.5,
    True,
    "",
    "x",
    "2026-02-30",
    "2026-03-27",
    "2026-03-27T10:00:00Z",
    [],
    {},
    ["x"],
    [{}],
    [None],
)
RICH: dict[str, Any] = {
    "id": "a", "title": "t", "description": "d", "currency": "GBP", "amountAwarded": 1, "amountAppliedFor": 2,
    "amountDisbursed": 1, "awardDate": "2026-03-27", "url": "https://a.example", "fromOpenCall": "Yes",
    "recipientOrganization": [{"id": "r", "name": "n", "url": "u", "location": [{"latitude": 1.5}]}],
    "fundingOrganization": [{"id": "f", "name": "n", "organisationType": None, "dateModified": "2026-03-27T10:00:00Z"}],
    "plannedDates": [{"startDate": "2026-03", "endDate": "2027", "duration": 12, "title": "t"}],
    "actualDates": [{"startDate": "2026-03-27"}],
    "beneficiaryLocation": [{"name": "n", "countryCode": "GB", "latitude": None, "geoCodeType": "LSOA"}],
    "grantProgramme": [{"code": "c", "title": "t", "url": None}], "relatedActivity": ["x"],
    "toIndividualsDetails": {"primaryGrantReason": "GTIR010", "grantPurpose": ["GTIP010"]},
    "classifications": [{"vocabulary": "v", "code": "c"}], "fundingType": [{"vocabulary": "v", "code": "c"}],
    "relatedDocument": [{"id": "i", "title": None, "documentType": None}],
    "commitmentTransaction": [{"id": "i", "transactionDate": "2026-03-27", "currency": "GBP", "value": 1}],
    "disbursementTransaction": [{"valueDate": "2026-03-27", "provider": None}], "dataSource": None,
    "applicationTransaction": [], "dateModified": "2026-03-27T10:00:00Z", "regrantType": "FRG010",
}  # fmt: skip
# Lists the schema names beside it and does not enforce; ours does.
CLOSED = ("regrantType", "locationScope", "primaryGrantReason", "secondaryGrantReason", "grantPurpose")


def spoil(grant: dict[str, Any], chance: random.Random) -> list[str]:
    """Put something wrong somewhere into a grant; return the path to it."""
    node: Any = grant
    path: list[str] = []
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return path
        key = chance.choice(keys)
        path.append(str(key))
        if isinstance(node[key], dict | list) and node[key] and chance.random() < 0.6:
            node = node[key]
        elif isinstance(node, dict) and chance.random() < 0.25:
            del node[key]
            return path
        else:
            node[key] = deepcopy(chance.choice(WRONG))
            return path


def test_spoiled_grants_have_the_same_number_of_errors_as_the_schema_finds() -> None:
    chance, differ = random.Random(20261122), Counter[str]()
    for number in range(600):
        grant = deepcopy(RICH)
        paths = [spoil(grant, chance) for _ in range(chance.randint(1, 3))]
        if any(set(path) & set(CLOSED) for path in paths):
            continue
        found = check_grant(number, grant, {}).problems
        ours = sum(1 for one in found if "no such day" not in one.cure)  # the schema lets 2026-02-30 stand
        (theirs,) = count_theirs([grant])
        if ours != theirs:
            differ[f"{paths}: {ours}, not {theirs}: {[one.field for one in found]}"] += 1
    assert not differ, differ.most_common(3)
