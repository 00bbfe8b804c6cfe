"""The pages about people's own data, as the public, as somebody signed in, and as those who handle requests."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from alongside.apps.people.models import DataAnswer, DataRequest, Erasure, Person
from alongside.apps.people.operations.answers import gather_records, make_answer
from alongside.apps.people.operations.records import open_records
from alongside.apps.people.views.requests import STEPS
from tests.factories.people import NOW, make_person
from tests.factories.requests import (
    EMAIL,
    NAME,
    TODAY,
    WORDS,
    ask,
    ask_and_know,
    have_say,
    join,
    make_governance,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"


@pytest.fixture
def governance(client: Client) -> Client:
    by = make_governance()
    client.force_login(Person.objects.get(id=by.own_id))
    return client


def read(client: Client, address: str, sent: dict[str, Any] | None = None) -> str:
    answer = client.get(address) if sent is None else client.post(address, sent, follow=True)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_anybody_asks_and_gets_a_code_once() -> None:
    client = Client()
    assert "You can ask us about what we hold about you" in read(client, "/your-data/")
    assert client.get("/your-data/sent/").status_code == 302
    assert "Enter the name" in read(client, "/your-data/ask/", {"kind": "access"})
    assert "Write an e-mail address or" in read(client, "/your-data/ask/", {"kind": "access", "name": NAME})
    page = read(
        client, "/your-data/ask/", {"kind": "complaint", "name": NAME, "email": EMAIL, "words": "Twice."}
    )
    assert re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", page)
    assert "within 30 days" in page
    assert DataRequest.objects.get().kind == "complaint"


def test_the_foot_of_every_page_leads_here() -> None:
    assert 'href="/your-data/"' in read(Client(), "/sign-in/")
    assert 'href="/your-data/"' in read(Client(), "/what-changed/")


def test_a_person_signed_in_sees_their_own_and_asks_for_the_rest(client: Client) -> None:
    person = make_person("patient_partner", name=NAME, email=EMAIL)
    client.force_login(person)
    page = read(client, "/your-data/mine/")
    assert EMAIL in page
    assert "Your account" in page
    assert "Choose an answer" in read(client, "/your-data/mine/", {"words": ""})
    assert "in your own words" in read(client, "/your-data/mine/", {"kind": "complaint", "words": ""})
    assert "What you asked" in read(client, "/your-data/mine/", {"kind": "access", "words": ""})
    request = DataRequest.objects.get()
    assert client.post(f"/your-data/mine/{request.id}/page/").status_code == 404
    by = make_governance()
    gather_records(request_id=request.id, by=by, at=NOW)
    make_answer(request_id=request.id, by=by, at=NOW, on=TODAY)
    DataAnswer.objects.update(available_until="2099-01-01")
    assert "Read our answer" in read(client, "/your-data/mine/")
    assert "What we hold about you" in read(client, f"/your-data/mine/{request.id}/page/", {})
    assert client.post(f"/your-data/mine/{request.id}/picture/").status_code == 404
    other = Client()
    other.force_login(make_person("patient_partner"))
    assert other.post(f"/your-data/mine/{request.id}/page/").status_code == 404


def test_a_request_is_handled_from_the_queue_to_the_answer(governance: Client) -> None:
    have_say()
    join()
    page = read(governance, "/data-requests/")
    assert "Nobody waits for an answer" in page
    sent = {
        "came_by": "phone", "kind": "access", "name": NAME, "email": EMAIL, "received_on_day": "1",
        "received_on_month": "1", "received_on_year": "2099",
    }  # fmt: skip
    assert "after today" in read(governance, "/data-requests/new/", sent)
    page = read(governance, "/data-requests/new/", {**sent, "received_on_year": "2026"})
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", page)
    assert code
    request = DataRequest.objects.get()
    address = f"/data-requests/{request.id}/"
    assert NAME in read(governance, "/data-requests/")
    assert "No request fits" in read(governance, "/data-requests/?q=nobody&kind=access&state=open")
    assert "We know who it is" in read(governance, address)
    for name in STEPS:
        assert "Write it down" in read(governance, f"{address}step/{name}/", {"note": ""})
    assert governance.get(f"{address}step/dance/").status_code == 404
    assert "not waiting" in read(governance, f"{address}step/heard/", {"note": "x"})
    read(governance, f"{address}step/identity/", {"note": "Rang."})
    assert "The clock stands still" in read(governance, address)
    read(governance, f"{address}step/heard/", {"note": "Rang back."})
    read(governance, f"{address}step/longer/", {"note": "x"})
    read(governance, f"{address}step/known/", {"note": "Knew the day they joined."})
    assert "Find them in our records" in read(governance, address)
    assert "Give an address" in read(
        governance, f"{address}find/", {"look": "1", "email": "", "name": "", "code": ""}
    )
    page = read(governance, f"{address}find/", {"look": "1", "email": EMAIL, "name": "", "code": ""})
    assert "Patient Partnership Programme" in page
    matches = [str(match.id) for match in request.matches.all()]
    read(governance, f"{address}find/", {"choose": "1", "match": matches})
    assert "Gather it" in read(governance, f"{address}records/")
    page = read(governance, f"{address}records/", {})
    assert WORDS.split(".")[0] in page
    (record, *_rest) = open_records(make_governance(), request.id, only_review=True)
    review = f"{address}records/{record.id}/"
    assert record.label in read(governance, review)
    assert "Choose why" in read(governance, review, {"decision": "hold", "given": "", "exemption": ""})
    for one in open_records(make_governance(), request.id, only_review=True):
        page = read(
            governance, f"{address}records/{one.id}/", {"decision": "give", "given": "", "exemption": ""}
        )
    assert "Make and seal the answer" in page
    assert governance.get(f"{address}records/{request.id}/").status_code == 404
    page = read(governance, f"{address}make/", {})
    secret = re.search(r'id="secret">([^<]+)<', page)
    assert secret
    assert secret.group(1) not in read(governance, address)
    read(governance, f"{address}step/delivered/", {"note": "Rang and read it out."})
    assert "Handed over" in read(governance, address)
    # The person opens it with both, as a page and as a file
    person = Client()
    assert person.post("/your-data/answer/page/").status_code == 302
    assert "do not go together" in read(
        person, "/your-data/answer/", {"code": code.group(), "secret": "wrong"}
    )
    page = read(person, "/your-data/answer/", {"code": code.group(), "secret": secret.group(1)})
    assert "half an hour" in page
    page = read(person, "/your-data/answer/page/", {})
    assert WORDS in page
    assert "ico.org.uk" in page
    answer = person.post("/your-data/answer/file/")
    assert json.loads(answer.content)["schema"] == "alongside/your-data-1"
    assert "attachment" in answer["Content-Disposition"]
    assert "The answer was opened" in read(governance, address)
    assert 'id="secret"' in read(governance, f"{address}password/", {})


def test_the_erasure_page_says_what_goes_and_what_stays_and_wants_a_word(governance: Client) -> None:
    have_say()
    by = make_governance()
    request = ask_and_know(by, "erasure")
    address = f"/data-requests/{request.id}/"
    assert "See what would be erased" in read(governance, address)
    assert "Nothing is erased yet" in read(governance, f"{address}erase/")
    page = read(governance, f"{address}erase/", {"look": "1"})
    assert "What will be erased" in page
    assert "stays true" in page
    assert "What this cannot reach" in page
    assert "Type ERASE" in read(governance, f"{address}erase/", {"typed": "yes"})
    assert not Erasure.objects.exists()
    page = read(governance, f"{address}erase/", {"typed": "erase"})
    assert "What was erased, and what is kept" in page
    assert NAME not in page
    other, _code = ask("erasure")
    assert "First choose who" in read(governance, f"/data-requests/{other.id}/erase/", {"look": "1"})


def test_something_is_put_right_and_uses_are_stopped(governance: Client) -> None:
    have_say()
    member = join()
    by = make_governance()
    request = ask_and_know(by, "correction")
    address = f"/data-requests/{request.id}/correct/"
    assert "Patient Partnership Programme" in read(governance, address)
    assert "stands there already" in read(
        governance, address, {"key": f"member:{member}:name", "value": NAME}
    )
    assert "Put right" in read(governance, address, {"key": f"member:{member}:name", "value": "Q. Right"})
    request = ask_and_know(by, "objection")
    address = f"/data-requests/{request.id}/stop/"
    assert "Choose an answer" in read(governance, address, {"everything": ""})
    assert "Stopped for 1 voice" in read(governance, address, {"everything": "yes"})
    empty, _code = ask("objection")
    assert "how you know" in read(governance, f"/data-requests/{empty.id}/stop/", {"everything": "yes"})


def test_the_report_counts_and_downloads(governance: Client) -> None:
    ask()
    assert "Everything you hold about me" in read(
        governance, "/data-requests/report/?since=2026-01-01&until=x"
    )
    page = read(governance, "/data-requests/report/?since=2026-01-01&until=2099-01-01&as=csv")
    assert page.splitlines()[0] == "kind,received,answered in time,answered late,open,open and late"
    assert "everything you hold about me,1,0,0,1" in page


@pytest.mark.parametrize("role", ["engagement_lead", "auditor", "administrator", "patient_partner"])
def test_nobody_else_sees_requests(client: Client, role: str) -> None:
    request, _code = ask()
    client.force_login(make_person(role))
    for address in ("/data-requests/", "/data-requests/new/", "/data-requests/report/", f"/data-requests/{request.id}/",
                    f"/data-requests/{request.id}/find/", f"/data-requests/{request.id}/erase/"):  # fmt: skip
        assert NAME not in client.get(address).content.decode()
        assert "Your role does not let you" in client.get(address).content.decode()
    assert client.get(f"/data-requests/{request.id}/step/note/").status_code != 200
