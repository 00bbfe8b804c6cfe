"""A list comes in: every row is read and judged, wrong ones are named, twice changes nothing, and it can be undone."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from alongside.apps.base.bridge.tables import stored_path
from alongside.apps.base.jobs import run_next_job
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.base.rules.subjects import Subject
from alongside.apps.partnership.models import (
    ContactImport,
    ContactImportEffect,
    ContactImportRow,
    ContactPerson,
    Interaction,
    Relationship,
)
from alongside.apps.partnership.operations.contacts import bringing
from alongside.apps.partnership.operations.contacts.bringing import confirm_list
from alongside.apps.partnership.operations.contacts.forgetting import forget_lists
from alongside.apps.partnership.operations.contacts.keeping import change_contact
from alongside.apps.partnership.operations.contacts.lists import (
    choose_list_columns,
    decide_unknown,
    leave_list,
    start_list,
)
from alongside.apps.partnership.operations.contacts.merging import merge_contacts
from alongside.apps.partnership.operations.contacts.personal import erase
from alongside.apps.partnership.operations.contacts.taking_out import take_out_list
from alongside.apps.partnership.operations.relations import share_notes
from alongside.apps.partnership.queries.contacts.lists import (
    list_listed_changes,
    list_unknown,
    list_wrong_rows,
)
from alongside.apps.partnership.rules.contacts import ContactPlan
from alongside.apps.partnership.rules.list_columns import guess_list_columns
from alongside.apps.people.models import Organisation
from tests.factories.contacts import make_contact, make_list, read_list_file, upload_list
from tests.factories.partners import make_organisation
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db
HEADER = ("Organisation", "Type", "Charity number", "Contact", "Role", "Email", "Main", "Mandated from")
ROWS = (
    ("Side Door", "", "", "Meg Rowntree", "Director", "meg@example.org", "", ""),
    ("Side Door", "", "", "Bea New", "Trustee", "bea@example.org", "yes", "1/2/2025"),
    ("Fresh Air", "charity", "1234567", "Ann New", "", "ann@example.org", "", ""),
    ("Fresh Air", "", "", "", "", "", "", ""),
    ("Side Door", "", "", "tom@example.org", "", "Tom Hale", "", ""),
    ("", "", "", "", "", "", "", ""),
)


@pytest.fixture
def lead() -> Viewer:
    return make_viewer("engagement_lead")


def count(found: ContactImport) -> tuple[int, int, int, int]:
    return found.rows_new, found.rows_changed, found.rows_same, found.rows_wrong


def confirm(found: ContactImport, by: Viewer) -> ContactImport:
    confirm_list(import_id=found.id, by=by, at=NOW)
    found.refresh_from_db()
    return found


def make_here() -> tuple[Organisation, ContactPerson]:
    group = make_organisation("Side Door")
    return group, make_contact(group.id, email="meg@example.org", role_words="Chair", is_main=True)


def snapshot() -> list[object]:
    """Return everything a list may touch."""
    return [
        list(Organisation.objects.order_by("id").values()),
        list(ContactPerson.objects.order_by("id").values()),
        list(Interaction.objects.order_by("id").values()),
        list(Relationship.objects.order_by("id").values()),
    ]


def test_a_list_is_read_judged_brought_in_and_the_same_file_changes_nothing(lead: Viewer) -> None:
    group, meg = make_here()
    found = read_list_file(make_list(HEADER, ROWS), lead)
    assert (found.state, count(found)) == ("ready", (2, 1, 1, 1))
    (wrong,) = list_wrong_rows(lead, found.id)
    assert (wrong.row, wrong.column, wrong.value) == (5, "Contact", "tom@example.org")
    assert "shifted" in wrong.cure
    (change,) = list_listed_changes(lead, found.id)
    assert change.changes == (("role_words", "Chair", "Director"),)
    (unknown,) = list_unknown(lead, found)
    assert (unknown.name, unknown.rows, unknown.like) == ("Fresh Air", 2, ())
    path = stored_path(found.stored_name)
    assert path.exists()
    confirm(found, lead)
    meg.refresh_from_db()
    assert (found.state, meg.role_words, meg.is_main) == ("confirmed", "Director", False)
    bea = ContactPerson.objects.get(name="Bea New")
    assert (bea.organisation_id, bea.is_main, bea.mandated_from) == (group.id, True, date(2025, 2, 1))
    fresh = Organisation.objects.get(name="Fresh Air")
    assert fresh.kind == "charity"
    assert [(one.scheme, one.number) for one in fresh.identifiers.all()] == [("GB-CHC", "1234567")]
    assert ContactImportRow.objects.filter(of_import=found).count() == 1  # the wrong one, to be looked at
    before = snapshot()
    again = read_list_file(make_list(HEADER, ROWS), lead)
    assert count(again) == (0, 0, 4, 1)
    with pytest.raises(Refused, match="nothing new"):
        confirm_list(import_id=again.id, by=lead, at=NOW)
    assert snapshot() == before


def test_what_a_list_brought_is_taken_out_again_to_the_last_column(lead: Viewer) -> None:
    make_here()
    before = snapshot()
    found = confirm(read_list_file(make_list(HEADER, ROWS), lead), lead)
    take_out_list(import_id=found.id, by=lead, at=NOW)
    assert snapshot() == before
    found.refresh_from_db()
    assert found.state == "taken_out"
    assert not ContactImportEffect.objects.exists()
    with pytest.raises(Refused):
        take_out_list(import_id=found.id, by=lead, at=NOW)


def test_a_list_stays_where_something_rests_on_it(lead: Viewer) -> None:
    make_here()
    found = confirm(read_list_file(make_list(HEADER, ROWS), lead), lead)
    ann = ContactPerson.objects.get(name="Ann New")
    change_contact(contact_id=ann.id, plan=ContactPlan("Ann Newer"), by=lead, at=NOW + timedelta(days=1))
    with pytest.raises(Refused, match="rests on 1 row"):
        take_out_list(import_id=found.id, by=lead, at=NOW)
    ContactPerson.objects.filter(id=ann.id).update(changed_at=ann.created_at)
    meg = ContactPerson.objects.get(name="Meg Rowntree")
    bea = ContactPerson.objects.get(name="Bea New")
    merge_contacts(kept_id=bea.id, merged_id=meg.id, reason="", by=lead, at=NOW)
    with pytest.raises(Refused):
        take_out_list(import_id=found.id, by=lead, at=NOW)
    ContactPerson.objects.filter(id=ann.id).delete()
    ContactPerson.objects.filter(merged_into=bea).update(merged_into=None)
    ContactPerson.objects.filter(id__in=(meg.id, bea.id)).update(changed_at=bea.created_at)
    with pytest.raises(Refused, match="merged with another"):
        take_out_list(import_id=found.id, by=lead, at=NOW)


def test_history_comes_in_once_with_what_is_missing(lead: Viewer) -> None:
    group, _meg = make_here()
    header = ("Group", "Date", "Type", "Subject", "Notes", "Contact")
    rows = (
        ("Side Door", "03/02/2025", "Call", "First call", "We spoke about the waiting room.", "Meg Rowntree"),
        ("Fresh Air", "04/02/2025", "", "They wrote", "", ""),
        ("Side Door", "05/02/2031", "Call", "Not yet", "", ""),
    )
    before = snapshot()
    found = read_list_file(make_list(header, rows), lead, kind="history")
    assert count(found) == (2, 0, 0, 1)
    confirm(found, lead)
    told = Interaction.objects.get(title="First call")
    assert (told.organisation_id, told.kind, told.note_state) == (group.id, "call", "draft")
    assert (told.private_notes, told.their_people) == ("We spoke about the waiting room.", "Meg Rowntree")
    assert count(read_list_file(make_list(header, rows), lead, kind="history")) == (0, 0, 2, 1)
    take_out_list(import_id=found.id, by=lead, at=NOW)
    assert snapshot() == before
    found = confirm(read_list_file(make_list(header, rows), lead, kind="history"), lead)
    kept = Interaction.objects.get(title="First call")
    Interaction.objects.filter(id=kept.id).update(shared_notes="We spoke.")
    share_notes(interaction_id=kept.id, by=lead, at=NOW)
    with pytest.raises(Refused, match="rests on"):
        take_out_list(import_id=found.id, by=lead, at=NOW)


@pytest.mark.parametrize("order", ["dmy", "mdy", "ymd"])
def test_dates_are_read_in_the_order_that_was_chosen(lead: Viewer, order: str) -> None:
    written = {"dmy": "3/2/2025", "mdy": "2/3/2025", "ymd": "2025/2/3"}[order]
    content = make_list(("Group", "Date", "Subject"), [("Side Door", written, "First call")])
    found = read_list_file(content, lead, kind="history", order=order)
    (row,) = found.rows.all()
    assert row.said["on"] == "2025-02-03"


def test_an_unknown_organisation_is_one_that_is_here_or_left_out(lead: Viewer) -> None:
    group, _meg = make_here()
    content = make_list(
        HEADER, [("Sid Door", "", "", "Bea New", "", "", "", ""), ("Elsewhere", "", "", "", "", "", "", "")]
    )
    found = read_list_file(content, lead)
    sid = next(one for one in list_unknown(lead, found) if one.key == "sid door")
    assert sid.like == ((group.id, "Side Door"),)
    decisions = {"sid door": str(group.id), "elsewhere": "leave"}
    for wrong in (str(uuid4()), "nonsense"):
        with pytest.raises(Refused):
            decide_unknown(import_id=found.id, decisions={"sid door": wrong}, by=lead, at=NOW)
    decide_unknown(import_id=found.id, decisions=decisions, by=lead, at=NOW)
    with pytest.raises(Refused):
        decide_unknown(import_id=found.id, decisions=decisions, by=lead, at=NOW)
    assert run_next_job()
    found.refresh_from_db()
    assert count(found) == (1, 0, 0, 1)
    assert list_unknown(lead, found) == []
    confirm(found, lead)
    assert ContactPerson.objects.get(name="Bea New").organisation_id == group.id


def test_what_changed_meanwhile_stops_the_whole_list(lead: Viewer) -> None:
    group, meg = make_here()
    found = read_list_file(make_list(HEADER, ROWS), lead)
    before = ContactPerson.objects.count()
    bea = make_contact(group.id, "Bea New", email="bea@example.org")
    with pytest.raises(Refused, match="added meanwhile"):
        confirm_list(import_id=found.id, by=lead, at=NOW)
    bea.delete()
    ContactPerson.objects.filter(id=meg.id).update(merged_into=make_contact(group.id, "Else"), is_main=False)
    with pytest.raises(Refused, match="not here any more"):
        confirm_list(import_id=found.id, by=lead, at=NOW)
    assert ContactPerson.objects.count() == before + 1
    assert not Organisation.objects.filter(name="Fresh Air").exists()


def test_a_long_list_comes_in_through_the_background(lead: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    make_here()
    monkeypatch.setattr(bringing, "MOST_AT_ONCE", 1)
    found = read_list_file(make_list(HEADER, ROWS), lead)
    confirm(found, lead)
    assert found.state == "bringing"
    assert run_next_job()
    found.refresh_from_db()
    assert found.state == "confirmed"
    other = read_list_file(
        make_list(HEADER[:4], [("New Two", "", "", "Ann"), ("New One", "", "", "Bea")]), lead
    )
    confirm(other, lead)
    Organisation.objects.create(name="New One", kind="charity", created_at=NOW)
    assert run_next_job()
    other.refresh_from_db()
    assert other.state == "ready"
    assert not Organisation.objects.filter(name="New Two").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", b""), ("a.pdf", b"x"), ("a.xlsx", b"not a workbook"), ("a.csv", b"a,a\n1,2\n")],
)
def test_a_file_that_is_no_table_is_refused_and_not_kept(lead: Viewer, name: str, content: bytes) -> None:
    with pytest.raises(Refused):
        upload_list(content, lead, name=name)
    assert not ContactImport.objects.exists()


def test_a_file_that_breaks_off_or_has_no_rows_is_refused_in_words(lead: Viewer) -> None:
    assert read_list_file(make_list(HEADER, []), lead).state == "refused"
    rows = "".join(f"Side Door,Person {letter}\n" for letter in "abcd")
    broken = read_list_file(f"Organisation,Contact\n{rows}Side Door,Ann,surplus\n".encode(), lead)
    assert broken.state == "refused"
    assert "Row 5" in broken.refusal


def test_columns_that_are_shifted_throughout_are_named(lead: Viewer) -> None:
    rows = [(f"Group {n}", f"p{n}@example.org", f"Person {n}") for n in range(6)]
    found = read_list_file(make_list(("Organisation", "Contact", "Email"), rows), lead)
    assert count(found) == (0, 0, 0, 6)
    assert "In most rows the column “Contact” is wrong" in found.notes


def test_a_list_is_left_out_or_forgotten(lead: Viewer) -> None:
    make_here()
    found = read_list_file(make_list(HEADER, ROWS), lead)
    leave_list(import_id=found.id, by=lead, at=NOW)
    assert not ContactImportRow.objects.exists()
    kept = confirm(read_list_file(make_list(HEADER, ROWS), lead), lead)
    waits = upload_list(make_list(HEADER, ROWS), lead)
    assert forget_lists(at=NOW + timedelta(days=29)) == 0
    assert forget_lists(at=NOW + timedelta(days=91)) == 1
    assert ContactImport.objects.get(id=waits).state == "left"
    assert not kept.rows.exists()


def test_who_may_not_keep_relations_brings_nothing_in(lead: Viewer) -> None:
    stranger = make_viewer("finance")
    made = upload_list(make_list(HEADER, ROWS), lead)
    choice = guess_list_columns("contacts", HEADER)
    with pytest.raises(Refused):
        upload_list(make_list(HEADER, ROWS), stranger)
    with pytest.raises(Refused):
        choose_list_columns(import_id=made, choice=choice, by=stranger, at=NOW)
    with pytest.raises(Refused):
        choose_list_columns(import_id=uuid4(), choice=choice, by=lead, at=NOW)
    with pytest.raises(Refused):
        start_list(kind="weather", file_name="a.csv", size_bytes=3, parts=[b"a\n1"], by=lead, at=NOW)


def test_an_erasure_reaches_lists_that_wait_and_rows_that_were_wrong(lead: Viewer) -> None:
    _group, meg = make_here()
    done = confirm(read_list_file(make_list(HEADER, ROWS), lead), lead)
    waits = read_list_file(make_list(HEADER, ROWS), lead)
    other = read_list_file(make_list(("Organisation",), [("Elsewhere",)]), lead)
    subject = Subject(contact_ids=frozenset({meg.id}), names=frozenset({"Meg Rowntree", "Tom Hale"}))
    told = {row.table: row.erased for row in erase(subject, by=lead, at=NOW)}
    assert told["partnership_contact_import"] == 1
    assert told["partnership_contact_import_effect"] == 2
    waits.refresh_from_db()
    other.refresh_from_db()
    assert (waits.state, other.state) == ("left", "ready")
    assert [row.whole_row for row in done.rows.all()] == [[]]
    assert erase(Subject(), by=lead, at=NOW)
