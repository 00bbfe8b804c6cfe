"""Every address the resolver knows, by name, with the holes its route leaves."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One address: its name, its route, the holes in it, and what its view says it does."""

    name: str
    route: str
    holes: tuple[str, ...]
    words: str


def list_addresses() -> list[Address]:
    """Return every address, in the order they are tried."""
    return list(_walk(get_resolver().url_patterns, "/", "", ()))


def _walk(
    patterns: list[URLPattern | URLResolver], before: str, namespace: str, holes: tuple[str, ...]
) -> Iterator[Address]:
    for one in patterns:
        route = before + str(one.pattern).lstrip("^").removesuffix("$")
        here = (*holes, *_holes_of(one))
        if isinstance(one, URLResolver):
            inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from _walk(one.url_patterns, route, inner, here)
        else:
            view = getattr(one.callback, "view_class", one.callback)
            words = (view.__doc__ or "").strip().splitlines()
            yield Address(f"{namespace}{one.name}", route, here, words[0] if words else "")


def _holes_of(one: URLPattern | URLResolver) -> tuple[str, ...]:
    found = dict(getattr(one.pattern, "converters", {})) or dict(one.pattern.regex.groupindex)
    return tuple(found)


def list_without_row(named: set[str]) -> list[str]:
    """Return a sentence for each address that no row speaks of: how to add one."""
    return [
        f"{address.route} ({address.name}) has no row in the permission matrix. Add one line to the file of its room "
        f'in tests/matrix/rooms/, such as page("{address.name}", "see_engagements", "engagement"): who it opens for, '
        "what it is about; form(…) where it is also sent, button(…) where it is only sent."
        for address in list_addresses()
        if address.name not in named
    ]
