"""Reading the rules from content: every phrase checked, every list named, every rule with its reason and source."""

from collections.abc import Mapping
from typing import Any

from alongside.science.concerns.words import GAP, LONGEST_PART
from alongside.science.values.concerns import KINDS, URGENCIES, ConcernRule, Phrase

FIELDS = {
    "name",
    "kind",
    "urgency",
    "words",
    "near",
    "also_near",
    "unless",
    "within",
    "negated",
    "why",
    "source",
}
NEEDED = {"name", "kind", "urgency", "words", "why", "source"}
MOST_WITHIN = 60


class BadRules(ValueError):
    """Say which rule cannot be read, and what would do."""


def load_rules(lists: Mapping[str, Any], files: Mapping[str, Any]) -> list[ConcernRule]:
    """Return the rules of several files, in order; `lists` are named word lists that `$name` stands for.

    Raise BadRules with the rule, the field and what would do.
    """
    book = {name: _read_list(f"list {name}", entries) for name, entries in lists.items()}
    negations = book.get("negations", ())
    rules = [
        _read_rule(f"{file}, rule {number}", raw, book, negations)
        for file, content in files.items()
        for number, raw in enumerate(content, start=1)
    ]
    names = [rule.name for rule in rules]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadRules(f"Two rules are called {', '.join(twice)}. Give each a name of its own.")
    return rules


def _read_rule(
    where: str, raw: Any, book: Mapping[str, tuple[Phrase, ...]], negations: tuple[Phrase, ...]
) -> ConcernRule:
    if not isinstance(raw, dict) or not set(raw) >= NEEDED or not set(raw) <= FIELDS:
        raise BadRules(f"{where}: a rule has {', '.join(sorted(NEEDED))}, and may have "
                       f"{', '.join(sorted(FIELDS - NEEDED))}.")  # fmt: skip
    where = f"{where} ({raw['name']})"
    _check(raw["kind"] in KINDS, where, f"the kind is one of {', '.join(KINDS)}")
    _check(raw["urgency"] in URGENCIES, where, f"the urgency is one of {', '.join(URGENCIES)}")
    within = raw.get("within", 20)
    _check(isinstance(within, int) and 1 <= within <= MOST_WITHIN, where, "within is 1 to 60 words")
    for name in ("why", "source"):
        _check(isinstance(raw[name], str) and bool(raw[name].strip()), where, f"{name} is a sentence")
    return ConcernRule(
        name=str(raw["name"]),
        kind=raw["kind"],
        urgency=raw["urgency"],
        words=_resolve(where, raw["words"], book),
        near=_resolve(where, raw.get("near", []), book),
        also_near=_resolve(where, raw.get("also_near", []), book),
        unless=_resolve(where, raw.get("unless", []), book),
        within=within,
        negated=bool(raw.get("negated", True)),
        why=raw["why"],
        source=raw["source"],
        negations=negations,
    )


def _check(holds: bool, where: str, words: str) -> None:
    if not holds:
        raise BadRules(f"{where}: {words}.")


def _resolve(where: str, entries: Any, book: Mapping[str, tuple[Phrase, ...]]) -> tuple[Phrase, ...]:
    """Return phrases, with each `$list` opened."""
    _check(isinstance(entries, list), where, "words, near, also_near and unless are lists")
    found: list[Phrase] = []
    for entry in entries:
        if isinstance(entry, str) and entry.startswith("$"):
            _check(entry[1:] in book, where, f"there is no list called {entry[1:]}")
            found.extend(book[entry[1:]])
        else:
            found.append(_read_phrase(where, entry))
    return tuple(dict.fromkeys(found))


def _read_list(where: str, entries: Any) -> tuple[Phrase, ...]:
    _check(isinstance(entries, list) and bool(entries), where, "a list holds at least one phrase")
    return tuple(_read_phrase(where, entry) for entry in entries)


def _read_phrase(where: str, entry: Any) -> Phrase:
    """Return a phrase as its parts; `…` stands between words, and a star at one end of a word only."""
    _check(
        isinstance(entry, str) and bool(entry.split()), where, f"“{entry}” is not a phrase; put it in quotes"
    )
    parts = tuple(entry.casefold().replace("’", "'").split())
    _check(parts[0] != GAP and parts[-1] != GAP, where, f"“{entry}” begins or ends with a gap")
    for part in parts:
        bare = part.strip("*")
        _check(
            part == GAP
            or (bool(bare) and part.count("*") <= 1 and "*" not in bare and len(bare) <= LONGEST_PART),
            where,
            f"“{part}” has a star anywhere but at one end, or is longer than {LONGEST_PART} letters",
        )
    return parts
