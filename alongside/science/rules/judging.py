"""Rules and facts in, findings out."""

from collections.abc import Iterable

from alongside.science.rules.checks import CHECKS
from alongside.science.values.rules import Condition, Facts, Finding, PaperField, Rule, RuleBook


def judge(book: RuleBook, subject: str, facts: Facts) -> list[Finding]:
    """Return what each rule about such a subject says, in the book's order: also of those that are kept.

    A rule is asked where its subject, kinds, capacities (facts `kind` and `capacity`) and conditions all fit.
    """
    return [_judge_one(rule, facts) for rule in book.rules if _is_asked(rule, subject, facts)]


def judge_fields(fields: Iterable[PaperField], facts: Facts) -> list[Finding]:
    """Return a finding that blocks for each field a paper must have and has not."""
    return [
        Finding(
            rule=f"field-{one.key}",
            clause=one.clause,
            outcome="block",
            says=f"The paper must say: {one.label}",
            because="Nothing is written there yet.",
            remedy="Fill it in.",
            fact=one.key,
        )
        for one in fields
        if one.is_required and not facts.is_filled(one.key)
    ]


def _is_asked(rule: Rule, subject: str, facts: Facts) -> bool:
    return (
        subject in rule.subjects
        and (not rule.kinds or facts.get("kind") in rule.kinds)
        and (not rule.capacities or facts.get("capacity") in rule.capacities)
        and all(_holds(one, facts) for one in rule.when)
    )


def _holds(condition: Condition, facts: Facts) -> bool:
    value = facts.get(condition.fact)
    if condition.above is not None:
        return isinstance(value, int) and not isinstance(value, bool) and value > condition.above
    if condition.values:
        words = {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
        return words is not None and str(words) in condition.values
    return facts.is_filled(condition.fact)


def _judge_one(rule: Rule, facts: Facts) -> Finding:
    look, _needs = CHECKS[rule.check.kind]
    because = look(rule.check, facts)
    return Finding(
        rule=rule.key,
        clause=rule.clause,
        outcome=rule.severity if because else "pass",
        says=rule.says,
        because=because,
        remedy=rule.remedy if because else "",
        source=rule.source,
        fact=rule.check.facts[0],
    )
