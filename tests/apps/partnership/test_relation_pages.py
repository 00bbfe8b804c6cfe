"""Pages of relationships: what they say to whom, forms that keep what was typed, queries that do not grow."""

import io
from collections.abc import Callable
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alongside.apps.base.jobs import run_next_job
from alongside.apps.base.operations.jobs import start_job
from alongside.apps.base.rules import SYSTEM, Viewer
from alongside.apps.partnership.models import Interaction, NoteAnswer, Priority, Promise, Relationship
from alongside.apps.partnership.operations.relations import PriorityPlan, RelationshipPlan, keep_relationship
from alongside.apps.people.models import Organisation, OrganisationIncome, Person
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW, make_person, make_viewer
from tests.factories.relations import TODAY, make_note, make_promise_plan

pytestmark = pytest.mark.django_db
WANTED = PriorityPlan("A number to ring at night", "first", "their chair")


def sign_in(person: Person | str) -> Client:
    client = Client()
    client.force_login(make_person(person) if isinstance(person, str) else person)
    return client


def sign_in_partner(viewer: Viewer) -> Client:
    return sign_in(Person.objects.get(id=viewer.own_id))


def read(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def judge_all_now() -> None:
    start_job(kind="partnership.judge_relationships", arguments={}, by=SYSTEM, at=timezone.now())
    run_next_job()


def day(name: str, on: object) -> dict[str, str]:
    year, month, number = str(on).split("-")
    return {f"{name}_day": number, f"{name}_month": month, f"{name}_year": year}


def test_the_list_says_how_each_stands_to_those_who_see_relations_and_names_to_others() -> None:
    lead = make_viewer("engagement_lead")
    quiet, fresh = make_organisation("Quiet group"), make_organisation("Fresh group", "charity")
    make_note(quiet.id, by=lead, happened_on=TODAY - timedelta(days=400))
    make_note(fresh.id, by=lead, happened_on=TODAY)
    Organisation.objects.filter(id=fresh.id).update(nation="Wales", purpose="Marked purpose")
    client = sign_in(Person.objects.get(id=lead.own_id))
    page = read(client, "relations:list")
    assert "Strained" in page
    assert "last contact" in page
    assert "No partner fits" in read(client, "relations:list", query="?health=strained")
    judge_all_now()
    strained = read(client, "relations:list", query="?health=strained")
    assert "Quiet group" in strained
    assert "Fresh group" not in strained
    Relationship.objects.filter(organisation=fresh.id).delete()
    assert "Fresh group" in read(client, "relations:list", query="?health=not_kept")
    assert "No partner fits" in read(client, "relations:list", query="?health=ended")
    assert "Quiet group" not in read(client, "relations:list", query="?nation=Wales&kind=charity")
    assert "No partner fits" in read(client, "relations:list", query="?q=nobody-like-that")
    names = read(sign_in("analyst"), "relations:list", query="?health=strained")
    assert "Fresh group" in names
    assert "Marked purpose" not in names
    assert "last contact" not in names
    assert reverse("relations:change", args=[fresh.id]) in read(sign_in("administrator"), "relations:list")


def test_the_list_is_taken_to_a_spreadsheet_by_those_who_may() -> None:
    lead, group = make_viewer("engagement_lead"), make_organisation("=HYPERLINK(1)")
    make_note(group.id, by=lead)
    client = sign_in(Person.objects.get(id=lead.own_id))
    text = b"".join(client.get(reverse("relations:export", args=["csv"]))).decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    book = client.get(reverse("relations:export", args=["xlsx"]))
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    assert sheet is not None
    assert sheet.max_row == 2
    assert client.get(reverse("relations:export", args=["pdf"])).status_code == 404
    assert sign_in("auditor").get(reverse("relations:export", args=["csv"])).status_code == 403


def test_a_partner_is_added_changed_counted_and_checked() -> None:
    client = sign_in("engagement_lead")
    assert "Enter the organisation" in client.post(reverse("relations:new"), {"name": ""}).content.decode()
    answer = client.post(reverse("relations:new"), {"name": "Side Door", "kind": "patient_group"})
    group = Organisation.objects.get(name="Side Door")
    assert answer["Location"] == reverse("relations:organisation", args=[group.id])
    again = client.post(reverse("relations:new"), {"name": "Side Door", "kind": "charity"})
    assert "already here" in again.content.decode()
    page = read(client, "relations:organisation", group.id)
    assert "Check again" in page
    assert "Nobody keeps this relationship yet" in page
    change = reverse("relations:change", args=[group.id])
    assert "Side Door" in client.get(change).content.decode()
    details = {"name": "Side Door Wales", "kind": "carers", "membership": "12", "website": "side.example"}
    client.post(change, details)
    numbers = reverse("relations:identifiers", args=[group.id])
    half = client.post(numbers, {"scheme_1": "GB-CHC", "number_1": "", "scheme_2": "", "number_2": "7"})
    assert "take the list out" in half.content.decode()
    assert "Choose the list this number stands on" in half.content.decode()
    warned = client.post(numbers, {"scheme_1": "GB-CHC", "number_1": "12"}, follow=True)
    assert "does not look like a number there" in warned.content.decode()
    assert 'value="12"' in client.get(numbers).content.decode()
    incomes = reverse("relations:incomes", args=[group.id])
    wrong = client.post(incomes, {"amount": "1.234,50", "source": "x", **day("year_ends_on", "2026-03-31")})
    assert "is not an amount" in wrong.content.decode()
    late = client.post(incomes, {"amount": "1", "source": "x", **day("year_ends_on", "2099-03-31")})
    assert "Enter a year that has ended" in late.content.decode()
    client.post(
        incomes, {"amount": "£182,400", "source": "Annual return", **day("year_ends_on", "2026-03-31")}
    )
    client.post(reverse("relations:assure", args=[group.id]))
    page = read(client, "relations:organisation", group.id)
    assert "£182,400" in page
    assert "Check again" not in page
    assert "Looks wrong" in page
    assert client.post(reverse("relations:drop_income", args=[group.id, "soon"])).status_code == 404
    client.post(reverse("relations:drop_income", args=[group.id, "2026-03-31"]))
    assert not OrganisationIncome.objects.exists()
    admin = sign_in("administrator")
    assert admin.post(change, details)["Location"] == reverse("relations:list")


def test_a_note_with_promises_and_a_wish_is_written_on_one_page() -> None:
    client, owner = sign_in("engagement_lead"), make_person("owner", name="Nisha")
    group, today = make_organisation("Side Door"), timezone.localdate()
    address = reverse("relations:new_note", args=[group.id])
    assert "Promise 3" in client.get(address).content.decode()
    data = {
        "title": "First meeting", "kind": "meeting", **day("happened_on", today), "their_people": "Bron",
        "shared_notes": "We agreed.", "private_notes": "Short of money.", "share": "on",
        "promise_1_words": "Send the minutes", "promise_1_owner": str(owner.id), **day("promise_1_due_on", today),
        "promise_3_words": "Ring the chair", "promise_3_owner": str(owner.id), **day("promise_3_due_on", today),
        "priority_1_words": "A number to ring", "priority_1_strength": "first",
    }  # fmt: skip
    half = {
        "promise_2_words": "Half a promise", "priority_2_words": "Half a wish", "shared_notes": "",
        "promise_1_words": "", "priority_1_words": "", "priority_1_said_by": "Bron",
    }  # fmt: skip
    refused = client.post(address, data | half).content.decode()
    for words in (
        "Choose who of us keeps this promise", "Enter the day by which it is kept", "how much it matters to them",
        "or share them later", "or take the day out", "Half a promise", "Write what they said",
    ):  # fmt: skip
        assert words in refused
    answer = client.post(address, data)
    note = Interaction.objects.get()
    assert answer["Location"] == reverse("relations:note", args=[note.id])
    assert (note.note_state, Promise.objects.count(), Priority.objects.count()) == ("shared", 2, 1)
    page = read(client, "relations:note", note.id)
    assert "Short of money." in page
    assert "Ring the chair" in page
    change = reverse("relations:change_note", args=[note.id])
    assert "asked to confirm them again" in client.get(change).content.decode()
    empty = {"title": "First", "kind": "call", **day("happened_on", today), "shared_notes": ""}
    assert "cannot be emptied" in client.post(change, empty).content.decode()
    client.post(change, empty | {"shared_notes": "We agreed on June."})
    assert Interaction.objects.get().notes_version == 2
    whole = read(client, "relations:organisation", group.id, query="?kind=promise&since=all")
    assert "Send the minutes" in whole
    nothing = read(client, "relations:organisation", group.id, query="?kind=dance")
    assert "Nothing fits these filters" in nothing


def test_promises_and_wishes_are_added_and_followed_on_their_pages() -> None:
    client, owner = sign_in("engagement_lead"), make_person("owner")
    group, today = make_organisation(), timezone.localdate()
    promise = reverse("relations:new_promise", args=[group.id])
    days = {**day("due_on", today - timedelta(days=1)), **day("made_on", today)}
    early = {"words": "Ring", "owner": str(owner.id), **days}
    assert "the day until when" in client.post(promise, early).content.decode()
    assert "Enter an answer for" in client.post(promise, {"words": ""}).content.decode()
    client.post(promise, early | day("due_on", today))
    assert Promise.objects.count() == 1
    wish = reverse("relations:new_priority", args=[group.id])
    heard = {"words": "A number", "strength": "first", **day("heard_on", today)}
    assert (
        "today, or a day before" in client.post(wish, heard | day("heard_on", "2099-01-01")).content.decode()
    )
    answer = client.post(wish, heard)
    wanted = Priority.objects.get()
    assert answer["Location"] == reverse("relations:priority", args=[wanted.id])
    page = read(client, "relations:priority", wanted.id)
    assert "We checked it back" in page
    assert reverse("engagement:voice", args=[wanted.voice_id]) in page
    client.post(reverse("relations:move_priority", args=[wanted.id, "checked_back"]), {"words": ""})
    decline = reverse("relations:move_priority", args=[wanted.id, "declined"])
    assert "Enter an answer for: Why not?" in client.post(decline, {"words": ""}).content.decode()
    client.post(decline, {"words": "No money this year."})
    assert "No money this year." in read(client, "relations:priority", wanted.id)
    acted = reverse("relations:move_priority", args=[wanted.id, "acted_on"])
    assert "cannot become" in client.post(acted, {"words": "Done"}).content.decode()
    assert client.get(reverse("relations:move_priority", args=[wanted.id, "flown"])).status_code == 404


def test_how_a_relationship_is_kept_is_said_on_its_pages() -> None:
    client, group = sign_in("engagement_lead"), make_organisation()
    keep = reverse("relations:keep", args=[group.id])
    assert "Nobody yet" in client.get(keep).content.decode()
    client.post(keep, {"contact_every_days": "45", "purpose": "Know each other"})
    assert "45" in client.get(keep).content.decode()
    later = reverse("relations:later", args=[group.id])
    assert "a day after today" in client.post(later, day("until", "2020-01-01")).content.decode()
    client.post(later, day("until", timezone.localdate() + timedelta(days=20)))
    assert "No reminder before" in read(client, "relations:organisation", group.id)
    end = reverse("relations:end", args=[group.id])
    client.post(end, {"words": "They closed."})
    assert "ended already" in client.post(end, {"words": "Again"}).content.decode()
    assert "They closed." in read(client, "relations:organisation", group.id)
    client.post(reverse("relations:reopen", args=[group.id]))
    assert Relationship.objects.get().ended_on is None
    analyst = make_viewer("analyst")
    wrong = client.post(keep, {"contact_every_days": "45", "lead": str(analyst.person_id)})
    assert "choose one of the answers" in wrong.content.decode()


def test_a_partner_confirms_and_corrects_and_never_reads_private_notes() -> None:
    lead, owner, group = make_viewer("engagement_lead"), make_viewer("owner"), make_organisation()
    other = make_organisation()
    client = sign_in_partner(make_partner_user(group.id))
    assert "No notes yet" in read(client, "ours:notes")
    note = make_note(
        group.id, by=lead, title="The leaflet", share=True, priorities=[WANTED],
        promises=[make_promise_plan(owner.own_id, "Send the minutes")],
    )  # fmt: skip
    unshared, others = (
        make_note(group.id, by=lead, title="Unshared"),
        make_note(other.id, by=lead, share=True),
    )
    assert "The leaflet" in read(client, "ours:notes")
    pages = [read(client, "ours:notes"), read(client, "ours:note", note), read(client, "ours:promises")]
    pages.append(client.get("/").content.decode())
    pages.append(client.get("/search/?q=money").content.decode())
    assert not any("short of money" in page or "Unshared" in page for page in pages)
    for hidden in (unshared, others):
        assert client.get(reverse("ours:note", args=[hidden])).status_code == 404
    assert client.get(reverse("relations:note", args=[note])).status_code == 403
    assert "Send the minutes" in pages[2]
    assert WANTED.words in pages[2]
    address = reverse("ours:note", args=[note])
    assert "Choose whether the notes are right" in client.post(address, {"version": "1"}).content.decode()
    no_words = client.post(address, {"answer": "corrected", "words": "", "version": "1"}).content.decode()
    assert "what should stand there instead" in no_words
    client.post(address, {"answer": "corrected", "words": "It was in June.", "version": "1"})
    assert NoteAnswer.objects.get().words == "It was in June."
    assert "Send my answer" not in client.get(address).content.decode()
    colleague = sign_in(Person.objects.get(id=lead.own_id))
    assert "It was in June." in read(colleague, "relations:note", note)
    share = reverse("relations:share_note", args=[unshared])
    assert colleague.post(share).status_code == 302
    assert "Unshared" in read(client, "ours:notes")


@pytest.mark.parametrize("query", ["", "?health=strained"])
def test_the_list_asks_as_often_for_thirty_as_for_three(query: str) -> None:
    lead = make_viewer("engagement_lead")
    client = sign_in(Person.objects.get(id=lead.own_id))

    def add(number: int) -> None:
        for _ in range(number):
            group = make_organisation()
            keep_relationship(
                organisation_id=group.id, plan=RelationshipPlan(lead.person_id), by=lead, at=NOW
            )
            make_note(group.id, by=lead, happened_on=TODAY - timedelta(days=200), share=True)
        judge_all_now()

    assert _grows_by(client, reverse("relations:list") + query, add) == 0


def test_a_page_asks_as_often_for_thirty_things_as_for_three() -> None:
    lead, owner, group = make_viewer("engagement_lead"), make_viewer("owner"), make_organisation()
    client = sign_in(Person.objects.get(id=lead.own_id))
    partner = sign_in_partner(make_partner_user(group.id))

    def add(number: int) -> None:
        for _ in range(number):
            make_note(
                group.id,
                by=SYSTEM,
                share=True,
                priorities=[WANTED],
                promises=[make_promise_plan(owner.own_id)],
            )

    for browser, address in (
        (client, reverse("relations:organisation", args=[group.id])),
        (partner, reverse("ours:notes")),
        (partner, reverse("ours:promises")),
    ):
        assert _grows_by(browser, address, add, (2, 6)) == 0, address


def _grows_by(
    client: Client, address: str, add: Callable[[int], None], sizes: tuple[int, int] = (3, 27)
) -> int:
    """Return how many more queries a page takes when more was added."""
    counts = []
    for number in sizes:
        add(number)
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(address).status_code == 200
        counts.append(len(seen))
    return counts[1] - counts[0]
