"""Search across every room."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.registry import registry, resolve
from alongside.science.values.trail import SearchHit

MOST_HITS = 20


@dataclass(frozen=True)
class FoundSection:
    """What one room found."""

    label: str
    hits: Sequence[SearchHit]

    @property
    def may_be_more(self) -> bool:
        """Return whether the room stopped looking."""
        return len(self.hits) >= MOST_HITS


def search(viewer: Viewer, words: str) -> list[FoundSection]:
    """Return what each room finds for these words, as far as the viewer may see it; nothing below two letters."""
    if len(words.strip()) < 2:
        return []
    sources = sorted(registry.search_sources.values(), key=lambda one: one.position)
    found = [
        FoundSection(gettext(source.label), resolve(source.find)(viewer, words.strip(), MOST_HITS))
        for source in sources
    ]
    return [section for section in found if section.hits]
