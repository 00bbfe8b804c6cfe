"""Accounts, roles and partners."""

import pytest

from alongside.apps.base.rules import SYSTEM, Refused
from alongside.apps.people.models import Organisation, Person, RoleGrant
from alongside.apps.people.operations import add_organisation, add_person, end_role, give_role, set_active
from alongside.apps.people.queries import (
    get_names,
    get_person,
    get_viewer,
    get_viewer_by_id,
    is_empty_installation,
    list_demo_people,
    list_organisations,
    list_people,
    list_people_with_permission,
)
from alongside.apps.people.rules import PERMISSIONS, ROLES, check_demo
from tests.factories.people import NOW, make_person, make_viewer

pytestmark = pytest.mark.django_db


def test_only_an_administrator_adds_people() -> None:
    with pytest.raises(Refused, match="manage people"):
        add_person(email="a@example.org", name="A", roles=[], by=make_viewer("engagement_lead"), at=NOW)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"email": "nobody"}, "is not an e-mail address"),
        ({"name": "  "}, "Enter the person's name"),
        ({"roles": ["king"]}, "“king” is not a role"),
    ],
)
def test_a_wrong_account_is_refused_with_what_would_do(changes: dict[str, object], reason: str) -> None:
    account: dict[str, object] = {"email": "a@example.org", "name": "A", "roles": ["analyst"], **changes}
    with pytest.raises(Refused, match=reason):
        add_person(by=SYSTEM, at=NOW, **account)  # type: ignore[arg-type]
    assert not Person.objects.exists()


def test_an_e_mail_address_belongs_to_one_person_whatever_its_capitals() -> None:
    make_person(email="Ada@example.org")
    with pytest.raises(Refused, match="already here"):
        make_person(email="ADA@EXAMPLE.ORG")


def test_a_role_counts_from_when_it_is_given_until_it_is_ended() -> None:
    person = make_person()
    give_role(person_id=person.id, role="analyst", by=SYSTEM, at=NOW)
    give_role(person_id=person.id, role="analyst", by=SYSTEM, at=NOW)
    assert get_viewer(person).may("find_themes")
    end_role(person_id=person.id, role="analyst", by=SYSTEM, at=NOW)
    assert not get_viewer(person).may("find_themes")
    assert RoleGrant.objects.get().ended_at == NOW
    with pytest.raises(Refused, match="does not hold the role “Analyst”"):
        end_role(person_id=person.id, role="analyst", by=SYSTEM, at=NOW)


def test_the_last_administrator_stays() -> None:
    person = make_person("administrator")
    with pytest.raises(Refused, match="last administrator"):
        end_role(person_id=person.id, role="administrator", by=SYSTEM, at=NOW)
    make_person("administrator")
    end_role(person_id=person.id, role="administrator", by=SYSTEM, at=NOW)


def test_the_account_of_the_last_administrator_is_not_closed() -> None:
    person = make_person("administrator")
    with pytest.raises(Refused, match="last administrator"):
        set_active(person_id=person.id, is_active=False, by=SYSTEM, at=NOW)
    other = make_person("administrator")
    set_active(person_id=other.id, is_active=False, by=SYSTEM, at=NOW)
    with pytest.raises(Refused, match="last administrator"):
        set_active(person_id=person.id, is_active=False, by=SYSTEM, at=NOW)
    set_active(person_id=other.id, is_active=True, by=SYSTEM, at=NOW)
    set_active(person_id=person.id, is_active=False, by=SYSTEM, at=NOW)


def test_a_patient_partner_is_no_colleague_too() -> None:
    with pytest.raises(Refused, match="no other role"):
        make_person("patient_partner", "clinician")
    person = make_person("patient_partner")
    with pytest.raises(Refused, match="no other role"):
        give_role(person_id=person.id, role="administrator", by=SYSTEM, at=NOW)
    give_role(person_id=person.id, role="patient_partner", by=SYSTEM, at=NOW)
    assert get_viewer(person).roles == {"patient_partner"}


def test_where_roles_stand_together_all_the_same_the_narrower_view_wins() -> None:
    person = make_person("patient_partner")
    RoleGrant.objects.create(person=person, role="clinician", granted_at=NOW)
    assert get_viewer(person).sees_only_invited


def test_an_address_longer_than_its_place_is_refused() -> None:
    with pytest.raises(Refused, match="254"):
        make_person(email="a" * 250 + "@example.org")


def test_a_closed_account_may_nothing() -> None:
    person = make_person("engagement_lead")
    set_active(person_id=person.id, is_active=False, by=SYSTEM, at=NOW)
    person.refresh_from_db()
    assert get_viewer(person).permissions == frozenset()


def test_nobody_closes_their_own_account_or_changes_somebody_who_is_not_here() -> None:
    administrator = make_viewer("administrator")
    with pytest.raises(Refused, match="your own account"):
        set_active(person_id=administrator.own_id, is_active=False, by=administrator, at=NOW)
    with pytest.raises(Refused, match="no such person"):
        give_role(person_id=NOBODY, role="analyst", by=administrator, at=NOW)


NOBODY = SYSTEM.own_id


def test_people_are_listed_for_those_who_manage_them_only() -> None:
    administrator = make_viewer("administrator", name="Colin")
    make_person("analyst", name="Mina")
    assert [line.name for line in list_people(administrator)] == ["Colin", "Mina"]
    assert [line.name for line in list_people(administrator, role="analyst")] == ["Mina"]
    assert [line.role_labels for line in list_people(administrator, words="min")] == [["Analyst"]]
    assert list_people(make_viewer("analyst")) == []
    assert get_person(make_viewer("analyst"), administrator.own_id) is None
    found = get_person(administrator, administrator.own_id)
    assert found is not None
    assert found.name == "Colin"


def test_owners_are_offered_by_what_they_may_do() -> None:
    lead = make_viewer("engagement_lead", name="Ruth")
    make_person("owner", name="Nisha")
    make_person("analyst", name="Mina")
    assert [name for _, name in list_people_with_permission(lead, "work_on_actions")] == ["Nisha", "Ruth"]
    assert list_people_with_permission(get_viewer_by_id(None), "work_on_actions") == []


def test_names_of_colleagues_are_not_for_the_public() -> None:
    lead = make_viewer("engagement_lead", name="Ruth")
    assert get_names(lead, {lead.own_id}) == {lead.own_id: "Ruth"}
    assert get_names(get_viewer_by_id(None), {lead.own_id}) == {}


def test_demonstration_people_are_those_marked_so() -> None:
    assert is_empty_installation()
    make_person("analyst")
    assert list_demo_people() == []
    assert not is_empty_installation()


def test_signing_in_without_a_password_is_refused_outside_the_demonstration() -> None:
    check_demo(True)
    with pytest.raises(Refused, match="demonstration only"):
        check_demo(False)


def test_a_partner_is_added_once_with_a_known_kind() -> None:
    lead = make_viewer("engagement_lead")
    add_organisation(name="Second Stair", kind="patient_group", by=lead, at=NOW)
    with pytest.raises(Refused, match="already here"):
        add_organisation(name="Second Stair", kind="charity", by=lead, at=NOW)
    with pytest.raises(Refused, match="not a kind of organisation"):
        add_organisation(name="Other", kind="club", by=lead, at=NOW)
    with pytest.raises(Refused, match="Enter the organisation's name"):
        add_organisation(name="", kind="charity", by=lead, at=NOW)
    assert [organisation.name for organisation in list_organisations(lead)] == ["Second Stair"]
    assert list_organisations(lead, kind="charity") == []
    assert list_organisations(get_viewer_by_id(None)) == []
    assert Organisation.objects.count() == 1


def test_every_role_may_something_and_every_permission_has_a_holder() -> None:
    held = frozenset().union(*PERMISSIONS.values())
    assert held == frozenset(ROLES)
    assert all(PERMISSIONS.values())
