"""Hints for plain words: where a message is hard to read. Never a score, never a pass mark."""

import re
from dataclasses import dataclass

LONGEST_SENTENCE_WORDS = 20
LONG_WORD_SYLLABLES = 4
# Office words with an everyday one; each is a word staff write and patients stumble over.
PLAINER = {
    "additional": "more",
    "approximately": "about",
    "assistance": "help",
    "commence": "start",
    "communicate": "tell",
    "consequently": "so",
    "facilitate": "help",
    "implement": "start",
    "implemented": "started",
    "implementation": "start",
    "in order to": "to",
    "methodology": "way",
    "pathway": "steps of care",
    "prior to": "before",
    "prioritise": "put first",
    "purchase": "buy",
    "regarding": "about",
    "stakeholders": "people involved",
    "subsequently": "later",
    "utilise": "use",
    "with regard to": "about",
}
_VOWELS = re.compile(r"[aeiouy]+")


@dataclass(frozen=True)
class ReadingHint:
    """One thing that could be easier: what it is, and what would do."""

    what: str
    advice: str


def get_reading_hints(text: str) -> list[ReadingHint]:
    """Return hints for sentences over twenty words, office words and very long words, in reading order."""
    hints = [
        ReadingHint(f"“{_shorten(sentence)}”", f"{count} words long. Say it in two sentences.")
        for sentence in _sentences(text)
        if (count := len(sentence.split())) > LONGEST_SENTENCE_WORDS
    ]
    lower = text.lower()
    used = [word for word in PLAINER if re.search(rf"\b{re.escape(word)}\b", lower)]
    hints += [ReadingHint(f"“{word}”", f"Try “{PLAINER[word]}”.") for word in used]
    words = dict.fromkeys(re.findall(r"[a-z]{4,}", lower))
    long = [w for w in words if w not in used and count_syllables(w) >= LONG_WORD_SYLLABLES]
    if long:
        listed = ", ".join(f"“{word}”" for word in long[:8])
        hints.append(ReadingHint(listed, "Long words. Is there a shorter one, or can you explain it?"))
    return hints


def count_syllables(word: str) -> int:
    """Return about how many syllables an English word has: groups of vowels, a silent e left out."""
    groups = len(_VOWELS.findall(word))
    if word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1:
        groups -= 1
    if word.endswith("ed") and not word.endswith(("ted", "ded")) and groups > 1:
        groups -= 1
    return groups


def _sentences(text: str) -> list[str]:
    """Return sentences; a line break ends one too, because lists have no full stops."""
    return [part.strip() for part in re.split(r"[.!?…]+\s|\n", text) if part.strip()]


def _shorten(sentence: str) -> str:
    words = sentence.split()
    return " ".join(words[:8]) + "…"
