"""The kinds of checks a rule can name: each looks at facts and says what it found, or nothing where all is well.

A fact that is missing never passes for one that is there: each check says which of its facts must be filled.
"""

import operator
import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from alongside.science.values.rules import Check, Facts, FactValue

Look = Callable[[Check, Facts], str]


def shift_months(day: date, months: int) -> date:
    """Return the day so many months later; the 31st becomes the last day of a shorter month.

    Raise OverflowError beyond the years a date can hold.
    """
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(f"{months} months from {day} is no date")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _words(value: FactValue) -> str:
    """Return a fact as rule books write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _name(fact: str) -> str:
    return fact.replace("_", " ")


def _filled(check: Check, facts: Facts) -> str:
    missing = [_name(one) for one in check.facts if not facts.is_filled(one)]
    return f"Missing: {', '.join(missing)}." if missing else ""


def _one_filled(check: Check, facts: Facts) -> str:
    if any(facts.is_filled(one) for one in check.facts):
        return ""
    return f"None of these is there: {', '.join(_name(one) for one in check.facts)}."


def _empty(check: Check, facts: Facts) -> str:
    there = [_name(one) for one in check.facts if facts.is_filled(one)]
    return f"This should not be: {', '.join(there)}." if there else ""


def _one_of(check: Check, facts: Facts) -> str:
    (fact,) = check.facts
    found = _words(facts.get(fact))
    return "" if found in check.values else f"{_name(fact).capitalize()}: {found or 'nothing'}."


def _none_of(check: Check, facts: Facts) -> str:
    (fact,) = check.facts
    found = _words(facts.get(fact))
    return f"{_name(fact).capitalize()}: {found}." if found in check.values else ""


def _same(check: Check, facts: Facts) -> str:
    (fact,) = check.facts
    same = facts.is_filled(fact) and facts.get(fact) == facts.get(check.against)
    return "" if same else f"{_name(fact).capitalize()} and {_name(check.against)} are not the same."


def _different(check: Check, facts: Facts) -> str:
    (fact,) = check.facts
    same = facts.is_filled(fact) and facts.get(fact) == facts.get(check.against)
    return f"{_name(fact).capitalize()} and {_name(check.against)} are the same." if same else ""


def _held_against(check: Check, facts: Facts, is_broken: Callable[[date, date], bool], how: str) -> str:
    """Return what is wrong with a date held against another, shifted by months, or which of the two is missing."""
    (fact,) = check.facts
    day, against = facts.get(fact), facts.get(check.against)
    if not isinstance(day, date) or not isinstance(against, date):
        return f"Missing: {_name(check.against if isinstance(day, date) else fact)}."
    limit = shift_months(against, check.months)
    if not is_broken(day, limit):
        return ""
    return f"{_name(fact).capitalize()} {day:%-d %B %Y} is {how} {limit:%-d %B %Y}."


def _not_after(check: Check, facts: Facts) -> str:
    return _held_against(check, facts, operator.gt, "after")


def _not_before(check: Check, facts: Facts) -> str:
    return _held_against(check, facts, operator.lt, "before")


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of these words or phrases whole, however they are spaced, in lower case."""
    phrases = (r"\s+".join(re.escape(part) for part in one.casefold().split()) for one in words)
    found = "|".join(sorted(filter(None, phrases), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)" if found else r"(?!)")


def _words_absent(check: Check, facts: Facts) -> str:
    for fact in check.facts:
        value = facts.get(fact)
        found = _pattern(check.words).search(value.casefold()) if isinstance(value, str) else None
        if found:
            return f"{_name(fact).capitalize()} says “{found.group()}”."
    return ""


def _apart(check: Check, facts: Facts) -> str:
    there = [_name(one) for one in check.facts if _is_more_than_nothing(facts, one)]
    return f"Together in one: {' and '.join(there)}." if len(there) > 1 else ""


def _is_more_than_nothing(facts: Facts, fact: str) -> bool:
    return facts.is_filled(fact) and facts.get(fact) != 0


def _at_most(check: Check, facts: Facts) -> str:
    (fact,) = check.facts
    number, most = _number(facts.get(fact)), _number(facts.get(check.against))
    if number is None or most is None:
        return f"Missing: {_name(fact if number is None else check.against)}."
    return "" if number <= most else f"{_name(fact).capitalize()}: {number}, more than {most}."


def _number(value: FactValue) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


# Each kind of check by the name that rule books use. Beside it stand the parameters it needs.
CHECKS: Mapping[str, tuple[Look, frozenset[str]]] = {
    "filled": (_filled, frozenset()),
    "one_filled": (_one_filled, frozenset()),
    "empty": (_empty, frozenset()),
    "one_of": (_one_of, frozenset({"values"})),
    "none_of": (_none_of, frozenset({"values"})),
    "same": (_same, frozenset({"against"})),
    "different": (_different, frozenset({"against"})),
    "not_after": (_not_after, frozenset({"against"})),
    "not_before": (_not_before, frozenset({"against"})),
    "words_absent": (_words_absent, frozenset({"list"})),
    "apart": (_apart, frozenset()),
    "at_most": (_at_most, frozenset({"against"})),
}
# These look at one fact only; the others at any number.
OF_ONE_FACT = frozenset({"one_of", "none_of", "same", "different", "not_after", "not_before", "at_most"})
