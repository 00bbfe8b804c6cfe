"""The page of roles: one role's rights in words, by room, and every role beside the others."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.apps.people.presenters import WORDS, get_roles_page
from alongside.apps.people.rules import PERMISSIONS, ROLES
from tests.factories.people import make_person, make_viewer

pytestmark = pytest.mark.django_db


def test_every_permission_has_words_and_a_room() -> None:
    named = [name for _label, rights in WORDS for name in rights]

    assert set(named) == set(PERMISSIONS), "add a line to WORDS in people/presenters.py"
    assert len(named) == len(set(named))


def test_a_reader_meets_their_own_role_first() -> None:
    client = Client()
    client.force_login(make_person("clinician"))
    page = client.get(reverse("people:roles")).content.decode()

    assert "Clinician <span" in page
    assert "your role" in page


def test_another_role_can_be_chosen_and_a_strange_one_is_passed_over() -> None:
    viewer = make_viewer("clinician")
    chosen = get_roles_page(viewer, "safety_officer")
    assert chosen["role"] == "safety_officer"
    assert chosen["is_own"] is False
    may = dict(chosen["may"])  # type: ignore[call-overload]
    assert "Decide about concerns, and forward them" in may["Concerns"]
    assert may["Acting"] == []
    assert get_roles_page(viewer, "king")["role"] == "clinician"


def test_the_whole_table_says_what_the_rules_say() -> None:
    page = get_roles_page(make_viewer("auditor"), "")
    rows = {row.words: row.allowed for room in page["groups"] for row in room.rows}  # type: ignore[attr-defined]
    for _label, rights in WORDS:
        for name, words in rights.items():
            assert rows[str(words)] == tuple(role in PERMISSIONS[name] for role in ROLES)


def test_a_permission_without_words_still_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PERMISSIONS, "water_plants", frozenset({"finance"}))
    page = get_roles_page(make_viewer("finance"), "")

    assert ("Everything else", ["Water plants"]) in page["may"]  # type: ignore[operator]
