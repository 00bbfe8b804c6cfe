"""The frame of every page, and the pages for when something cannot be shown."""

from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as live_settings
from django.test import Client, RequestFactory
from django.urls import ResolverMatch

from alongside.apps.base.presenters import frame
from alongside.apps.base.presenters.frame import list_rooms
from alongside.apps.base.rules import PUBLIC, Viewer
from alongside.apps.base.views import bad_request, broken, expired, forbidden, refused

pytestmark = pytest.mark.urls("tests.apps.base.look_urls")
SOMEBODY = Viewer(person_id=UUID(int=1), name="Amina", permissions=frozenset({"see_engagements"}))


@pytest.fixture
def rooms_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretend that every room is built except the one for actions."""
    monkeypatch.setattr(frame, "find_url", lambda name: "" if name.startswith("actions") else f"/{name}/")


@pytest.mark.usefixtures("rooms_everywhere")
def test_the_header_offers_only_rooms_a_person_may_enter() -> None:
    request = RequestFactory().get("/home:start/")

    rooms = list_rooms(SOMEBODY, request)

    assert [room.label for room in rooms] == ["Start", "Listen", "What changed", "Search"]
    assert [room.is_here for room in rooms] == [True, False, False, False]
    assert list_rooms(PUBLIC, request) == []


@pytest.mark.usefixtures("rooms_everywhere")
def test_a_room_is_here_on_each_of_its_pages() -> None:
    request = RequestFactory().get("/engagements/new/")
    request.resolver_match = ResolverMatch(lambda: None, (), {}, namespaces=["engagement"])

    assert [room.label for room in list_rooms(SOMEBODY, request) if room.is_here] == ["Listen"]


def test_every_fault_says_what_happened_and_what_to_do() -> None:
    request = RequestFactory().get("/")
    request.user = None  # type: ignore[assignment]
    answers = {
        "Ask an administrator if it should": refused(
            request, "Your role does not. Ask an administrator if it should."
        ),
        "We could not read that": bad_request(request),
        "This page is not open to you": forbidden(request),
        "This page had been open too long": expired(request, "CSRF cookie not set."),
        "The fault is ours, not yours": broken(request),
    }

    assert [answer.status_code for answer in answers.values()] == [403, 400, 403, 403, 500]
    for words, answer in answers.items():
        html = answer.content.decode()
        assert words in html
        assert html.count("<h1") == 1
        assert "href=" in html


def test_a_form_from_another_visit_gets_our_page_not_djangos() -> None:
    answer = Client(enforce_csrf_checks=True).post("/language/", {"language": "cy"})

    assert answer.status_code == 403
    assert "This page had been open too long" in answer.content.decode()


def test_the_broken_page_stands_when_the_layout_is_what_broke(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the layout broke")

    monkeypatch.setattr(frame, "list_rooms", fail)
    answer = Client(raise_request_exception=False).get("/nowhere/")

    assert answer.status_code == 500
    assert "Something went wrong here" in answer.content.decode()


def test_the_style_guide_belongs_to_the_demonstration(client: Client, settings: Any) -> None:
    settings.DEMO = False
    assert [client.get(path).status_code for path in ("/look/", "/look/public/", "/look/print/")] == [404] * 3

    settings.DEMO = True
    assert [client.get(path).status_code for path in ("/look/", "/look/public/", "/look/print/")] == [200] * 3
    assert "Demonstration:" in client.get("/look/public/").content.decode()


@pytest.mark.parametrize(
    ("colour", "rule"), [("#123abc", ":root{--brand:#123abc}"), ("red;}body{display:none", ""), ("", "")]
)
def test_only_a_colour_can_be_a_colour(client: Client, settings: Any, colour: str, rule: str) -> None:
    settings.BRAND = {**live_settings.BRAND, "colour": colour}

    answer = client.get("/brand.css")

    assert answer.content.decode() == rule
    assert answer["Content-Type"] == "text/css"


def test_an_installation_wears_its_own_name_and_mark(client: Client, settings: Any) -> None:
    settings.DEMO = True
    settings.BRAND = {
        "name": "Riverside",
        "organisation": "Riverside Trust",
        "logo": "/static/own.svg",
        "colour": "#123abc",
    }

    html = client.get("/look/public/").content.decode()

    assert 'src="/static/own.svg" alt="Riverside"' in html
    assert "/brand.css" in html
    assert "al-header__mark" not in html


def test_the_page_says_its_language_and_offers_the_other(client: Client, settings: Any) -> None:
    settings.DEMO = True

    english = client.get("/look/public/").content.decode()
    welsh = client.get("/look/public/", headers={"Accept-Language": "cy"}).content.decode()

    assert '<html lang="en-gb">' in english
    assert 'value="cy" lang="cy">Cymraeg</button>' in english
    assert '<html lang="cy">' in welsh
    assert "Neidio i’r prif gynnwys" in welsh
