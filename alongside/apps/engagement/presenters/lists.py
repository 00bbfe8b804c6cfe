"""Choices of a filter as a select draws them."""

from collections.abc import Iterable, Mapping

SelectItem = Mapping[str, object]


def make_items(choices: Iterable[tuple[str, object]], chosen: str, everything: object) -> list[SelectItem]:
    """Return the items of a select: first "all", then the choices, with the chosen one marked."""
    return [
        {"value": value, "text": str(label), "selected": str(value) == chosen}
        for value, label in [("", everything), *choices]
    ]
