"""Words into the finder, covered words out; and the keyed digest by which words are known again."""

import base64
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from alongside.science.deidentify import Finder, deidentify, redact
from alongside.science.values.redaction import DOUBTFUL, Cover, OffsetMap, Redacted, Span

MOST_KNOWN_VALUES = 5_000


@dataclass(frozen=True, slots=True)
class CoveredWords:
    """A text as it may be seen, and what was found in it; `spans` and `covers` go together, in order."""

    text: str
    spans: tuple[Span, ...]
    covers: tuple[Cover, ...]

    @property
    def is_doubtful(self) -> bool:
        """Return whether a person must look before anybody sees it."""
        return any(span.certainty == DOUBTFUL for span in self.spans)


class Coverer:
    """Covers texts with the same known names; columns that repeat are read once."""

    def __init__(self, staff_names: Sequence[str]) -> None:
        self._finder = Finder(staff_names)
        self._values: dict[str, str] = {}

    def cover(self, text: str, *, known_names: Sequence[str] = (), language: str = "en") -> CoveredWords:
        """Return a text with what points to a person covered."""
        spans, covered = deidentify(text, self._finder, known_names=known_names, language=language)
        return CoveredWords(covered.text, spans, covered.map.covers)

    def cover_value(self, value: str, longest: int) -> str:
        """Return a short value such as a service or a question, covered and no longer than its place."""
        if not value:
            return value
        known = self._values.get(value)
        if known is None:
            known = self.cover(value).text[:longest]
            if len(self._values) < MOST_KNOWN_VALUES:
                self._values[value] = known
        return known

    def points_to_somebody(self, value: str) -> bool:
        """Return whether a value such as a person's key in a file tells who somebody is."""
        return bool(self._finder.find(value))


def cover_spans(text: str, spans: Iterable[Span]) -> Redacted:
    """Return an original with marks at these spans."""
    return redact(text, spans)


def restore_map(covers: Iterable[Cover]) -> OffsetMap:
    """Return the map that ties both texts, from covered places as they were kept."""
    return OffsetMap(tuple(sorted(covers, key=lambda cover: cover.original_start)))


def digest_words(text: str) -> str:
    """Return a keyed digest of words, by which the same words are known again without being kept.

    Its key comes from the vault's oldest key, so that a newer key in front changes no digest.
    """
    words = text.encode("utf-8", "surrogatepass")
    return hmac.digest(_derive_key(settings.VAULT_KEYS), words, "sha256").hex()[:32]


@lru_cache
def _derive_key(keys: str) -> bytes:
    oldest = base64.urlsafe_b64decode(keys.split()[-1])
    return hmac.digest(oldest, b"alongside words of voices", "sha256")
