"""Rule sets in force on a day, and what their rules say of facts; other rooms ask here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from alongside.apps.agreements.bridge import judge_facts, list_shipped_texts, read_known_book
from alongside.apps.agreements.models import RuleSet
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.base.rules.starting import Blocker
from alongside.science.values.rules import Facts, Finding, RuleBook


def _stored(rule_set_id: UUID | None) -> UUID:
    if rule_set_id is None:
        raise Refused("The rule sets have not been taken in yet. Open the page “Rule sets” and try again.")
    return rule_set_id


@dataclass(frozen=True)
class Edition:
    """One edition of a rule set with its book; `id` is None while the shipped one has not been taken in."""

    id: UUID | None
    name: str
    number: int
    book: RuleBook
    text: str

    @property
    def stored_in(self) -> UUID:
        """Return the stored edition; Refused where the shipped one has not been taken in yet."""
        return _stored(self.id)

    @property
    def label(self) -> str:
        """Return it in short, such as “abpi-2024, edition 1”."""
        return f"{self.name}, edition {self.number}"


@dataclass(frozen=True)
class RuleFinding:
    """What one rule says of one thing, with the edition it was read from.

    `outcome` is pass, ask, warn or block; `because` what was found; `remedy` what would unblock it.
    """

    rule: str
    clause: str
    outcome: str
    says: str
    because: str
    remedy: str
    source: str
    fact: str
    edition: str
    rule_set_id: UUID | None

    @property
    def stored_in(self) -> UUID:
        """Return the stored edition; Refused where the shipped one has not been taken in yet."""
        return _stored(self.rule_set_id)

    @property
    def is_blocking(self) -> bool:
        """Return whether it stands in the way."""
        return self.outcome == "block"

    @property
    def reference(self) -> str:
        """Return which rule it is, for a reader."""
        return f"{self.edition}, clause {self.clause}" if self.clause else self.edition

    @property
    def words(self) -> str:
        """Return it as one line for a refusal."""
        return f"{self.says} {self.because} {self.remedy} ({self.reference})"

    def as_blocker(self, url: str = "") -> Blocker:
        """Return it as what stands in the way of a start."""
        return Blocker(self.reference, f"{self.says} {self.because}", self.remedy, url)


def list_editions_in_force(on: date) -> list[Edition]:
    """Return the newest edition in force on a day of every rule set; a shipped one where none was ever stored."""
    stored = RuleSet.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)
    newest: dict[str, Edition] = {}
    for one in stored.order_by("name", "-edition"):
        if one.name not in newest:
            newest[one.name] = Edition(one.id, one.name, one.edition, read_known_book(one.text), one.text)
    known = set(RuleSet.objects.values_list("name", flat=True).distinct())
    for text in list_shipped_texts():
        book = read_known_book(text)
        holds = book.valid_from <= on and (book.valid_to is None or on <= book.valid_to)
        if book.name not in known and holds:
            newest[book.name] = Edition(None, book.name, 1, book, text)
    return [newest[name] for name in sorted(newest)]


def check_facts(_viewer: Viewer, subject_kind: str, facts: Facts, on: date) -> list[RuleFinding]:
    """Return what the rules in force on a day say of a thing that is not in order: what asks, warns and blocks.

    `subject_kind` is agreement, funding, payment, service, claim, event, project, submission, disclosure_row,
    disclosure or publication. Facts by name stand in docs/methods/rules-of-the-field.md; a fact nobody names is as
    good as empty. Any viewer may ask, because the facts are theirs already.
    """
    return [
        one for one in judge_all(subject_kind, facts, list_editions_in_force(on)) if one.outcome != "pass"
    ]


def judge_all(subject_kind: str, facts: Facts, editions: Iterable[Edition]) -> list[RuleFinding]:
    """Return what every rule of these editions says of a thing, also where it is kept."""
    return [
        as_rule_finding(finding, edition)
        for edition in editions
        for finding in judge_facts(edition.book, subject_kind, facts)
    ]


def as_rule_finding(finding: Finding, edition: Edition) -> RuleFinding:
    """Return a finding with the edition it comes from."""
    return RuleFinding(
        rule=finding.rule,
        clause=finding.clause,
        outcome=finding.outcome,
        says=finding.says,
        because=finding.because,
        remedy=finding.remedy,
        source=finding.source,
        fact=finding.fact,
        edition=edition.label,
        rule_set_id=edition.id,
    )
