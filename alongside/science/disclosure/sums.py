"""Counts that add up to each other, protected together, so that subtracting gives no hidden one away."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from alongside.science.disclosure.protection import LARGEST_HIDDEN, ROUNDED_TO, ProtectedCount, protect_count

Key = TypeVar("Key", bound=Hashable)
NEVER_ABOVE = 10**12
_REACH = ROUNDED_TO // 2


@dataclass(frozen=True, slots=True)
class Sum(Generic[Key]):
    """One total and the parts it is the sum of."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a reader can know of a count: it lies between these two, both possible."""

    low: int
    high: int


def bounds_of(shown: ProtectedCount) -> Bounds:
    """Return what one shown count tells by itself."""
    if shown.at_least:
        return Bounds(shown.at_least, NEVER_ABOVE)
    if shown.rounded is None:
        return Bounds(1, LARGEST_HIDDEN)
    if shown.rounded == 0:
        return Bounds(0, 0)
    return Bounds(max(shown.rounded - _REACH, LARGEST_HIDDEN + 1), shown.rounded + _REACH)


def subtract_all(shown: Mapping[Key, ProtectedCount], sums: Sequence[Sum[Key]]) -> dict[Key, Bounds]:
    """Return what somebody knows of each count who subtracts everything from everything until nothing moves."""
    known = {key: bounds_of(count) for key, count in shown.items()}
    moved = True
    while moved:
        moved = False
        for one in sums:
            for key, bounds in _narrow(one, known).items():
                if bounds != known[key]:
                    known[key], moved = bounds, True
    return known


def _narrow(one: Sum[Key], known: Mapping[Key, Bounds]) -> dict[Key, Bounds]:
    """Return what a total tells of its parts, and they of it."""
    parts = [known[key] for key in one.parts]
    low, high = sum(part.low for part in parts), sum(part.high for part in parts)
    total = Bounds(max(known[one.total].low, low), min(known[one.total].high, high))
    narrowed = {
        key: Bounds(
            max(part.low, total.low - (high - part.high)), min(part.high, total.high - (low - part.low))
        )
        for key, part in zip(one.parts, parts, strict=True)
    }
    return {**narrowed, one.total: total}


def protect_sums(counts: Mapping[Key, int], sums: Sequence[Sum[Key]]) -> dict[Key, ProtectedCount]:
    """Return every count as it may be shown beside the others.

    Each is protected alone first. Where subtracting would still give a count of 1 to 7 away, the nearest number that
    can say less does: a rounded one becomes "8 or more", a hidden one "1 or more", until nothing comes back.
    """
    shown = {key: protect_count(count) for key, count in counts.items()}
    while True:
        known = subtract_all(shown, sums)
        given_away = [
            key
            for key, count in counts.items()
            if 1 <= count <= LARGEST_HIDDEN and known[key].low == known[key].high
        ]
        if not given_away:
            return shown
        for key in {_find_nearest(key, sums, shown, counts) for key in given_away}:
            shown[key] = ProtectedCount(None, at_least=1 if shown[key].is_hidden else LARGEST_HIDDEN + 1)


def _find_nearest(
    key: Key, sums: Sequence[Sum[Key]], shown: Mapping[Key, ProtectedCount], counts: Mapping[Key, int]
) -> Key:
    """Return the number to say less of: rounded before hidden, near before far, totals first, small first.

    There is one: a count is only certain where some number above or beside it has an upper end.
    """
    steps = {key: 1}  # as near as what stands right beside it, so that a total goes first
    edge, distance = {key}, 1
    while edge:
        touched = {
            other
            for one in sums
            if edge.intersection((one.total, *one.parts))
            for other in (one.total, *one.parts)
        }
        edge = touched - steps.keys()
        steps.update(dict.fromkeys(edge, distance))
        distance += 1
    totals = {one.total for one in sums}
    return min(
        (near for near in steps if shown[near].rounded or shown[near].is_hidden),
        key=lambda near: (shown[near].is_hidden, steps[near], near not in totals, counts[near], repr(near)),
    )
