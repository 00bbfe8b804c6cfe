"""A rule book is read whole, and everything wrong with one is told at once, each with its place."""

import copy
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from alongside.science.rules import BadBook, judge, read_book
from alongside.science.values.rules import Facts

HONEST: dict[str, Any] = {
    "name": "ours-2027",
    "title": "Our own rules",
    "valid_from": date(2027, 1, 1),
    "valid_to": None,
    "source": "Our board",
    "verified": {"by": "Nobody; not verified by a lawyer", "day": date(2026, 11, 22)},
    "lists": {"words": ["never ever", "always"]},
    "groups": {"what": "What it is"},
    "fields": [
        {
            "key": "tea",
            "label": "Is there tea?",
            "group": "what",
            "answer": "choice",
            "choices": {"y": "Yes"},
        },
        {"key": "cake", "label": "Which cake?", "group": "what", "required": True, "kinds": "grant"},
    ],
    "rules": [
        {
            "key": "tea-first",
            "clause": 3.1,
            "says": "Tea comes first.",
            "severity": "warn",
            "subjects": ["event"],
            "kinds": ["grant"],
            "when": [{"fact": "guests", "above": 2}, {"fact": "warm", "is": [True]}],
            "check": {"kind": "words_absent", "facts": ["tea"], "list": "words"},
            "remedy": "Make tea.",
            "source": "Our board",
            "verified": {"by": "Ada", "day": date(2026, 1, 1)},
        }
    ],
}


def change(do: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    raw = copy.deepcopy(HONEST)
    do(raw)
    return raw


def problems(raw: object) -> list[tuple[str, str]]:
    with pytest.raises(BadBook) as bad:
        read_book(raw)
    assert str(bad.value)
    return [(one.place, one.remedy) for one in bad.value.problems]


def test_an_honest_book_is_read() -> None:
    book = read_book(HONEST)
    (rule,) = book.rules

    assert (rule.clause, rule.verified_by, rule.check.words) == ("3.1", "Ada", ("never ever", "always"))
    assert [one.key for one in book.list_fields("grant", "organisation")] == ["tea", "cake"]
    assert [one.key for one in book.list_fields("service", "organisation")] == ["tea"]
    asked = Facts.of(kind="grant", guests=3, warm=True, tea="never  ever")
    assert [one.outcome for one in judge(book, "event", asked)] == ["warn"]


@pytest.mark.parametrize(
    "facts",
    [{"guests": 2}, {"guests": True}, {"warm": False}, {"warm": None}, {"kind": "service"}],
)
def test_a_rule_is_asked_only_where_every_condition_holds(facts: dict[str, Any]) -> None:
    asked: dict[str, Any] = {"kind": "grant", "guests": 3, "warm": True, "tea": "always", **facts}

    assert judge(read_book(HONEST), "event", Facts.of(**asked)) == []


@pytest.mark.parametrize(
    ("do", "place"),
    [
        (lambda raw: raw.update(name="two words"), "name"),
        (lambda raw: raw.update(name=["a"]), "name"),
        (lambda raw: raw.update(title=""), "title"),
        (lambda raw: raw.update(title="x" * 201), "title"),
        (lambda raw: raw.update(title=10**5000), "title"),
        (lambda raw: raw.update(valid_from="soon"), "valid_from"),
        (lambda raw: raw.update(valid_from=datetime(2026, 1, 1)), "valid_from"),  # noqa: DTZ001
        (lambda raw: raw.update(valid_to=date(2026, 12, 31)), "valid_to"),
        (lambda raw: raw.update(surprise=1), "surprise"),
        (lambda raw: raw.update({7: "seven"}), "7"),
        (lambda raw: raw.pop("verified"), "verified"),
        (lambda raw: raw["verified"].pop("day"), "verified, day"),
        (lambda raw: raw.update(lists=["a"]), "lists"),
        (lambda raw: raw["lists"].update(words=[1, {"a": 1}]), "lists, words 2"),
        (lambda raw: raw.update(groups=[]), "groups"),
        (lambda raw: raw.update(fields={}), "fields"),
        (lambda raw: raw["fields"].append("tea"), "fields 3"),
        (lambda raw: raw["fields"][0].update(group="elsewhere"), "fields 1, group"),
        (lambda raw: raw["fields"][0].pop("choices"), "fields 1, choices"),
        (lambda raw: raw["fields"][1].update(required="maybe"), "fields 2, required"),
        (lambda raw: raw["fields"][1].update(key="tea"), "fields 2, key"),
        (lambda raw: raw["fields"][1].update(answer="essay"), "fields 2, answer"),
        (lambda raw: raw.pop("rules"), "rules"),
        (lambda raw: raw["rules"].append(HONEST["rules"][0]), "rules 2, key"),
        (lambda raw: raw["rules"][0].update(severity="panic"), "rules 1, severity"),
        (lambda raw: raw["rules"][0].update(subjects=[]), "rules 1, subjects"),
        (lambda raw: raw["rules"][0]["when"][0].update(above="two"), "rules 1, when 1, above"),
        (lambda raw: raw["rules"][0]["when"][0].update(above=True), "rules 1, when 1, above"),
        (lambda raw: raw["rules"][0]["check"].update(kind="guess"), "rules 1, check, kind"),
        (lambda raw: raw["rules"][0]["check"].update(facts=[]), "rules 1, check, facts"),
        (lambda raw: raw["rules"][0]["check"].update(list="others"), "rules 1, check, list"),
        (lambda raw: raw["rules"][0]["check"].update(list=["words"]), "rules 1, check, list"),
        (lambda raw: raw["rules"][0]["check"].update(months=10**6), "rules 1, check, months"),
        (
            lambda raw: raw["rules"][0].update(check={"kind": "same", "facts": ["a", "b"]}),
            "rules 1, check, facts",
        ),
        (lambda raw: raw["rules"][0].update(check={"kind": "same", "facts": "a"}), "rules 1, check, against"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(do: Callable[[dict[str, Any]], object], place: str) -> None:
    found = problems(change(do))

    assert place in {one for one, _remedy in found}
    assert all(remedy for _place, remedy in found)


def test_a_book_without_lists_groups_or_fields_is_a_book() -> None:
    raw = change(lambda one: [one.pop(name) for name in ("lists", "groups", "fields")])
    raw["rules"][0]["check"] = {"kind": "filled", "facts": ["tea"]}
    raw["rules"][0]["when"] = [{"fact": "guests"}]

    assert judge(read_book(raw), "event", Facts.of(kind="grant", guests=1))[0].because == "Missing: tea."


@pytest.mark.parametrize("raw", [None, [], "words", 7])
def test_what_is_no_book_at_all_is_told(raw: object) -> None:
    assert problems(raw)[0][0] == "the whole file"


def test_a_field_without_groups_says_where_groups_stand() -> None:
    assert ("fields 1, group", "Use one of: a group of this file.") in problems(
        change(lambda one: one.pop("groups"))
    )
