"""Values of the rules of the field: a rule book as people write it, facts about one thing, what a rule says of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

# What a broken rule does: stands in the way, asks for a look, asks for an answer.
SEVERITIES = ("block", "warn", "ask")
ANSWERS = ("text", "long", "date", "yes_no", "choice")
FactValue = str | int | bool | date | None


@dataclass(frozen=True)
class Facts:
    """What is known of one thing, by name; a fact nobody named is as good as empty."""

    values: tuple[tuple[str, FactValue], ...] = ()

    @classmethod
    def of(cls, **values: FactValue) -> "Facts":
        """Return facts by their names."""
        return cls(tuple(values.items()))

    @cached_property
    def _by_name(self) -> dict[str, FactValue]:
        return dict(self.values)

    def get(self, name: str) -> FactValue:
        """Return a fact, or None where nobody named it."""
        return self._by_name.get(name)

    def is_filled(self, name: str) -> bool:
        """Return whether a fact says something: some words, a number, a date, or yes."""
        value = self.get(name)
        if isinstance(value, str):
            return bool(value.strip())
        return value is not None and value is not False

    def with_more(self, more: Iterable[tuple[str, FactValue]]) -> "Facts":
        """Return these facts with others added; the others win."""
        return Facts(tuple({**self._by_name, **dict(more)}.items()))


@dataclass(frozen=True)
class Condition:
    """When a rule is asked at all: a fact is one of `values`, above a number, or filled where neither is given."""

    fact: str
    values: tuple[str, ...] = ()
    above: int | None = None


@dataclass(frozen=True)
class Check:
    """What a rule looks at: a kind of check, the facts it reads, and its parameters.

    `against` names another fact; `words` are a list that was written in the content; `months` shift a date.
    """

    kind: str
    facts: tuple[str, ...]
    against: str = ""
    values: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    months: int = 0


@dataclass(frozen=True)
class Rule:
    """One rule of the field, in our own words, with where it was read and who verified that."""

    key: str
    clause: str
    says: str
    severity: str
    subjects: tuple[str, ...]
    check: Check
    remedy: str
    source: str
    verified_by: str
    verified_on: date
    kinds: tuple[str, ...] = ()
    capacities: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class PaperField:
    """One thing a paper must or may say: where it is asked, where it prints, which clause wants it."""

    key: str
    label: str
    group: str
    answer: str
    prints_under: str
    help: str = ""
    clause: str = ""
    is_required: bool = False
    kinds: tuple[str, ...] = ()
    capacities: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()

    def suits(self, kind: str, capacity: str) -> bool:
        """Return whether a paper of this kind, in this capacity, has this field."""
        return (not self.kinds or kind in self.kinds) and (not self.capacities or capacity in self.capacities)


@dataclass(frozen=True)
class RuleBook:
    """One edition of one rule set: its fields, its rules, from when it holds, where it was read."""

    name: str
    title: str
    valid_from: date
    valid_to: date | None
    source: str
    verified_by: str
    verified_on: date
    note: str
    groups: tuple[tuple[str, str], ...]
    fields: tuple[PaperField, ...]
    rules: tuple[Rule, ...]
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def list_fields(self, kind: str, capacity: str) -> list[PaperField]:
        """Return the fields of a paper of this kind, in the book's order."""
        return [one for one in self.fields if one.suits(kind, capacity)]


@dataclass(frozen=True)
class Finding:
    """What one rule says of one thing: `because` is what was found here, `remedy` what would unblock it.

    `outcome` is "pass" or the rule's severity; `fact` is the fact to look at first.
    """

    rule: str
    clause: str
    outcome: str
    says: str
    because: str = ""
    remedy: str = ""
    source: str = ""
    fact: str = ""


@dataclass(frozen=True)
class BookProblem:
    """One thing wrong with a rule book: which key, the value that stands there, what would do.

    `path` leads to it through keys and places, from the top.
    """

    path: tuple[str | int, ...]
    value: str
    remedy: str

    @property
    def place(self) -> str:
        """Return where it is, such as “rules 3, severity”."""
        words = ""
        for part in self.path:
            words += f" {part + 1}" if isinstance(part, int) else f", {part}" if words else part
        return words or "the whole file"
