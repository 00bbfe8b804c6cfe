"""Each state names its next step, to whom it belongs, and prints as it stands."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.apps.agreements.models import Agreement
from alongside.apps.agreements.presenters.steps import get_next_step, list_steps
from alongside.apps.agreements.queries import get_agreement_line, list_agreement_lines
from alongside.apps.agreements.queries.pages import get_agreement_page
from alongside.apps.agreements.views import reading
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.people.models import Organisation
from tests.apps.agreements.test_pages import read, sign_in
from tests.factories.papers import STARTS, TODAY, draft, fill, make_plan
from tests.factories.people import NOW, make_viewer

SOON, LATER = STARTS, STARTS + timedelta(days=400)


def step(viewer: Viewer, one: Any, on: Any = TODAY) -> tuple[str, str]:
    page = get_agreement_page(viewer, one, NOW)
    found = get_next_step(viewer, page, on) if page else None
    return (found.why, found.label) if found else ("", "")


@pytest.mark.parametrize(
    ("state", "on", "writer", "certifies", "reads"),
    [
        ("draft", TODAY, "Show it to the partner", "", ""),
        ("partner_review", TODAY, "", "Read and certify", ""),
        ("certified", TODAY, "Sign it, or write down a signature", "Sign it, or write down a signature", ""),
        ("signed", TODAY, "", "", ""),
        ("signed", SOON, "Start it", "", ""),
        ("active", SOON, "", "", ""),
        ("active", LATER, "It is done", "", ""),
        ("completed", LATER, "Close it", "", ""),
        ("closed", LATER, "", "", ""),
    ],
)
def test_the_next_step_belongs_to_whoever_may_take_it(
    lead: Viewer,
    certifier: Viewer,
    group: Organisation,
    state: str,
    on: Any,
    writer: str,
    certifies: str,
    reads: str,
) -> None:
    made = state if state in ("draft", "partner_review", "certified", "signed") else "signed"
    one = draft(make_plan(group.id), lead, until=made, certifier=certifier)
    Agreement.objects.filter(id=one).update(state=state)
    auditor = make_viewer("auditor")

    assert [step(who, one, on)[1] for who in (lead, certifier, auditor)] == [writer, certifies, reads]
    assert sum(each.is_here for each in list_steps(Agreement.objects.get(id=one))) == 1


def test_who_wrote_it_is_told_that_another_certifies(lead: Viewer, group: Organisation) -> None:
    both = Viewer(lead.person_id, "Both", lead.permissions | {"certify_agreements"}, lead.roles)
    one = draft(make_plan(group.id), both, until="partner_review")

    assert "another certifier" in step(both, one)[0]
    Agreement.objects.filter(id=one).update(state="draft")
    blocked = draft(make_plan(group.id, fields=fill("grant", declaration="")), lead)
    assert step(make_viewer("auditor"), blocked) == (
        "One rule stands in the way; it is named below with what would unblock it.",
        "",
    )


def test_an_ended_agreement_shows_its_end_as_the_last_step(lead: Viewer, group: Organisation) -> None:
    one = draft(make_plan(group.id), lead)
    Agreement.objects.filter(id=one).update(state="rejected", ended_at=NOW)

    assert [each.label for each in list_steps(Agreement.objects.get(id=one))] == ["draft", "rejected"]
    assert step(lead, one) == ("", "")


def test_every_move_goes_through_its_page(
    client: Client, lead: Viewer, certifier: Viewer, group: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, one = (
        sign_in(client, lead),
        draft(make_plan(group.id), lead, until="certified", certifier=certifier),
    )
    monkeypatch.setattr(reading, "press_pdf", str.encode)

    def move(to: str, words: str = "") -> str:
        page.post(reverse("agreements:move", args=[one, to]), {"words": words})
        return Agreement.objects.get(id=one).state

    assert page.get(reverse("agreements:move", args=[one, "closed"])).status_code == 404
    assert move("draft", "The sum.") == "draft"
    assert move("partner_review") == "partner_review"
    Agreement.objects.filter(id=one).update(
        state="signed", starts_on=date(2020, 1, 1), signed_on=TODAY, certified_at=NOW
    )
    assert move("active") == "active"
    assert move("completed", "Done.") == "completed"
    assert move("closed") == "closed"
    assert "Grant agreement" in read(page.get(reverse("agreements:pdf", args=[one])))
    assert page.get(reverse("agreements:export", args=["pdf"])).status_code == 404
    assert "replaces it" in read(page.get(reverse("agreements:edit", args=[one])))


def test_a_warning_is_answered_on_the_page(client: Client, lead: Viewer, group: Organisation) -> None:
    page, one = sign_in(client, lead), draft(make_plan(group.id, title="The adalimumab club"), lead)
    answer = reverse("agreements:answer_finding", args=[one, "no-medicine-in-the-name"])
    page.post(answer, {"words": "It is the club's own name."})

    assert "It is the club&#x27;s own name." in read(page.get(reverse("agreements:agreement", args=[one])))
    none = reverse("agreements:answer_finding", args=[one, "not-to-a-person"])
    assert page.post(none, {"words": "Why not?"}).status_code == 404


def test_a_person_is_chosen_on_the_way_to_their_agreement(client: Client, lead: Viewer) -> None:
    page, sheila = sign_in(client, lead), make_viewer("patient_partner", name="Sheila Tate")
    address = reverse("agreements:new")
    chosen = {"kind": "service", "capacity": "themselves"}
    assert f"person={sheila.person_id}" in read(page.get(address, chosen))
    assert "Write a part of the organisation" in read(
        page.get(address, {**chosen, "capacity": "organisation"})
    )
    nobody = {**chosen, "capacity": "organisation", "partner": "zzz"}
    assert "No partner has this in its name" in read(page.get(address, nobody))
    assert "Sheila Tate" in read(page.get(address, {**chosen, "person": str(sheila.person_id)}))


def test_other_rooms_read_agreements_as_lines(lead: Viewer, certifier: Viewer, group: Organisation) -> None:
    one = draft(make_plan(group.id), lead, until="signed", certifier=certifier)
    line = get_agreement_line(lead, one)

    assert (line.is_in_force, line.kind_words, line.state_words, line.payee) == (
        True,
        "grant",
        "signed",
        group.name,
    )
    found = list_agreement_lines(lead, organisation_id=group.id, kinds=["grant"], in_force_only=True)
    assert [each.id for each in found] == [one]
    assert list_agreement_lines(lead, person_id=lead.person_id) == []
    with pytest.raises(Refused, match="not yours to see"):
        get_agreement_line(make_viewer("analyst"), one)
