"""Pages of the team and of a group: each step by its button, each refusal in words, nobody else's rows."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.apps.base.rules import PUBLIC, SYSTEM, Viewer
from alongside.apps.base.rules.subjects import Subject
from alongside.apps.partnership.models import Disclosure, DisclosureCheck, DisclosureCorrection, DisclosureRow
from alongside.apps.partnership.operations.disclosures.checking import answer_check
from alongside.apps.partnership.operations.disclosures.personal import erase
from alongside.apps.partnership.queries.disclosures import declaration as declaring
from alongside.apps.partnership.queries.disclosures.elsewhere import collect_shared, list_day, list_timeline
from alongside.apps.partnership.queries.disclosures.personal import collect
from alongside.apps.partnership.views.disclosures import declaration
from alongside.apps.people.models import Organisation, Person
from tests.factories.agreements import make_agreement
from tests.factories.disclosures import SPRING, get_check, make_paid, make_year
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import make_viewer

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def as_person(viewer: Viewer) -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=viewer.own_id))
    return client


def page(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, address
    return answer.content.decode()


def press(client: Client, address: str, **data: object) -> str:
    answer = client.post(address, data, follow=True)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_a_year_is_walked_by_its_buttons(sign_in: SignIn, group: Organisation) -> None:
    lead, certifier = sign_in("engagement_lead"), sign_in("certifier")
    assert "No year is begun yet" in page(lead, "/partners/disclosures/")
    assert "Next: go through what is missing" in press(lead, "/partners/disclosures/begin/", year="2025")
    year = Disclosure.objects.get()
    home = f"/partners/disclosures/{year.id}/"
    assert "Collected: 1 rows." in press(lead, f"{home}step/collect/")
    assert "Next: ask the partners" in press(lead, f"{home}step/reconcile/")
    assert "1 organisations are asked now." in press(lead, f"{home}step/ask/")
    assert "0 organisations are reminded" in press(lead, f"{home}step/remind/")
    assert "Partners may answer until" in press(lead, f"{home}step/submit/")
    answer_check(disclosure_id=year.id, answer="right", words="", by=make_partner_user(group.id), at=SPRING)
    assert "Next: another person approves" in press(lead, f"{home}step/submit/")
    assert "Approve this year" not in page(lead, home)
    assert "Next: publish" in press(certifier, f"{home}step/approve/")
    assert "Its checksum begins with" in press(certifier, f"{home}step/publish/")
    assert "Nothing was changed." in press(certifier, f"{home}step/verify/")
    assert "Public since" in page(lead, "/partners/disclosures/")
    assert lead.post(f"{home}step/fly/").status_code == 404
    assert "Choose a year" in lead.post("/partners/disclosures/begin/", {"year": "soon"}).content.decode()


def test_what_is_in_the_way_is_said_with_where_to_mend_it(
    sign_in: SignIn, lead: Viewer, group: Organisation
) -> None:
    make_paid(group.id, is_in_kind=True, amount_pence=None, description="Tea")
    year = make_year(lead, until="reconciling")

    words = page(sign_in("engagement_lead"), f"/partners/disclosures/{year.id}/")

    assert "Next: mend what is in the way" in words
    assert "In the way" in words


def test_a_certifier_sends_a_year_back(sign_in: SignIn, lead: Viewer, group: Organisation) -> None:
    client, year = sign_in("certifier"), make_year(lead, until="to_approve")
    address = f"/partners/disclosures/{year.id}/send-back/"
    assert "Enter an answer" in press(client, address, words="")
    assert "Name the affiliate." in press(client, address, words="Name the affiliate.")
    assert "cannot become" in press(client, address, words="Again")


def test_rows_are_searched_and_taken_away(sign_in: SignIn, lead: Viewer, group: Organisation) -> None:
    make_paid(make_organisation("Plain Skin").id, category="fee", description="Reviewing a leaflet")
    year, client = make_year(lead, until="checking"), sign_in("finance")
    rows = f"/partners/disclosures/{year.id}/rows/"

    assert "Plain Skin" not in page(client, f"{rows}?words=phone&list=organisations")
    assert "Second Stair" not in page(client, f"{rows}?category=contracted_service")
    assert "Plain Skin" in page(client, f"{rows}?answer=silent")
    assert "No row fits" in page(client, f"{rows}?answer=look")
    assert b"Plain Skin" in b"".join(client.get(f"{rows}export/csv/").streaming_content)  # type: ignore[attr-defined]
    assert client.get(f"{rows}export/xlsx/?words=x").content[:2] == b"PK"
    assert client.get(f"{rows}export/pdf/").status_code == 404
    assert client.get(f"/partners/disclosures/{uuid4()}/rows/").status_code == 404


def test_a_list_asks_no_more_questions_for_thirty_rows_than_for_three(sign_in: SignIn, lead: Viewer) -> None:
    client = sign_in("engagement_lead")
    for number in range(30):
        make_paid(make_organisation(f"Group {number:02}").id)
    year = make_year(lead, until="checking")

    def count(part: str, words: str) -> int:
        address = f"/partners/disclosures/{year.id}/{part}/?words={words}"
        page(client, address)
        with CaptureQueriesContext(connection) as asked:
            page(client, address)
        return len(asked)

    assert count("rows", "Group 00") == count("rows", "Group")
    few = DisclosureCheck.objects.values_list("id", flat=True)[3:]
    many = count("partners", "")
    DisclosureCheck.objects.filter(id__in=list(few)).delete()
    assert count("partners", "") == many


def test_partners_words_are_read_and_answered(sign_in: SignIn, lead: Viewer, group: Organisation) -> None:
    year, client = make_year(lead, until="checking"), sign_in("engagement_lead")
    user = make_partner_user(group.id)
    answer_check(disclosure_id=year.id, answer="look", words="It was January.", by=user, at=SPRING)
    check = get_check(year, group.id)
    address = f"/partners/disclosures/partners/{check.id}/"

    assert "It was January." in page(client, f"/partners/disclosures/{year.id}/partners/?answer=look")
    assert "Nobody fits" in page(client, f"/partners/disclosures/{year.id}/partners/?answer=right")
    assert "It was January." in page(client, address)
    assert "Enter an answer" in press(client, address, words="")
    assert "we answered" in press(client, address, words="The bank says 6 May.")
    assert "answered this already" in press(client, address, words="Again")
    assert client.get(f"/partners/disclosures/partners/{uuid4()}/").status_code == 404


def test_the_method_note_is_written_and_read(sign_in: SignIn, lead: Viewer, group: Organisation) -> None:
    client, year = sign_in("engagement_lead"), make_year(lead, until="checking")
    address = f"/partners/disclosures/{year.id}/method/"
    words = dict(year.notes.get().sections)
    assert "Enter an answer" in press(client, address, **{**words, "vat": ""})
    press(client, address, **{**words, "vat": "No VAT at all.", "why": "Simpler"})
    assert "Version 2" in page(client, address)
    assert "Keep this version" not in page(sign_in("auditor"), address)
    long = press(client, address, **{**words, "vat": "x" * 5_000})
    assert "under 4,000 characters" in long


def test_a_certifier_decides_how_people_are_shown(sign_in: SignIn, lead: Viewer, group: Organisation) -> None:
    year = make_year(lead, until="collecting")
    address = f"/partners/disclosures/{year.id}/people/"
    assert "Keep this decision" not in page(sign_in("engagement_lead"), address)
    client = sign_in("certifier")
    assert "Choose an answer" in press(client, address)
    assert "exact numbers" in press(client, address, showing="exact", because="The Code asks.")
    assert "under 4,000" in press(client, address, showing="exact", because="x" * 5_000)
    assert sign_in("engagement_lead").post(address, {"showing": "exact", "because": "x"}).status_code == 403


CORRECTION = {
    "category": "grant", "description": "A year of phone friends", "amount": "4,900", "paid_on_day": "6",
    "paid_on_month": "5", "paid_on_year": "2025", "reason": "A typing error at the bank.",
}  # fmt: skip


def test_an_entry_is_corrected_by_one_and_decided_by_another(
    sign_in: SignIn, lead: Viewer, group: Organisation
) -> None:
    year = make_year(lead)
    client, certifier = sign_in("engagement_lead"), sign_in("certifier")
    row = DisclosureRow.objects.get()
    address = f"/partners/disclosures/rows/{row.id}/correct/"
    assert "Second Stair" in page(client, address)
    assert "is not an amount in GBP" in press(client, address, **{**CORRECTION, "amount": "1.234,5"})
    no_day = {**CORRECTION, "paid_on_day": "", "paid_on_month": "", "paid_on_year": ""}
    assert "Enter a date" in press(client, address, **no_day)
    assert "wait for a second person" in press(client, address, **CORRECTION)
    made = DisclosureCorrection.objects.get()
    decide = f"/partners/disclosures/corrections/{made.id}/"
    assert "£4,900" in page(certifier, decide)
    assert "Say why not." in press(certifier, decide, decision="refuse", words="")
    press(certifier, decide, decision="publish")
    assert "A typing error" in page(Client(), "/register/2025/corrections/")
    again = DisclosureRow.objects.get(correction=made)
    press(client, f"/partners/disclosures/rows/{again.id}/correct/", is_withdrawn="on", reason="Paid back.")
    second = DisclosureCorrection.objects.get(kind="withdrawn")
    press(
        certifier, f"/partners/disclosures/corrections/{second.id}/", decision="refuse", words="It was not."
    )
    assert "It was not." in page(client, f"/partners/disclosures/corrections/{second.id}/")
    assert client.get(f"/partners/disclosures/corrections/{uuid4()}/").status_code == 404
    assert client.get(f"/partners/disclosures/rows/{uuid4()}/correct/").status_code == 404
    assert Disclosure.objects.get(id=year.id).state == "corrected"


def test_a_payment_left_behind_is_added(sign_in: SignIn, lead: Viewer, group: Organisation) -> None:
    year, client = make_year(lead), sign_in("engagement_lead")
    address = f"/partners/disclosures/{year.id}/add/"
    assert "Nothing is missing" in page(client, address)
    late = make_paid(group.id, description="A film about asthma at school")
    assert "A film about asthma" in page(client, address)
    assert "Choose an answer" in press(client, address, payment="", reason="x")
    assert "under 4,000" in press(client, address, payment=str(late.id), reason="x" * 5_000)
    assert "An entry was missing" in press(client, address, payment=str(late.id), reason="Booked late.")


def test_a_group_sees_its_rows_answers_and_sees_the_reply(lead: Viewer, group: Organisation) -> None:
    other = make_organisation("Plain Skin")
    make_paid(other.id, description="Marked words of another group")
    client = as_person(make_partner_user(group.id))
    assert "Nothing yet" in page(client, "/our-organisation/disclosure/")
    year = make_year(lead, until="checking")
    address = f"/our-organisation/disclosure/{year.id}/"
    assert "Waits for you" in page(client, "/our-organisation/disclosure/")
    assert "Marked" not in page(client, address)
    assert "Choose an answer" in press(client, address)
    assert "Say what we should look at" in press(client, address, answer="look", words="")
    assert "Your answer is kept." in press(client, address, answer="look", words="It was January.")
    assert "It was January." in page(client, address)


def test_another_group_is_answered_as_if_nothing_were_there(lead: Viewer, group: Organisation) -> None:
    year = make_year(lead)
    client = as_person(make_partner_user(make_organisation("Never paid").id))
    assert client.get(f"/our-organisation/disclosure/{year.id}/").status_code == 404
    assert client.get(f"/our-organisation/disclosure/{uuid4()}/").status_code == 404
    assert "Nothing yet" in page(client, "/our-organisation/disclosure/")


def test_before_it_is_asked_a_group_sees_nothing(lead: Viewer, group: Organisation) -> None:
    year, client = make_year(lead, until="reconciling"), as_person(make_partner_user(group.id))
    assert client.get(f"/our-organisation/disclosure/{year.id}/").status_code == 404


PERIOD = {
    "first_day": "1", "first_month": "1", "first_year": "2025",
    "last_day": "31", "last_month": "12", "last_year": "2025",
}  # fmt: skip


def test_a_declaration_names_every_interest_by_company(
    sign_in: SignIn, group: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_paid(group.id, affiliate="Merrowdale Belgium", description="A booth at a congress", amount_pence=100)
    make_agreement(
        organisation_id=group.id, title="A van to borrow", starts_on=date(2025, 3, 1),
        ends_on=date(2025, 9, 1), in_kind_description="The use of a van",
    )  # fmt: skip
    group.other_funders.create(
        name="Halfpenny Fund", year=2025, amount_pence=700, source="Their report", added_at=SPRING
    )
    client = sign_in("engagement_lead")
    address = "/partners/disclosures/declaration/"
    query = {**PERIOD, "organisation": str(group.id)}

    words = client.get(address, query).content.decode()

    for said in ("Merrowdale Belgium", "The use of a van", "Halfpenny Fund", "written by the group"):
        assert said in words
    assert "Choose an answer" in client.get(address, {**PERIOD, "organisation": ""}).content.decode()
    late = client.get(address, {**query, "first_year": "2026"}).content.decode()
    assert "ends before it begins" in late
    monkeypatch.setattr(declaration, "make_register_pdf", lambda html, _style: html.encode())
    period = f"?organisation={group.id}&first=2025-01-01&last=2025-12-31"
    assert "The use of a van" in client.get(f"{address}pdf/{period}").content.decode()
    assert "The use of a van" in client.get(f"{address}print/{period}").content.decode()
    csv = b"".join(client.get(f"{address}csv/{period}").streaming_content)  # type: ignore[attr-defined]
    assert csv.count(b"\r\n") == 5
    for wrong in (f"docx/{period}", "csv/?first=x", f"csv/?organisation={uuid4()}&first=2025-01-01&last=2025-12-31",
                  "csv/?first=2025-01-01&last=2025-12-31"):  # fmt: skip
        assert client.get(f"{address}{wrong}").status_code == 404


def test_a_group_declares_for_itself_and_for_nobody_else(group: Organisation) -> None:
    user = make_partner_user(group.id)
    client = as_person(user)
    assert "Interests to declare" in page(client, "/our-organisation/declaration/")
    words = client.get("/our-organisation/declaration/", PERIOD).content.decode()
    assert "A year of phone friends" in words
    period = f"?organisation={make_organisation().id}&first=2025-01-01&last=2025-12-31"
    csv = b"".join(client.get(f"/our-organisation/declaration/csv/{period}").streaming_content)  # type: ignore[attr-defined]
    assert b"phone friends" in csv
    other = make_organisation("Another")
    first, last = date(2025, 1, 1), date(2025, 12, 31)
    assert declaring.get_declaration(user, other.id, first, last) is None


def test_a_day_names_what_waits_for_whom(lead: Viewer, certifier: Viewer, group: Organisation) -> None:
    user, on = make_partner_user(group.id), date(2026, 6, 1)
    year = make_year(lead, until="checking")
    assert [one.group for one in list_day(user, SPRING.date())] == ["needs_you"]
    assert [one.group for one in list_day(user, on)] == ["late"]
    assert [one.group for one in list_day(lead, on)] == ["needs_you"]
    assert [one.group for one in list_day(lead, date(2026, 7, 3))] == ["late"]
    assert list_day(lead, SPRING.date()) == []
    answer_check(disclosure_id=year.id, answer="look", words="Look.", by=user, at=SPRING)
    assert "Second Stair asked" in list_day(lead, SPRING.date())[0].title
    Disclosure.objects.update(state="to_approve")
    assert "waiting for approval" in list_day(certifier, on)[0].title


def test_a_certifier_is_told_of_a_correction(lead: Viewer, certifier: Viewer, group: Organisation) -> None:
    year = make_year(lead)
    DisclosureCorrection.objects.create(
        disclosure=year, kind="added", reason="Late", made_by_id=lead.own_id, made_at=SPRING
    )
    assert list_day(certifier, SPRING.date())[0].title == "A correction of 2025 waits for you"


def test_a_timeline_and_what_a_partner_takes_away_tell_of_published_years(
    lead: Viewer, group: Organisation
) -> None:
    user = make_partner_user(group.id)
    assert list_timeline(PUBLIC, [group.id], date(2020, 1, 1)) == []
    assert collect_shared(user, group.id).rows == ()
    make_year(lead)
    (entry,) = list_timeline(user, [group.id], date(2020, 1, 1))
    assert (entry.title, entry.is_shared) == ("The register of 2025 became public", True)
    assert len(collect_shared(user, group.id).rows) == 1
    assert collect_shared(user, make_organisation().id).rows == ()
    assert collect_shared(make_viewer("owner"), group.id).rows == ()


def test_a_person_is_told_what_they_said_and_their_words_go(lead: Viewer, group: Organisation) -> None:
    user = make_partner_user(group.id)
    year = make_year(lead, until="checking")
    answer_check(disclosure_id=year.id, answer="look", words="Mind the date.", by=user, at=SPRING)
    told = Subject(person_ids=frozenset({user.own_id}))
    theirs = Subject(person_ids=frozenset({lead.own_id}))
    assert [one.table for one in collect(told)] == ["partnership_disclosure_check"]
    assert {one.table for one in collect(theirs)} == {
        "partnership_disclosure_event",
        "partnership_method_note",
    }

    rows = {one.table: one for one in erase(told, by=SYSTEM, at=SPRING)}

    assert (rows["partnership_disclosure_check"].erased, rows["partnership_disclosure_check"].kept) == (1, 1)
    assert (get_check(year, group.id).answer, get_check(year, group.id).words) == ("look", "–")
    assert erase(told, by=SYSTEM, at=SPRING)[0].erased == 0
