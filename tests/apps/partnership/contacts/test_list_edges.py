"""Lists at their edges: what names one organisation often, changes the main contact, or is left while it is read."""

from typing import Any
from unittest.mock import patch

import pytest

from alongside.apps.base.rules import SYSTEM, Refused
from alongside.apps.base.rules.subjects import Subject
from alongside.apps.partnership.models import ContactImport, ContactPerson, Interaction
from alongside.apps.partnership.operations.contacts import reading
from alongside.apps.partnership.operations.contacts.bringing import confirm_list
from alongside.apps.partnership.operations.contacts.keeping import take_contact_up
from alongside.apps.partnership.operations.contacts.merging import merge_contacts, undo_merge
from alongside.apps.partnership.operations.contacts.personal import erase
from alongside.apps.partnership.operations.contacts.taking_out import take_out_list
from alongside.apps.partnership.queries.contacts.duplicates import list_papers_of, view_pairs
from alongside.apps.partnership.queries.contacts.lists import list_listed_changes, list_unknown
from alongside.apps.people.models import Organisation
from alongside.apps.people.queries.marks import list_organisation_marks
from tests.factories.contacts import make_contact, make_list, read_list_file
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db
HEADER = ("Organisation", "Contact", "Email", "Main")
HISTORY = ("Group", "Date", "Subject")


def bring(content: bytes, kind: str = "contacts") -> ContactImport:
    found = read_list_file(content, make_viewer("engagement_lead"), kind=kind)
    confirm_list(import_id=found.id, by=SYSTEM, at=NOW)
    return found


def test_one_new_organisation_is_added_once_however_often_it_is_named() -> None:
    rows = [
        ("Fresh Air", "", "", ""),
        ("Fresh Air", "Ann New", "", ""),
        ("The Fresh Air Ltd", "Bea New", "", ""),
    ]
    bring(make_list(HEADER, rows))
    assert Organisation.objects.filter(name="Fresh Air").count() == 1
    assert ContactPerson.objects.filter(organisation__name="Fresh Air").count() == 2
    events = [("Fresh Air", "3/2/2025", "A call"), ("Fresh Air", "4/2/2025", "A visit")]
    bring(make_list(HISTORY, events), kind="history")
    assert Interaction.objects.count() == 2


def test_a_list_makes_somebody_here_the_main_contact_and_gives_that_back() -> None:
    group = make_organisation("Side Door")
    meg, tom = make_contact(group.id, "Meg", is_main=True), make_contact(group.id, "Tom")
    found = bring(
        make_list(HEADER, [("Side Door", "Tom", "", "yes"), ("Side Door", "Meg", "m@example.org", "")])
    )
    assert list(ContactPerson.objects.filter(is_main=True)) == [tom]
    take_out_list(import_id=found.id, by=SYSTEM, at=NOW)
    meg.refresh_from_db()
    assert (meg.is_main, meg.email) == (True, "")


def test_a_contact_that_is_gone_by_now_does_not_stop_taking_out() -> None:
    group = make_organisation("Side Door")
    meg = make_contact(group.id, "Meg")
    found = bring(
        make_list(HEADER, [("Side Door", "Meg", "m@example.org", ""), ("Side Door", "Tom", "", "")])
    )
    ContactPerson.objects.filter(id=meg.id).delete()
    take_out_list(import_id=found.id, by=SYSTEM, at=NOW)
    assert not ContactPerson.objects.exists()


def test_a_list_left_out_while_it_is_read_stays_left_out() -> None:
    left: list[ContactImport] = []

    def leave(self: Any, tell: Any) -> Any:
        ContactImport.objects.update(state="left")
        return iter([self._look_at(row) for row in self.table.rows])

    with patch.object(reading._Reader, "read", leave):
        left.append(
            read_list_file(make_list(HEADER, [("A group", "", "", "")]), make_viewer("engagement_lead"))
        )
    assert left[0].state == "left"
    assert left[0].rows.count() == 0


def test_a_list_that_never_ends_is_refused_after_the_most_that_can_be_looked_at() -> None:
    with patch.object(reading, "MOST_ROWS", 2), patch("alongside.apps.partnership.rules.lists.MOST_ROWS", 2):
        rows = [(f"Group {n}", "", "", "") for n in range(6)]
        found = read_list_file(make_list(HEADER, rows), make_viewer("engagement_lead"))
    assert found.state == "refused"
    assert "Split it" in found.refusal


def test_a_change_of_somebody_who_is_gone_is_not_shown_and_a_list_without_unknown_says_so() -> None:
    lead, group = make_viewer("engagement_lead"), make_organisation("Side Door")
    meg = make_contact(group.id, "Meg")
    found = read_list_file(make_list(HEADER, [("Side Door", "Meg", "m@example.org", "")]), lead)
    assert list_unknown(lead, found) == []
    assert list_listed_changes(lead, found.id)[0].changes == (("email", "", "m@example.org"),)
    ContactPerson.objects.filter(id=meg.id).update(merged_into=make_contact(group.id, "Tom"))
    assert list_listed_changes(lead, found.id) == []
    flagged = read_list_file(make_list(HEADER, [("Side Door", "Tom", "", "yes")]), lead)
    assert list_listed_changes(lead, flagged.id)[0].changes == (("is_main", "no", "yes"),)


def test_what_was_filled_and_has_all_changed_since_is_left() -> None:
    group = make_organisation()
    kept, merged = make_contact(group.id, "Meg"), make_contact(group.id, "M", phone="07700 900123")
    merge = merge_contacts(kept_id=kept.id, merged_id=merged.id, reason="", by=SYSTEM, at=NOW)
    ContactPerson.objects.filter(id=kept.id).update(phone="07700 900124")
    assert undo_merge(merge_id=merge, by=SYSTEM, at=NOW) == (1, 1)
    assert ContactPerson.objects.get(id=kept.id).phone == "07700 900124"
    with pytest.raises(Refused):
        take_contact_up(contact_id=kept.id, by=make_viewer("finance"), at=NOW)


def test_an_erasure_leaves_the_wrong_rows_of_others() -> None:
    rows = [("Side Door", "ann@example.org", "", ""), ("Side Door", "Ann Other", "", "")]
    found = bring(make_list(HEADER, rows))
    erase(Subject(names=frozenset({"Tom Hale"})), by=SYSTEM, at=NOW)
    assert found.rows.get().whole_row


def test_those_who_see_no_relations_learn_nothing() -> None:
    group = make_organisation()
    assert list_organisation_marks(make_partner_user(group.id)) == []
    assert view_pairs(make_viewer("finance"), []) == []
    assert list_papers_of("contact", group.id) == []
