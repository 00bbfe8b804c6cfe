"""What the public register gives as 360Giving validates against the standard's own schema, grant by grant."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.test import Client
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.factories.disclosures import make_lead, make_paid, make_year
from tests.factories.partners import make_organisation
from tests.factories.people import NOW

SCHEMAS = Path(__file__).resolve().parents[3] / "shared" / "data" / "giving" / "schema"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SCHEMAS.exists(), reason=f"SKIPPED: the 360Giving schema is not here ({SCHEMAS})"),
]


def read_schema(name: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((SCHEMAS / name).read_text())
    # The standard writes http, which no validator knows as this draft.
    return {**found, "$schema": "https://json-schema.org/draft/2020-12/schema"}


def make_validator(schema: dict[str, object], grant: dict[str, object]) -> jsonschema.Draft202012Validator:
    """Return a validator; the package names the grant's schema by the version before."""
    resource = Resource.from_contents(grant, default_specification=DRAFT202012)
    named = str(grant["$id"])
    registry: Registry[Any] = Registry().with_resources(
        [(named, resource), (named.replace("1.4.3", "1.4.2"), resource)]
    )
    return jsonschema.Draft202012Validator(
        schema, registry=registry, format_checker=jsonschema.FormatChecker()
    )


def test_a_published_year_is_valid_360giving() -> None:
    for number in range(3):
        group = make_organisation(f"Group {number}")
        group.website = "https://group.example"
        group.save()
        if number:
            group.identifiers.create(scheme="GB-CHC", number=f"100000{number}", added_at=NOW)
        make_paid(group.id, amount_pence=123_456 + number)
        make_paid(group.id, category="sponsorship", amount_pence=50, currency="EUR")
        make_paid(group.id, category="fee", description="Reading a protocol as a group")
        make_paid(
            group.id, category="donation", is_in_kind=True, amount_pence=None, description="A hall for tea"
        )
    make_paid(make_organisation("Trust", kind="nhs_body").id, category="joint", paid_on=date(2025, 7, 1))
    make_year(make_lead())
    answer = Client().get("/register/2025/360giving.json")
    package = json.loads(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    grant_schema = read_schema("360-giving-schema.json")

    per_grant = make_validator(grant_schema, grant_schema)
    errors = [error.message for grant in package["grants"] for error in per_grant.iter_errors(grant)]
    whole = make_validator(read_schema("360-giving-package-schema.json"), grant_schema)

    assert errors == []
    assert [error.message for error in whole.iter_errors(package)] == []
    assert len(package["grants"]) == 6
    assert len({grant["id"] for grant in package["grants"]}) == 6
    assert {grant["recipientOrganization"][0]["id"][:10] for grant in package["grants"]} == {
        "GB-CHC-100", "360G-along"
    }  # fmt: skip
    for said in ("3 entries. A contracted service", "3 entries. Given in kind", "1 entries. Joint working"):
        assert said in package["description"]
