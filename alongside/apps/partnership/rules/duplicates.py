"""Which names are nearly the same: folded, compared letter by letter, and found among thousands without all pairs."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import TypeVar

# Words in a name that say what form it has, not who it is.
_FORMS = frozenset({"the", "ltd", "limited", "plc", "llp", "cio", "cic", "inc"})
_NOT_LETTERS = re.compile(r"[\W_]+")
FEWEST_LETTERS = 6  # in shorter names one letter makes another name
Key = TypeVar("Key", bound=Hashable)


def fold_words(name: str) -> tuple[str, ...]:
    """Return the words of a name without accents, capitals, signs and its legal form.

    “The Second Stair Ltd.” and “second stair” have the same words. Where nothing else is left, the form stays; a name
    without letters or numbers has no words.
    """
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ").replace("’", "").replace("'", ""))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    words = tuple(word for word in _NOT_LETTERS.split(letters) if word)
    return tuple(word for word in words if word not in _FORMS) or words


def fold_name(name: str) -> str:
    """Return a name as it is looked up: its folded words with one blank between."""
    return " ".join(fold_words(name))


def differ_by_one(first: str, second: str) -> bool:
    """Return whether one letter more, less, other, or two neighbours swapped make one text the other."""
    if len(first) > len(second):
        first, second = second, first
    if first == second or len(second) - len(first) > 1:
        return first == second
    start = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), len(first))
    if len(first) < len(second):
        return first[start:] == second[start + 1 :]
    swapped = first[start + 1 : start + 2] + first[start : start + 1]
    return first[start + 1 :] == second[start + 1 :] or (
        swapped == second[start : start + 2] and first[start + 2 :] == second[start + 2 :]
    )


def are_near(first: str, second: str) -> bool:
    """Return whether two organisations' names are nearly the same.

    They are where the same words stand in any order, or where one letter differs in names of six letters or more.
    """
    one, two = fold_words(first), fold_words(second)
    return bool(one and two) and (sorted(one) == sorted(two) or _differ_by_one_letter(one, two))


def are_near_people(first: str, second: str) -> bool:
    """Return whether two people's names are nearly the same: as for organisations, or “J Smith” for “Jane Smith”."""
    return are_near(first, second) or _is_initial(fold_words(first), fold_words(second))


def _differ_by_one_letter(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    joined = "".join(one), "".join(two)
    return min(map(len, joined)) >= FEWEST_LETTERS and differ_by_one(*joined)


def _is_initial(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    if len(one) < 2 or len(two) < 2 or one[-1] != two[-1]:
        return False
    return 1 in (len(one[0]), len(two[0])) and one[0][0] == two[0][0]


def find_near_pairs(names: Mapping[Key, str], *, people: bool = False) -> Iterator[tuple[Key, Key]]:
    """Yield pairs whose names are nearly the same, each once, without comparing all with all.

    Where many have the same words, each is paired with the first of them, and one of each order of words is compared
    with other names: so everything near is linked, and ten thousand names take no hundred million comparisons.
    """
    same: dict[tuple[str, ...], list[Key]] = defaultdict(list)
    orders: dict[tuple[str, ...], Key] = {}
    for key, name in names.items():
        if words := fold_words(name):
            same[tuple(sorted(words))].append(key)
            orders.setdefault(words, key)
    for alike in same.values():
        for other in alike[1:]:
            yield alike[0], other
    yield from _find_between({key: words for words, key in orders.items()}, people)


def _find_between(words: Mapping[Key, tuple[str, ...]], people: bool) -> Iterator[tuple[Key, Key]]:
    blocks: dict[str, list[Key]] = defaultdict(list)
    for key, one in words.items():
        for block in set(_blocks_of(one, people)):
            blocks[block].append(key)
    seen: set[tuple[Key, Key]] = set()
    for members in blocks.values():
        for pair in combinations(members, 2):
            if pair in seen:
                continue
            seen.add(pair)
            one, two = words[pair[0]], words[pair[1]]
            is_near = _differ_by_one_letter(one, two) or (people and _is_initial(one, two))
            if is_near and sorted(one) != sorted(two):
                yield pair


def _blocks_of(words: tuple[str, ...], people: bool) -> Iterable[str]:
    """Yield what two near names have in common: the name with one letter left out, or initial and surname."""
    joined = "".join(words)
    if len(joined) >= FEWEST_LETTERS:
        yield joined
        yield from (joined[:place] + joined[place + 1 :] for place in range(len(joined)))
    if people and len(words) > 1:
        yield f"{words[0][0]} {words[-1]}"
