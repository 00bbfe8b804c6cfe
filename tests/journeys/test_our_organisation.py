"""On a telephone, a group confirms notes, comments on an agreement, says what is wrong, and takes every record away."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from alongside.apps.partnership.models import Interaction
from alongside.apps.people.models import Person
from tests.factories.contacts import make_contact
from tests.factories.papers import draft, make_plan
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import make_person, make_viewer
from tests.factories.relations import make_note
from tests.journeys.steps import Check, SignIn, expect_heading, fill, follow, look, press

pytestmark = pytest.mark.journey
TELEPHONE = 390


def make_group(mark: str) -> tuple[Person, dict[str, Any]]:
    """Return somebody who speaks for a group, and what is shared with it and what is not, its words marked."""
    group = make_organisation(f"Side Door {mark}")
    person = Person.objects.get(id=make_partner_user(group.id, f"Bron {mark}").own_id)
    make_contact(group.id, f"Meg {mark}", email=f"meg-{mark.lower()}@example.org")
    note = make_note(
        group.id,
        title=f"Spring meeting {mark}",
        shared_notes=f"We talked about the leaflet {mark}.",
        private_notes=f"Private words {mark}",
        share=True,
    )
    plan = make_plan(group.id, title=f"Phone friends {mark}")
    paper = draft(plan, make_viewer("engagement_lead"), until="partner_review")
    return person, {"group": group, "note": note, "paper": paper}


def read_archive(page: Page, folder: Path) -> dict[str, str]:
    """Take everything away, and return the files of the archive."""
    with page.expect_download() as waiting:
        press(page, "Take a copy of everything")
    path = folder / "records.zip"
    waiting.value.save_as(path)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist()}


def test_a_group_reads_confirms_comments_and_takes_its_records_away(
    open_context: Callable[..., BrowserContext],
    sign_in: SignIn,
    check_page: Check,
    allow_status: Callable[[int], None],
    tmp_path: Path,
) -> None:
    # Given two groups, each with notes, an agreement and a contact of its own
    ours, held = make_group("OURS")
    _theirs, other = make_group("THEIRS")
    lead = make_person("engagement_lead")
    phone = open_context(TELEPHONE, accept_downloads=True).new_page()
    sign_in(phone, ours)

    # When somebody of the first opens the start page, it leads to what needs them
    phone.goto("/")
    expect(phone.get_by_role("heading", name="Needs you")).to_be_visible()
    follow(phone, "Our organisation")
    expect_heading(phone, "Side Door OURS")
    look(phone, check_page, "ours-start")

    # And they confirm notes
    follow(phone, "1 note waits")
    if phone.get_by_role("heading", level=1).inner_text() != "Spring meeting OURS":
        follow(phone, "Spring meeting OURS")
    look(phone, check_page, "ours-note")
    phone.get_by_role("radio").first.check()
    press(phone, "Send my answer")
    assert Interaction.objects.get(id=held["note"]).note_state == "confirmed"

    # And comment on an agreement
    phone.goto("/our-organisation/")
    follow(phone, "Agreements")
    look(phone, check_page, "ours-agreements")
    follow(phone, "Phone friends OURS")
    fill(phone, Your_comment="The chair signs, not the treasurer.")
    press(phone, "Send the comment")
    expect(phone.get_by_text("The chair signs, not the treasurer.")).to_be_visible()
    look(phone, check_page, "ours-agreement")

    # And see their page, and ask for a change
    phone.goto("/our-organisation/")
    follow(phone, "See your page")
    expect(phone.get_by_text("Meg OURS")).to_be_visible()
    look(phone, check_page, "ours-organisation")
    press(phone, "Ask for a change")
    look(phone, check_page, "ours-ask")
    press(phone, "Send")
    expect(phone.get_by_role("alert")).to_be_visible()
    phone.get_by_role("radio").first.check()
    fill(phone, What_should_change="Our website has moved.")
    press(phone, "Send")
    expect(phone.get_by_text("Our website has moved.")).to_be_visible()

    # And the team answers it
    desk = open_context().new_page()
    sign_in(desk, lead)
    desk.goto("/")
    follow(desk, "1 partner asks for a change")
    follow(desk, "Side Door OURS")
    desk.get_by_label("I changed it").check()
    fill(desk, What_was_changed="The website on your page.", Your_answer="Thank you, it is right now.")
    look(desk, check_page, "contacts-change")
    press(desk, "Send the answer")
    phone.goto("/our-organisation/")
    follow(phone, "Your request was answered")
    expect(phone.get_by_text("Thank you, it is right now.")).to_be_visible()

    # Then they can read and take away every shared record, and nothing private is in it
    phone.goto("/our-organisation/")
    follow(phone, "Read every shared record")
    look(phone, check_page, "ours-records")
    kinds = [link.inner_text() for link in phone.locator("main .al-row__title a").all()]
    files = read_archive(phone, tmp_path)
    whole = json.loads(files["records.json"])
    assert [one["label"] for one in whole["records"]] == kinds
    assert {f"{one['kind']}.csv" for one in whole["records"]} | {"README.txt", "records.json"} == set(files)
    assert "We talked about the leaflet OURS." in files["notes.csv"]
    assert "Phone friends OURS" in files["agreements.csv"]
    assert "Our website has moved." in files["changes.csv"]
    everything = "\n".join(files.values())
    assert "Private words" not in everything
    assert "THEIRS" not in everything

    # And the other group's records are not there for them
    allow_status(404)
    for address in (
        f"/our-organisation/notes/{other['note']}/",
        f"/our-organisation/agreements/{other['paper']}/",
    ):
        answer = phone.goto(address)
        assert answer is not None
        assert answer.status == 404
        assert "THEIRS" not in phone.content()
