"""Counts that may leave the team."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from alongside.science.disclosure import Sum, protect_count, protect_sums


@dataclass(frozen=True)
class ProtectedPeople:
    """How many people there are and how many of each group, as words; `groups` in the order they were given."""

    people: str
    is_hidden: bool
    is_rounded: bool
    groups: tuple[Mapping[str, str], ...]


def protect_words(count: int) -> str:
    """Return a count as words: 1 to 7 hidden, the rest rounded to 5."""
    return protect_count(count).words


def protect_people(people: int, facts: Sequence[Mapping[str, int]]) -> ProtectedPeople:
    """Return people and their groups by several facts, so that no subtraction gives a hidden group away.

    Each mapping counts the same people by one fact, and adds up to `people`.
    """
    counts: dict[Hashable, int] = {"people": people}
    sums: list[Sum[Hashable]] = []
    for number, fact in enumerate(facts):
        counts |= {(number, group): count for group, count in fact.items()}
        sums.append(Sum("people", tuple((number, group) for group in fact)))
    shown = protect_sums(counts, sums)
    return ProtectedPeople(
        people=shown["people"].words,
        is_hidden=shown["people"].is_hidden,
        is_rounded=bool(shown["people"].rounded),
        groups=tuple(
            {group: shown[number, group].words for group in fact} for number, fact in enumerate(facts)
        ),
    )
