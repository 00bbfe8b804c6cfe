"""The people, partners and members of the demonstration."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from alongside.apps.base.rules import SYSTEM, Viewer
from alongside.apps.people.operations import add_organisation, add_person
from alongside.apps.people.queries import get_viewer
from alongside.demo.words import read_yaml

PARTNER_KINDS = {"nhs_trust": "nhs_body"}


@dataclass
class Cast:
    """Who is in the demonstration, by the keys of the content files."""

    viewers: dict[str, Viewer] = field(default_factory=dict)
    partners: dict[str, UUID] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Viewer:
        return self.viewers[key]

    def person_id(self, key: str) -> UUID:
        """Return the id of somebody with an account."""
        return self.viewers[key].own_id


def add_cast(at: datetime) -> Cast:
    """Add everybody with an account, and the partners."""
    words = read_yaml("organisation.yaml")
    cast = Cast()
    own = words["organisation"]
    home = add_organisation(
        name=own["name"], kind="own", purpose=own["about"].strip(), website=own["website"], by=SYSTEM, at=at
    )
    for one in words["partners"]:
        kind = PARTNER_KINDS.get(one["kind"], one["kind"])
        partner = add_organisation(
            name=one["name"],
            kind=kind,
            purpose=one["what_they_do"],
            reach=one["reach"],
            nation=one["nation"],
            website=one["website"],
            by=SYSTEM,
            at=at,
        )
        cast.partners[one["key"]] = partner.id
    for one in words["people"]:
        person = add_person(
            email=one["email"],
            name=one["name"],
            roles=one["roles"],
            by=SYSTEM,
            at=at,
            organisation_id=cast.partners[one["organisation"]] if "organisation" in one else home.id,
            demo_purpose=one["come_to_do"] if one["demo_login"] else "",
        )
        cast.viewers[one["key"]] = get_viewer(person)
    return cast
