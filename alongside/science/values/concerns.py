"""Values of concerns: a rule as a safety officer writes it, and what it proposed for one text."""

from dataclasses import dataclass, field

KINDS = ("adverse_event", "product_complaint", "safeguarding", "urgent_harm", "complaint")
# How soon a person must look, most urgent first.
URGENCIES = ("now", "today", "soon")

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class ConcernRule:
    """One pattern: fires where one of `words` stands, one of `near` (if any) is close, and nothing speaks against it.

    Phrases are tuples of word patterns: a word, `stem*`, `*ending`, or `…` for up to three words between.
    Where `also_near` is given, one of those must be close as well. `within` counts words between, across
    sentences. `negated` is whether "no", "never" and their like just before the words cancel the rule; `unless`
    cancels it anywhere in the sentence.
    """

    name: str
    kind: str
    urgency: str
    words: tuple[Phrase, ...]
    why: str
    source: str
    near: tuple[Phrase, ...] = ()
    also_near: tuple[Phrase, ...] = ()
    unless: tuple[Phrase, ...] = ()
    within: int = 20
    negated: bool = True
    negations: tuple[Phrase, ...] = field(default=())


@dataclass(frozen=True)
class ProposedConcern:
    """Something in a text that may not wait: the evidence is text[start:end], in code points, half open."""

    kind: str
    start: int
    end: int
    rule: str
    urgency: str
