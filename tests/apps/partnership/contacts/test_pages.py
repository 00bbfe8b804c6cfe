"""Pages of contacts and of a partner's own side: what they show, to whom, and how much they ask the database."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.apps.base.jobs import run_next_job
from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import SYSTEM, Viewer
from alongside.apps.partnership.models import (
    ChangeRequest,
    ContactImport,
    ContactPerson,
    DuplicateProposal,
    Merge,
)
from alongside.apps.partnership.operations.contacts.duplicates import propose_duplicates
from alongside.apps.partnership.operations.contacts.merging import merge_contacts
from alongside.apps.people.models import Person
from tests.factories.agreements import make_agreement
from tests.factories.contacts import make_contact, make_list
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW, make_person, make_viewer
from tests.factories.relations import make_note

pytestmark = pytest.mark.django_db


def enter(viewer: Viewer) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(Person.objects.get(id=viewer.own_id))
    return client


@pytest.fixture
def lead() -> Client:
    client = Client()
    client.force_login(make_person("engagement_lead"))
    return client


def text(client: Client, name: str, *values: object, query: str = "") -> str:
    answer: Any = client.get(reverse(name, args=values) + query)
    assert answer.status_code == 200, answer.status_code
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return bytes(body).decode()


def test_the_list_is_narrowed_and_taken_away_as_table_and_cards(lead: Client) -> None:
    door, skin = make_organisation("Side Door"), make_organisation("Plain Skin")
    meg = make_contact(door.id, email="meg@example.org", is_main=True, mandated_from=NOW.date())
    make_contact(skin.id, "Tom Hale", email="=cmd@example.org")
    shown = text(lead, "contacts:list", query=f"?organisation={door.id}&mandated=now")
    assert "Meg Rowntree" in shown
    assert "Tom Hale" not in shown
    assert "Side Door" in shown
    assert "BEGIN:VCARD" in text(lead, "contacts:card", meg.id)
    assert text(lead, "contacts:vcard", query="?words=tom").count("BEGIN:VCARD") == 1
    table = text(lead, "contacts:export", "csv", query="?words=tom")
    assert "'=cmd@example.org" in table
    assert lead.get(reverse("contacts:export", args=["pdf"])).status_code == 404
    assert AuditLine.objects.filter(operation="export_contacts").count() == 3
    assert "No contacts yet" not in text(lead, "contacts:list", query="?words=nobody")


def test_a_contact_is_added_changed_and_ended_on_its_pages(lead: Client) -> None:
    group = make_organisation("Side Door")
    make_partner_user(group.id, "Bron Maddox")
    address = reverse("contacts:new", args=[group.id])
    kept = lead.post(address, {"name": "Meg", "preferred_way": "email", "role_words": "Chair"})
    assert "They prefer e-mail" in kept.content.decode()
    assert "Chair" in kept.content.decode()
    assert lead.post(address, {"name": "Meg", "person_id": ""}).status_code == 302
    meg = ContactPerson.objects.get()
    assert "Bron Maddox" in text(lead, "contacts:edit", meg.id)
    lead.post(reverse("contacts:edit", args=[meg.id]), {"name": "Meg Rowntree"})
    end = {"ended_on_day": "1", "ended_on_month": "2", "ended_on_year": "2031"}
    assert "not in the future" in lead.post(reverse("contacts:end", args=[meg.id]), end).content.decode()
    assert (
        lead.post(reverse("contacts:end", args=[meg.id]), {**end, "ended_on_year": "2026"}).status_code == 302
    )
    assert "They are a contact again" in text(lead, "contacts:contact", meg.id)
    lead.post(reverse("contacts:take_up", args=[meg.id]))
    meg.refresh_from_db()
    assert (meg.name, meg.ended_on) == ("Meg Rowntree", None)


def test_a_list_comes_in_page_by_page(lead: Client) -> None:
    make_organisation("Side Door")
    rows = [("Side Dor", "Ann New", "ann@example.org"), ("Side Door", "x@example.org", "")]
    file = SimpleUploadedFile("partners.csv", make_list(("Organisation", "Contact", "Email"), rows))
    answer = lead.post(reverse("contacts:import"), {"kind": "contacts", "file": file})
    found = ContactImport.objects.get()
    assert answer.headers["Location"] == reverse("contacts:import_columns", args=[found.id])
    assert lead.get(reverse("contacts:import_show", args=[found.id])).status_code == 302
    assert "Ann New" in text(lead, "contacts:import_columns", found.id)
    columns = {
        "organisation": "Organisation",
        "name": "Contact",
        "email": "Organisation",
        "date_order": "dmy",
    }
    twice = lead.post(reverse("contacts:import_columns", args=[found.id]), columns)
    assert "was chosen twice" in twice.content.decode()
    lead.post(reverse("contacts:import_columns", args=[found.id]), {**columns, "email": "Email"})
    assert run_next_job()
    shown = text(lead, "contacts:import_show", found.id)
    assert "Bring in 1 row" in shown
    assert "It is Side Door" in shown
    assert "This is an e-mail address, not a name" in shown
    decided = {"key": ["side dor", "strange"], "meant": ["leave", "add"]}
    lead.post(reverse("contacts:import_unknown", args=[found.id]), decided)
    assert run_next_job()
    assert "There is nothing new in this file" in text(lead, "contacts:import_show", found.id)
    lead.post(reverse("contacts:import_columns", args=[found.id]), {**columns, "email": "Email"})
    assert run_next_job()
    assert "x@example.org" in text(lead, "contacts:import_wrong", found.id)
    lead.post(reverse("contacts:import_confirm", args=[found.id]))
    assert "Take it out again" in text(lead, "contacts:import_show", found.id)
    lead.post(reverse("contacts:import_take_out", args=[found.id]))
    assert "What it brought was taken out" in text(lead, "contacts:import_show", found.id)
    assert "partners.csv" in text(lead, "contacts:import")
    bad = SimpleUploadedFile("partners.pdf", b"x")
    assert (
        "is not a table"
        in lead.post(reverse("contacts:import"), {"kind": "contacts", "file": bad}).content.decode()
    )


def test_two_become_one_and_two_again_on_their_pages(lead: Client) -> None:
    door, dor = make_organisation("Side Door"), make_organisation("Side Dor")
    make_partner_user(dor.id, "Bron Maddox")
    meg, far = make_contact(door.id), make_contact(door.id, "M Rowntree")
    assert propose_duplicates(at=NOW) == 2
    shown = text(lead, "contacts:duplicates")
    assert "al-card--proposed" in shown
    assert "al-card--decided" not in shown
    make_agreement(organisation_id=dor.id)
    page = text(lead, "contacts:merge", "organisation", door.id, dor.id)
    assert "1 agreement" in page
    assert "Bron Maddox" in page
    address = reverse("contacts:merge", args=["organisation", door.id, dor.id])
    assert "a paper keeps the party" in lead.post(address, {"keep": str(door.id)}).content.decode()
    lead.post(address, {"keep": str(dor.id), "reason": "One group."})
    merge = Merge.objects.get()
    assert "Side Door is Side Dor" in text(lead, "contacts:duplicates")
    lead.post(reverse("contacts:undo_merge", args=[merge.id]))
    assert "Two again" in text(lead, "contacts:merges")
    proposal = DuplicateProposal.objects.get(kind="contact")
    assert lead.post(reverse("contacts:apart", args=[proposal.id])).status_code == 302
    assert lead.post(reverse("contacts:apart", args=[proposal.id])).status_code == 404
    lead.post(reverse("contacts:merge", args=["contact", meg.id, far.id]), {"keep": str(meg.id)})
    assert ContactPerson.objects.get(id=far.id).merged_into_id == meg.id
    assert lead.get(reverse("contacts:merge", args=["weather", meg.id, far.id])).status_code == 404
    assert "/jobs/" in lead.post(reverse("contacts:look")).headers["Location"]
    make_agreement(organisation_id=door.id)
    assert "So they stay two" in text(lead, "contacts:merge", "organisation", door.id, dor.id)


def test_a_partner_sees_asks_and_takes_away_what_is_its_own_and_nothing_else(lead: Client) -> None:
    door, skin = make_organisation("Side Door"), make_organisation("Plain Skin")
    for group, mark in ((door, "OURS"), (skin, "THEIRS")):
        make_contact(group.id, f"Meg {mark}", email=f"meg-{mark}@example.org", mandated_from=NOW.date())
        make_note(
            group.id,
            title=f"Meeting {mark}",
            shared_notes=f"We talked {mark}.",
            private_notes="PRIVATE",
            share=True,
        )
        ChangeRequest.objects.create(organisation=group, about="other", words=f"Please {mark}", asked_at=NOW)
    client = enter(make_partner_user(door.id))
    pages = [text(client, f"ours:{name}") for name in ("start", "organisation", "ask", "records")]
    pages += [text(client, "ours:kind", name) for name in ("contacts", "notes", "changes")]
    assert "Meg OURS" in pages[1]
    assert "Please OURS" in pages[1]
    assert "We talked OURS." in pages[5]
    archive: Any = client.get(reverse("ours:export"))
    with zipfile.ZipFile(io.BytesIO(archive.content)) as opened:
        names = opened.namelist()
        pages += [opened.read(name).decode() for name in names]
        whole = json.loads(opened.read("records.json"))
    assert {"README.txt", "records.json", "contacts.csv", "notes.csv", "changes.csv"} <= set(names)
    held = {one["kind"]: one["rows"] for one in whole["records"]}
    assert held["contacts"][0]["Name"] == "Meg OURS"
    assert len(held["notes"]) == 1
    assert AuditLine.objects.filter(operation="export_shared_records").count() == 1
    assert not [page for page in pages if "THEIRS" in page or "PRIVATE" in page]
    assert client.get(reverse("ours:kind", args=["weather"])).status_code == 404
    sent = {"about": "organisation", "words": "Our website has moved."}
    assert client.post(reverse("ours:ask"), {"about": "organisation"}).status_code == 200
    assert client.post(reverse("ours:ask"), sent).status_code == 302
    asked = ChangeRequest.objects.get(words="Our website has moved.")
    assert "Our website has moved." in text(lead, "contacts:changes", query="?state=waiting")
    answer = {"outcome": "done", "answer": "Thank you."}
    address = reverse("contacts:change", args=[asked.id])
    assert "from what to what" in lead.post(address, answer).content.decode()
    lead.post(address, {**answer, "what_changed": "The website."})
    assert "The website." in text(client, "ours:organisation")
    assert "Your request was answered" in text(client, "ours:start")
    assert client.get(reverse("contacts:list")).status_code == 403


def test_an_account_without_an_organisation_is_told_so() -> None:
    client = enter(make_viewer("partner_user"))
    answer = client.get(reverse("ours:start"))
    assert answer.status_code == 200
    assert "belongs to no organisation" in answer.content.decode()
    assert client.get(reverse("ours:records")).status_code == 403


def count_queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def add_contacts(number: int) -> None:
    for n in range(number):
        group = make_organisation()
        make_contact(group.id, f"Person {group.name} {n}", email=f"{group.id}@example.org")


def add_pairs(number: int) -> None:
    for _n in range(number):
        group = make_organisation()
        first, second = make_contact(group.id, "Meg Rowntree"), make_contact(group.id, "M Rowntree")
        smaller, larger = sorted((first.id, second.id))
        DuplicateProposal.objects.create(
            kind="contact", first_id=smaller, second_id=larger, why="name", found_at=NOW
        )
        third = make_contact(group.id, "Una")
        merge_contacts(kept_id=first.id, merged_id=third.id, reason="", by=SYSTEM, at=NOW)


def add_changes(number: int) -> None:
    for n in range(number):
        group = make_organisation()
        asked_by = make_partner_user(group.id)
        ChangeRequest.objects.create(
            organisation=group, about="other", words=f"Change {n}", asked_at=NOW, asked_by_id=asked_by.own_id
        )


def add_lists(number: int) -> None:
    for n in range(number):
        ContactImport.objects.create(
            kind="contacts", file_name=f"{n}.csv", stored_name=f"{n}", sha256="", bytes=1, created_at=NOW
        )


@pytest.mark.parametrize(
    ("name", "add"),
    [
        ("contacts:list", add_contacts),
        ("contacts:duplicates", add_pairs),
        ("contacts:merges", add_pairs),
        ("contacts:changes", add_changes),
        ("contacts:import", add_lists),
    ],
)
def test_a_list_asks_the_database_as_often_for_thirty_rows_as_for_three(
    lead: Client, name: str, add: Callable[[int], None]
) -> None:
    add(3)
    few = count_queries(lead, reverse(name))
    add(20)
    assert count_queries(lead, reverse(name)) == few
