"""Contacts are added, changed, ended and taken up again; partners ask for changes and are answered."""

from datetime import date
from uuid import uuid4

import pytest

from alongside.apps.base.rules import SYSTEM, Refused
from alongside.apps.base.rules.subjects import Subject
from alongside.apps.partnership.models import ChangeRequest, ContactPerson
from alongside.apps.partnership.operations.contacts.changes import answer_change, ask_for_change
from alongside.apps.partnership.operations.contacts.corrections import correct
from alongside.apps.partnership.operations.contacts.keeping import (
    add_contact,
    change_contact,
    end_contact,
    take_contact_up,
)
from alongside.apps.partnership.operations.contacts.personal import NOBODY, erase
from alongside.apps.partnership.queries.contacts.changes import list_day, list_timeline
from alongside.apps.partnership.queries.contacts.people import (
    ContactFilters,
    find,
    list_contacts,
    list_mandated,
    write_mandate,
)
from alongside.apps.partnership.queries.contacts.personal import collect, list_fields, names
from alongside.apps.partnership.queries.contacts.personal import find as find_people
from alongside.apps.partnership.rules.contacts import ContactPlan
from tests.factories.contacts import make_contact
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def test_a_contact_is_added_changed_ended_and_taken_up_again() -> None:
    lead, group = make_viewer("engagement_lead"), make_organisation()
    plan = ContactPlan(
        " Meg Rowntree ", "Chair", "meg@example.org", mandated_from=date(2026, 1, 1), is_main=True
    )
    made = add_contact(organisation_id=group.id, plan=plan, by=lead, at=NOW)
    assert [one.id for one in list_mandated(lead, group.id, TODAY)] == [made]
    second = make_contact(group.id, "Tom Hale", is_main=True)
    assert not ContactPerson.objects.get(id=made).is_main
    change_contact(
        contact_id=made,
        plan=ContactPlan("Meg Hale", is_main=True, mandated_from=date(2026, 1, 1)),
        by=lead,
        at=NOW,
    )
    assert not ContactPerson.objects.get(id=second.id).is_main
    end_contact(contact_id=made, ended_on=TODAY, by=lead, at=NOW)
    ended = ContactPerson.objects.get(id=made)
    assert (ended.name, ended.email, ended.is_main, ended.mandated_until) == ("Meg Hale", "", False, TODAY)
    assert list_mandated(lead, group.id, TODAY) == []
    with pytest.raises(Refused, match="whose time has ended"):
        change_contact(contact_id=made, plan=ContactPlan("Meg Hale", is_main=True), by=lead, at=NOW)
    take_contact_up(contact_id=made, by=lead, at=NOW)
    assert ContactPerson.objects.get(id=made).ended_on is None


def test_what_makes_no_sense_is_refused() -> None:
    lead, group, other = make_viewer("engagement_lead"), make_organisation(), make_organisation()
    meg = make_contact(group.id, email="meg@example.org")
    stranger = make_partner_user(other.id)
    for plan in (
        ContactPlan("Tom", email="MEG@example.org"),
        ContactPlan("Tom", preferred_way="pigeon"),
        ContactPlan("Tom", person_id=stranger.own_id),
    ):
        with pytest.raises(Refused):
            add_contact(organisation_id=group.id, plan=plan, by=lead, at=NOW)
    with pytest.raises(Refused):
        add_contact(organisation_id=uuid4(), plan=ContactPlan("Tom"), by=lead, at=NOW)
    with pytest.raises(Refused):
        add_contact(organisation_id=group.id, plan=ContactPlan("Tom"), by=make_viewer("analyst"), at=NOW)
    with pytest.raises(Refused):
        change_contact(contact_id=uuid4(), plan=ContactPlan("Tom"), by=lead, at=NOW)
    with pytest.raises(Refused):
        end_contact(contact_id=meg.id, ended_on=date(2030, 1, 1), by=lead, at=NOW)
    with pytest.raises(Refused):
        take_contact_up(contact_id=meg.id, by=lead, at=NOW)
    change_contact(contact_id=meg.id, plan=ContactPlan("Meg", email="meg@example.org"), by=lead, at=NOW)
    end_contact(contact_id=meg.id, ended_on=TODAY, by=lead, at=NOW)
    with pytest.raises(Refused):
        end_contact(contact_id=meg.id, ended_on=TODAY, by=lead, at=NOW)
    own = make_partner_user(group.id)
    add_contact(organisation_id=group.id, plan=ContactPlan("Bron", person_id=own.own_id), by=lead, at=NOW)


def test_the_list_is_narrowed_and_a_partner_sees_its_own() -> None:
    lead, group, other = make_viewer("engagement_lead"), make_organisation("Side Door"), make_organisation()
    make_contact(group.id, "Meg", mandated_from=date(2026, 1, 1))
    make_contact(
        group.id,
        "Tom",
        mandated_from=date(2026, 1, 1),
        mandated_until=date(2026, 12, 1),
        email="t@example.org",
    )
    gone = make_contact(other.id, "Una")
    end_contact(contact_id=gone.id, ended_on=TODAY, by=lead, at=NOW)

    def listed(**filters: str) -> list[str]:
        return [one.name for one in list_contacts(lead, ContactFilters(**filters), TODAY)]

    assert listed() == ["Meg", "Tom"]
    assert listed(words="side t@ex") == ["Tom"]
    assert listed(mandated="soon") == ["Tom"]
    assert listed(mandated="now") == ["Meg", "Tom"]
    assert listed(mandated="none", ended="all") == ["Una"]
    assert listed(ended="ended") == ["Una"]
    assert listed(organisation=str(group.id)) == ["Meg", "Tom"]
    assert listed(organisation="nonsense") == []
    theirs = make_partner_user(other.id)
    assert [one.name for one in list_contacts(theirs, ContactFilters(ended="all"), TODAY)] == ["Una"]
    assert not list_contacts(make_viewer("analyst"), ContactFilters(), TODAY)
    assert [hit.title for hit in find(lead, "side", 5)] == ["Meg", "Tom"]
    assert find(theirs, "side", 5) == []


def test_a_mandate_is_told_in_words() -> None:
    group = make_organisation()
    assert write_mandate(make_contact(group.id, "A")) == ""
    open_ended = make_contact(group.id, "B", mandated_from=date(2026, 1, 1))
    assert write_mandate(open_ended) == "Speaks for the organisation from 2026-01-01"
    bounded = make_contact(group.id, "C", mandated_from=date(2026, 1, 1), mandated_until=date(2026, 6, 30))
    assert write_mandate(bounded).endswith("from 2026-01-01 to 2026-06-30")


def test_a_partner_asks_and_is_answered() -> None:
    lead, group = make_viewer("engagement_lead"), make_organisation()
    theirs, others = make_partner_user(group.id), make_partner_user(make_organisation().id)
    asked = ask_for_change(about="organisation", words="Our website has moved.", by=theirs, at=NOW)
    assert [item.group for item in list_day(lead, TODAY)] == ["needs_you"]
    assert list_day(theirs, TODAY) == []
    assert list_day(make_viewer("analyst"), TODAY) == []
    with pytest.raises(Refused):
        answer_change(request_id=asked, is_done=True, answer="Done.", what_changed="", by=lead, at=NOW)
    answer_change(
        request_id=asked, is_done=True, answer="Done.", what_changed="The website.", by=lead, at=NOW
    )
    with pytest.raises(Refused, match="answered this already"):
        answer_change(request_id=asked, is_done=False, answer="No.", what_changed="", by=lead, at=NOW)
    with pytest.raises(Refused):
        answer_change(request_id=uuid4(), is_done=False, answer="No.", what_changed="", by=lead, at=NOW)
    assert list_day(lead, TODAY) == []
    assert [item.group for item in list_day(theirs, TODAY)] == ["new"]
    assert list_day(others, TODAY) == []
    (entry,) = list_timeline(theirs, [group.id], date(2026, 1, 1))
    assert entry.is_shared
    assert list_timeline(others, [group.id], date(2026, 1, 1)) == []
    assert "/partners/contacts/changes/" in list_timeline(lead, [group.id], date(2026, 1, 1))[0].url


def test_a_request_is_refused_where_it_says_nothing_or_too_many_wait() -> None:
    group = make_organisation()
    theirs = make_partner_user(group.id)
    for by, about in (
        (theirs, "weather"),
        (make_viewer("engagement_lead"), "other"),
        (make_viewer("partner_user"), "other"),
    ):
        with pytest.raises(Refused):
            ask_for_change(about=about, words="Something.", by=by, at=NOW)
    for number in range(20):
        ask_for_change(about="other", words=f"Request {number}", by=theirs, at=NOW)
    with pytest.raises(Refused, match="Twenty"):
        ask_for_change(about="other", words="One more", by=theirs, at=NOW)
    declined = ChangeRequest.objects.filter(organisation=group).values_list("id", flat=True)[0]
    answer_change(
        request_id=declined, is_done=False, answer="We may not.", what_changed="x", by=SYSTEM, at=NOW
    )
    assert ChangeRequest.objects.get(id=declined).what_changed == ""


def test_a_contact_is_found_told_put_right_and_erased() -> None:
    lead, group = make_viewer("engagement_lead"), make_organisation()
    governance = make_viewer("governance_lead")
    meg = make_contact(group.id, email="meg@example.org", phone="07700 900123", is_main=True)
    double = make_contact(group.id, "Meg R")
    ContactPerson.objects.filter(id=double.id).update(merged_into=meg)
    (match,) = find_people("MEG@example.org", "")
    assert (match.kind, match.id) == ("contact", meg.id)
    assert [one.id for one in find_people("", "rown")] == [meg.id]
    assert find_people("", "") == []
    subject = Subject(contact_ids=frozenset({meg.id}), names=frozenset({"Meg Rowntree"}))
    assert names(subject) == {"Meg Rowntree", "Meg R", "meg@example.org", "07700 900123"}
    assert len(collect(subject)) == 2
    assert len(list_fields(subject)) == 4
    correct(f"contact_person:{meg.id}:phone", " 07700 900124 ", by=governance, at=NOW)
    assert ContactPerson.objects.get(id=meg.id).phone == "07700 900124"
    for key, value in ((f"x:{meg.id}:is_main", "x"), (f"x:{uuid4()}:name", "x"), (f"x:{meg.id}:name", " "),
                       (f"x:{meg.id}:phone", "1" * 41)):  # fmt: skip
        with pytest.raises(Refused):
            correct(key, value, by=governance, at=NOW)
    told = {row.table: row.erased for row in erase(subject, by=governance, at=NOW)}
    assert told["partnership_contact_person"] == 2
    assert set(ContactPerson.objects.values_list("name", "email", "phone", "is_main")) == {
        (NOBODY, "", "", False)
    }
    again = {row.table: row.erased for row in erase(subject, by=governance, at=NOW)}
    assert again["partnership_contact_person"] == 0
    asked = ask_for_change(about="other", words="x", by=make_partner_user(group.id), at=NOW)
    answer_change(request_id=asked, is_done=False, answer="No.", what_changed="", by=lead, at=NOW)
    acts = Subject(person_ids=frozenset({lead.own_id}))
    assert {one.table for one in collect(acts)} == {"partnership_change_request"}
