"""Pages of the room: who may open what, what they say, and that reading changes nothing."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from alongside.apps.actions.models import Action, FeedbackRound, Telling
from alongside.apps.base.jobs import run_next_job
from alongside.apps.base.models import AuditLine, SavedView
from alongside.apps.people.models import Organisation
from tests.factories.actions import (
    AT,
    make_action_with_people,
    make_person,
    make_quote,
    make_round,
    make_voice,
    speaker_ids,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]

# Each page and who may open it; nobody else may.
LEAD, OWNER, SEES = {"engagement_lead"}, {"engagement_lead", "owner"}, {
    "engagement_lead", "analyst", "owner", "clinician",
}  # fmt: skip
PAGES = {
    "list": SEES | {"patient_partner"},
    "action": SEES,
    "new": LEAD,
    "change": OWNER,
    "move": OWNER,
    "close": OWNER,
    "write_round": LEAD,
    "round": LEAD,
    "channel": LEAD,
    "people": LEAD,
    "person": LEAD,
    "bounce": LEAD,
    "digest": LEAD,
    "story": LEAD,
    "export": {"engagement_lead", "analyst"},
}
ROLES = ["engagement_lead", "analyst", "owner", "clinician", "patient_partner", "administrator"]


def make_addresses() -> dict[str, str]:
    """Return the address of every page about one action."""
    action, engagement = make_action_with_people(mails=["ann@example.org"], silent=1, anonymous=1)
    make_quote(action.insights.get(), make_voice(engagement))
    found = make_round(action, sent=True)
    who = speaker_ids(engagement)[0]
    telling = Telling.objects.create(
        round=found, speaker_id=who, engagement=engagement, channel="email", state="accepted", at=AT
    )
    of_action = {
        name: reverse(f"actions:{name}", args=[action.id])
        for name in ("action", "change", "close", "write_round", "story")
    }
    of_round = {name: reverse(f"actions:{name}", args=[found.id]) for name in ("round", "channel", "people")}
    return {
        **of_action,
        **of_round,
        "list": reverse("actions:list"),
        "new": reverse("actions:new"),
        "digest": reverse("actions:digest"),
        "move": reverse("actions:move", args=[action.id, "done"]),
        "person": reverse("actions:person", args=[found.id, who]),
        "bounce": reverse("actions:bounce", args=[telling.id]),
        "export": reverse("actions:export", args=["csv"]),
    }


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_exactly_its_pages(sign_in: SignIn, role: str) -> None:
    client, addresses = sign_in(role), make_addresses()
    opened = {name for name, address in addresses.items() if client.get(address).status_code == 200}
    assert opened == {name for name, roles in PAGES.items() if role in roles}
    assert set(PAGES) == set(addresses)


def test_nobody_without_an_account_opens_a_page() -> None:
    for address in make_addresses().values():
        assert Client().get(address).status_code == 302


def count_rows() -> dict[str, int]:
    rows = {model._meta.label: model._default_manager.count() for model in apps.get_models()}
    looks = AuditLine.objects.filter(kind=AuditLine.Kind.READ).count()
    return {**rows, "base.AuditLine": rows["base.AuditLine"] - looks}


def test_reading_every_page_changes_nothing_but_that_looks_are_written_down(sign_in: SignIn) -> None:
    client, addresses = sign_in("engagement_lead"), make_addresses()
    before = count_rows()
    for address in addresses.values():
        client.get(address)
    assert count_rows() == before
    looks = AuditLine.objects.filter(kind=AuditLine.Kind.READ).values_list("operation", flat=True)
    assert set(looks) == {"see_contacts", "see_contact", "export_actions"}


def test_a_write_by_somebody_who_may_not_is_refused(sign_in: SignIn) -> None:
    addresses = make_addresses()
    action = Action.objects.get()
    found = FeedbackRound.objects.get()
    client = sign_in("analyst")
    for name, args in [
        ("note", [action.id]),
        ("publish", [action.id]),
        ("unpublish", [action.id]),
        ("take_back_round", [found.id]),
        ("send_digest", []),
        ("again", [Telling.objects.get().id]),
        ("take_back_telling", [Telling.objects.get().id]),
    ]:
        assert client.post(reverse(f"actions:{name}", args=args), {"words": "x"}).status_code == 403
    assert client.post(addresses["change"], {}).status_code == 403
    assert not action.notes.exists()


def test_an_action_begins_on_a_page_that_knows_its_insight(sign_in: SignIn) -> None:
    client = sign_in("engagement_lead")
    action, _ = make_action_with_people()
    insight, owner = action.insights.get(), make_person("owner")
    partner = Organisation.objects.create(name="A group", kind="patient_group", created_at=AT)
    address = f"{reverse('actions:new')}?insight={insight.id}"
    assert "checked" in client.get(address).content.decode()
    empty = client.post(address, {})
    assert "Enter an answer for: What will be done?" in empty.content.decode()
    data = {
        "title": "Paint the gate",
        "origin": "insight",
        "insights": [str(insight.id)],
        "owner": str(owner.id),
        "due_on_day": "3", "due_on_month": "6", "due_on_year": "2027",
        "partners": [str(partner.id)],
    }  # fmt: skip
    answer = client.post(address, data)
    made = Action.objects.get(title="Paint the gate")
    assert answer["Location"] == reverse("actions:action", args=[made.id])
    assert list(made.partners.all()) == [partner]


def test_a_refusal_stands_beside_what_was_typed(sign_in: SignIn) -> None:
    client = sign_in("engagement_lead")
    data = {
        "title": "Paint the gate",
        "origin": "rule",
        "origin_note": "",
        "owner": str(make_person("owner").id),
        "due_on_day": "3", "due_on_month": "6", "due_on_year": "2027",
    }  # fmt: skip
    page = client.post(reverse("actions:new"), data).content.decode()
    assert "Say which promise, rule or request this is." in page
    assert "Paint the gate" in page


def test_the_whole_way_from_heard_to_closed_by_its_buttons(sign_in: SignIn) -> None:
    client = sign_in("engagement_lead")
    action, _ = make_action_with_people(silent=2)
    page = reverse("actions:action", args=[action.id])
    assert "Write the first feedback: heard" in client.get(page).content.decode()
    write = reverse("actions:write_round", args=[action.id])
    client.post(f"{write}?stage=heard", {"message": "We heard you.", "thanks": "Thank you."})
    assert "Choose how people hear this message" in client.get(page).content.decode()
    heard = FeedbackRound.objects.get()
    preview = client.get(reverse("actions:round", args=[heard.id])).content.decode()
    assert "We heard you." in preview
    channel = {"channel": "group", "note": "At the May meeting"}
    client.post(reverse("actions:channel", args=[heard.id]), channel)
    assert "Begin this action" in client.get(page).content.decode()
    client.post(reverse("actions:move", args=[action.id, "in_progress"]), {"words": ""})
    assert "Mark as done" in client.get(page).content.decode()
    client.post(reverse("actions:move", args=[action.id, "done"]), {"words": "The gate opens at seven."})
    close = reverse("actions:close", args=[action.id])
    refused = client.post(close)
    assert refused.status_code == 409
    assert "Nobody who spoke has been told how this ended" in refused.content.decode()
    assert "Write the feedback: done" in client.get(page).content.decode()
    client.post(f"{write}?stage=done", {"message": "It opens at seven.", "thanks": "Thank you."})
    done = FeedbackRound.objects.get(stage="done")
    client.post(reverse("actions:channel", args=[done.id]), {"channel": "none", "note": "No address left"})
    still = client.post(close).content.decode()
    assert "no channel is recorded" in still
    client.post(reverse("actions:channel", args=[done.id]), channel)
    assert "Close this action" in client.get(page).content.decode()
    assert client.post(close).status_code == 302
    assert "Ask: did it help?" in client.get(page).content.decode()


def test_a_written_message_can_be_changed_and_taken_back(sign_in: SignIn) -> None:
    client = sign_in("engagement_lead")
    action, _ = make_action_with_people(silent=1)
    found = make_round(action)
    client.post(reverse("actions:change_round", args=[found.id]), {"message": "Better", "thanks": "Thanks"})
    found.refresh_from_db()
    assert found.message == "Better"
    again = client.get(reverse("actions:write_round", args=[action.id]) + "?stage=decided")
    assert again.status_code == 200
    refused = client.post(
        reverse("actions:write_round", args=[action.id]) + "?stage=decided", {"message": "m", "thanks": "t"}
    )
    assert "not sent yet" in refused.content.decode()
    client.post(reverse("actions:take_back_round", args=[found.id]))
    assert not FeedbackRound.objects.exists()


def test_one_person_is_recorded_and_taken_back(sign_in: SignIn) -> None:
    client = sign_in("engagement_lead")
    action, engagement = make_action_with_people(phones=1, mails=["ann@example.org"])
    found = make_round(action)
    mailed, phoned = speaker_ids(engagement)
    person = reverse("actions:person", args=[found.id, phoned])
    assert "0117 496 0000" in client.get(person).content.decode()
    assert "what was tried" in client.post(person, {"channel": "none"}).content.decode()
    client.post(person, {"channel": "phone", "note": "On Monday"})
    client.post(reverse("actions:send_round", args=[found.id]))
    people = reverse("actions:people", args=[found.id])
    page = client.get(people).content.decode()
    assert "recorded by hand" in page
    assert "waiting for the digest" in page
    assert "ann@example.org" not in page
    assert "recorded by hand" not in client.get(f"{people}?show=waiting").content.decode()
    told = Telling.objects.get(speaker_id=phoned)
    client.post(reverse("actions:take_back_telling", args=[told.id]))
    assert not Telling.objects.filter(speaker_id=phoned).exists()
    again = client.post(reverse("actions:send_round", args=[found.id]), follow=True)
    assert "Nobody is left who may be written to" in again.content.decode()
    Telling.objects.filter(speaker_id=mailed).update(state="accepted")
    mail = Telling.objects.get(speaker_id=mailed)
    client.post(reverse("actions:bounce", args=[mail.id]))
    client.post(reverse("actions:again", args=[mail.id]))
    mail.refresh_from_db()
    assert mail.state == Telling.State.WAITING


def test_a_list_is_filtered_kept_and_taken_to_a_spreadsheet(sign_in: SignIn) -> None:
    client = sign_in("engagement_lead")
    action, _ = make_action_with_people()
    Action.objects.filter(id=action.id).update(title="=HYPERLINK(1)")
    make_action_with_people(state="done")
    query = "state=planned&words=hyper"
    page = client.get(f"{reverse('actions:list')}?{query}").content.decode()
    assert "Remove" in page
    assert "planned" in page
    client.post(reverse("base:keep_view"), {"page": "actions:list", "name": "Planned", "query": query})
    assert SavedView.objects.get().query == query
    answer = client.get(f"{reverse('actions:export', args=['csv'])}?{query}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert text.splitlines()[1].startswith("'=HYPERLINK(1),planned")
    book = client.get(f"{reverse('actions:export', args=['xlsx'])}?{query}")
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    assert sheet is not None
    assert [row[0].value for row in sheet.iter_rows()] == ["title", "'=HYPERLINK(1)"]
    assert client.get(reverse("actions:export", args=["pdf"])).status_code == 404
    nothing = client.get(f"{reverse('actions:list')}?words=nothing-like-it").content.decode()
    assert "No action fits these filters" in nothing


def test_what_is_not_there_is_not_found(sign_in: SignIn) -> None:
    client, nobody = sign_in("engagement_lead"), make_person("owner").id
    action, _ = make_action_with_people()
    found = make_round(action)
    for address in [
        reverse("actions:action", args=[nobody]),
        reverse("actions:change", args=[nobody]),
        reverse("actions:close", args=[nobody]),
        reverse("actions:move", args=[action.id, "closed"]),
        reverse("actions:move", args=[nobody, "done"]),
        reverse("actions:write_round", args=[action.id]) + "?stage=never",
        reverse("actions:round", args=[nobody]),
        reverse("actions:change_round", args=[nobody]),
        reverse("actions:channel", args=[nobody]),
        reverse("actions:channel", args=[found.id]) + f"?group={nobody}",
        reverse("actions:people", args=[nobody]),
        reverse("actions:person", args=[found.id, nobody]),
        reverse("actions:bounce", args=[nobody]),
        reverse("actions:story", args=[action.id]) + "?language=fr",
    ]:
        assert client.get(address).status_code == 404, address


def test_an_action_is_changed_on_its_page(sign_in: SignIn) -> None:
    client = sign_in("engagement_lead")
    action, _ = make_action_with_people()
    data = {
        "title": "A clearer title", "description": "", "owner": str(action.owner_id),
        "due_on_day": "1", "due_on_month": "7", "due_on_year": "2026", "reason": "",
    }  # fmt: skip
    address = reverse("actions:change", args=[action.id])
    assert "Say why the owner or the date changes" in client.post(address, data).content.decode()
    client.post(address, {**data, "reason": "The supplier is late."})
    client.post(reverse("actions:note", args=[action.id]), {"words": "Called them."})
    page = client.get(reverse("actions:action", args=[action.id])).content.decode()
    for words in ("A clearer title", "The supplier is late.", "Called them."):
        assert words in page


def test_the_digest_is_sent_in_the_background_by_a_button(sign_in: SignIn, settings: Any) -> None:
    client = sign_in("engagement_lead")
    action, _ = make_action_with_people(mails=["ann@example.org"], state="done")
    client.post(reverse("actions:send_round", args=[make_round(action, "done").id]))
    page = client.get(reverse("actions:action", args=[action.id])).content.decode()
    assert "People are waiting for their mail." in page
    digest = reverse("actions:digest")
    assert "people wait for news" in client.get(digest).content.decode()
    answer = client.post(reverse("actions:send_digest"))
    assert answer.status_code == 302
    run_next_job()
    assert "Nobody waits" in client.get(digest).content.decode()
    Telling.objects.update(state="bounced")
    assert "Mail that did not arrive" in client.get(digest).content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "No mail server is set up here" in client.get(digest).content.decode()


def test_each_stage_has_its_next_step(sign_in: SignIn) -> None:
    client, owner = sign_in("engagement_lead"), sign_in("owner")
    action, _ = make_action_with_people(silent=2, state="not_doing")
    page = reverse("actions:action", args=[action.id])
    assert "Write the feedback: decided" in client.get(page).content.decode()
    found = make_round(action, "decided", sent=True)
    assert "Choose how the others hear it" in client.get(page).content.decode()
    assert "What to do next" not in owner.get(page).content.decode()
    assert client.get(reverse("actions:move", args=[action.id, "in_progress"])).status_code == 200
    client.post(reverse("actions:channel", args=[found.id]), {"channel": "poster", "note": "In the hall"})
    client.post(reverse("actions:close", args=[action.id]))
    make_round(action, "did_it_help", sent=True)
    assert "What to do next" not in client.get(page).content.decode()
    planned, _ = make_action_with_people()
    theirs = owner.get(reverse("actions:action", args=[planned.id])).content.decode()
    assert "Begin this action" in theirs
    Action.objects.filter(id=planned.id).update(state="in_progress")
    back = client.get(reverse("actions:move", args=[planned.id, "planned"])).content.decode()
    assert "Put this action back to planned" in back
