"""The rules that come with Alongside: recall and precision on labelled sentences do not fall."""

from datetime import date

import pytest

from alongside.apps.engagement.bridge import list_bank_holidays, list_concern_rules
from alongside.science.concerns import Finder
from alongside.science.values.concerns import KINDS, ConcernRule, Phrase
from tests.science.concerns.sentences import Score, read_sentences, score

# What is measured now, a little below; docs/methods/concerns.md prints the figures and what they mean.
FLOORS = {
    "tuning": {
        "adverse_event": (0.97, 0.95),
        "product_complaint": (0.97, 0.95),
        "safeguarding": (0.97, 0.95),
        "urgent_harm": (0.97, 0.95),
        "complaint": (0.97, 0.97),
    },
    "held_out": {
        "adverse_event": (0.86, 0.95),
        "product_complaint": (0.58, 0.85),
        "safeguarding": (0.58, 0.80),
        "urgent_harm": (0.72, 0.80),
        "complaint": (0.80, 0.95),
    },
}
FINDER = Finder(list_concern_rules())
SCORES = {name: score(FINDER, read_sentences(name)) for name in FLOORS}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", FLOORS)
def test_recall_and_precision_do_not_fall(name: str, kind: str) -> None:
    recall, precision = FLOORS[name][kind]
    found: Score = SCORES[name][kind]

    assert found.recall >= recall
    assert found.precision >= precision


def test_there_are_enough_sentences_and_none_stands_in_both_halves() -> None:
    tuning, held_out = (read_sentences(name) for name in FLOORS)

    assert len(tuning) + len(held_out) >= 300
    assert not {text for _kind, text in tuning} & {text for _kind, text in held_out}
    assert {kind for kind, _text in held_out} == {*KINDS, "none"}


@pytest.mark.parametrize(
    "text",
    [
        "This wait is killing me.",
        "I can't complain.",
        "I was dying to know.",
        "No side effects at all.",
        "The food was to die for.",
    ],
)
def test_figures_of_speech_are_left_alone(text: str) -> None:
    assert FINDER.find(text) == []


def as_text(phrase: Phrase) -> str:
    return " ".join(part.strip("*") for part in phrase if part != "…")


@pytest.mark.parametrize("rule", list_concern_rules(), ids=lambda rule: rule.name)
def test_every_rule_can_fire_and_says_why_and_from_where(rule: ConcernRule) -> None:
    alone = Finder([rule])
    partners = [""] if not rule.near else [as_text(phrase) for phrase in rule.near]
    thirds = [""] if not rule.also_near else [as_text(phrase) for phrase in rule.also_near]
    texts = (
        f"{third} {as_text(phrase)} {partner}"
        for phrase in rule.words
        for partner in partners[:20]
        for third in thirds[:20]
    )

    assert any(alone.find(text) for text in texts)
    assert rule.why.endswith(".")
    assert rule.source


def test_the_bank_holidays_cover_three_years_on_days_when_people_work() -> None:
    days = list_bank_holidays()

    assert {day.year for day in days} == {2026, 2027, 2028}
    assert len(days) == 24
    assert all(day.weekday() < 5 for day in days)
    assert date(2026, 12, 28) in days
