"""Rule sets: taken in once, read in plain words, followed by another; what is wrong in a file is told by line."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alongside.apps.agreements.bridge import (
    LONGEST_BOOK,
    BadRuleText,
    list_shipped_texts,
    read_rule_text,
)
from alongside.apps.agreements.models import CheckResult, RuleSet
from alongside.apps.agreements.operations import add_edition, record_check, take_in_shipped_rules
from alongside.apps.agreements.operations import rule_sets as operations
from alongside.apps.agreements.queries import check_facts
from alongside.apps.agreements.queries.books import get_rule_set, list_rule_sets
from alongside.apps.agreements.queries.rule_sets import list_editions_in_force
from alongside.apps.base.models import new_id
from alongside.apps.base.rules import Refused, Viewer
from alongside.science.values.rules import Facts
from tests.apps.agreements.test_pages import read, sign_in
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
PERSON = Facts.of(kind="grant", payee="person")
(SHIPPED,) = list_shipped_texts()
SOFTER = SHIPPED.replace("key: not-to-a-person", "key: never-to-a-person")


def test_shipped_rules_are_in_force_before_anybody_stored_them(lead: Viewer) -> None:
    found = check_facts(lead, "funding", PERSON, TODAY)

    assert [(one.rule, one.outcome, one.rule_set_id) for one in found if one.is_blocking] == [
        ("not-to-a-person", "block", None)
    ]
    with pytest.raises(Refused, match="have not been taken in"):
        _ = found[0].stored_in
    blocker = found[0].as_blocker("/here/")
    assert ("clause 23.1" in blocker.rule, blocker.url) == (True, "/here/")
    assert check_facts(lead, "funding", PERSON, date(2024, 9, 30)) == []


def test_taking_shipped_rules_in_twice_takes_them_in_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        take_in_shipped_rules(at=NOW)
    assert RuleSet.objects.get().edition == 1
    monkeypatch.setattr(operations, "list_shipped_texts", lambda: (SOFTER,))
    take_in_shipped_rules(at=NOW)

    assert list(RuleSet.objects.values_list("edition", "is_shipped")) == [(2, True), (1, True)]


def test_an_edition_of_ones_own_follows_and_results_keep_theirs(certifier: Viewer) -> None:
    subject_id = new_id()
    record_check(subject_kind="funding", subject_id=subject_id, facts=PERSON, by=certifier, at=NOW)
    add_edition(text=SOFTER, by=certifier, at=NOW)
    take_in_shipped_rules(at=NOW)
    found = record_check(subject_kind="funding", subject_id=subject_id, facts=PERSON, by=certifier, at=NOW)

    assert "never-to-a-person" in {one.rule for one in found}
    assert {one.edition for one in found} == {"abpi-2024, edition 2"}
    kept = CheckResult.objects.filter(subject_id=subject_id, outcome="block").values_list(
        "rule", "rule_set__edition"
    )
    assert list(kept) == [("not-to-a-person", 1), ("never-to-a-person", 2)]
    with pytest.raises(Refused, match="word for word"):
        add_edition(text=SOFTER, by=certifier, at=NOW)


def test_only_certifiers_and_administrators_bring_rules_in(lead: Viewer) -> None:
    with pytest.raises(Refused, match="Your role does not let you change rule sets"):
        add_edition(text=SOFTER, by=lead, at=NOW)
    assert add_edition(text=SOFTER, by=make_viewer("administrator"), at=NOW).edition == 2


def test_two_editions_at_one_moment_are_told(certifier: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in_shipped_rules(at=NOW)
    objects = RuleSet.objects
    first = objects.get()

    class Late:
        """What a query returns to somebody who looked a moment too early."""

        @staticmethod
        def filter(**_more: object) -> "Late":
            return Late()

        @staticmethod
        def order_by(*_names: object) -> "Late":
            return Late()

        @staticmethod
        def first() -> None:
            return None

        latest = staticmethod(lambda _name: first)
        create = staticmethod(objects.create)

    monkeypatch.setattr(RuleSet, "objects", Late)
    with pytest.raises(Refused, match="at the same moment"):
        add_edition(text=SOFTER, by=certifier, at=NOW)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("name: [", 1, ""),
        ("a: &b [1]\nc: *b", 2, "write the words out"),
        (SHIPPED.replace("severity: warn", "severity: panic", 1), 0, "Use one of: block, warn, ask."),
        ("name: a\nname: b", 2, "stands here twice"),
        ("when: 2024-13-45", 1, "cannot be read as YAML"),
        ("? [a, b]\n: c", 1, ""),
        ("[" * 4000, 1, ""),
        ("", 1, "Write keys and values"),
        ("x" * (LONGEST_BOOK + 1), 1, "At most"),
    ],
)
def test_a_file_that_is_no_rule_set_is_told_by_line(text: str, line: int, words: str) -> None:
    with pytest.raises(BadRuleText) as bad:
        read_rule_text(text)
    first = bad.value.problems[0]

    assert words in first.remedy
    assert first.line == line or (line == 0 and "severity" in SHIPPED.splitlines()[first.line - 1])


def test_every_edition_is_read_in_plain_words(client: Client, certifier: Viewer) -> None:
    page = sign_in(client, certifier)
    assert "came with the product" in read(page.get(reverse("agreements:rule_sets")))
    one = reverse("agreements:rule_set", args=["abpi-2024", 1])
    assert "not verified by a lawyer" in read(page.get(one))
    assert read(page.get(reverse("agreements:rule_set_file", args=["abpi-2024", 1]))) == SHIPPED
    assert page.get(reverse("agreements:rule_set", args=["abpi-2024", 9])).status_code == 404
    assert page.get(reverse("agreements:rule_set_file", args=["none", 1])).status_code == 404


def test_an_edition_is_brought_in_as_a_file_or_its_problems_are_listed(
    client: Client, certifier: Viewer
) -> None:
    page, address = sign_in(client, certifier), reverse("agreements:new_edition")

    def send(text: bytes) -> str:
        return read(page.post(address, {"file": SimpleUploadedFile("rules.yaml", text)}, follow=True))

    assert "Choose a file" in read(page.post(address, {}))
    assert "Use one of: block, warn, ask." in send(
        SHIPPED.replace("severity: ask", "severity: panic", 1).encode()
    )
    assert "no text in UTF-8" in send(b"\xff\xfe\x00rules")
    assert "larger than any rule set" in send(b"x" * 1_000_001)
    assert "word for word" in send(SHIPPED.encode())
    assert RuleSet.objects.count() <= 1
    assert "abpi-2024, edition 2" in send(SOFTER.encode())
    lines = list_rule_sets(certifier)
    assert [(one.edition, one.is_newest, one.added_by) for one in lines] == [
        (2, True, "Ada Okafor"),
        (1, False, ""),
    ]
    assert get_rule_set(certifier, "abpi-2024", 2) is not None
    assert [one.number for one in list_editions_in_force(TODAY)] == [2]
