"""Keeping what the rules said of a thing, with the edition they were read from, and people's answers to them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.agreements.models import CheckResult, RuleAnswer
from alongside.apps.agreements.operations.rule_sets import take_in_shipped_rules
from alongside.apps.agreements.queries.rule_sets import RuleFinding, judge_all, list_editions_in_force
from alongside.apps.base.models import new_id
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Viewer, check
from alongside.science.values.rules import Facts


@transaction.atomic
def record_check(
    *, subject_kind: str, subject_id: UUID, facts: Facts, by: Viewer, at: datetime
) -> list[RuleFinding]:
    """Check a thing against the rules in force, keep every result, and return what is not in order."""
    take_in_shipped_rules(at=at)
    findings = judge_all(subject_kind, facts, list_editions_in_force(at.date()))
    keep_results(subject_kind, subject_id, findings, at)
    broken = [one for one in findings if one.outcome != "pass"]
    record_audit(
        by=by, at=at, operation="check_rules", object_type=subject_kind, object_id=subject_id,
        detail={"asked": len(findings), "blocking": sum(one.is_blocking for one in broken)},
    )  # fmt: skip
    return broken


def keep_results(
    subject_kind: str, subject_id: UUID, findings: Collection[RuleFinding], at: datetime
) -> None:
    """Keep the results of one run; call inside a transaction, with editions that are stored."""
    run_id = new_id()
    CheckResult.objects.bulk_create(
        CheckResult(
            run_id=run_id,
            subject_kind=subject_kind,
            subject_id=subject_id,
            rule_set_id=one.stored_in,
            rule=one.rule,
            outcome=one.outcome,
            because=one.because,
            at=at,
        )
        for one in findings
    )


@transaction.atomic
def answer_rule(
    *, subject_kind: str, subject_id: UUID, rule: str, words: str, by: Viewer, at: datetime
) -> RuleAnswer:
    """Write down why it may go on although a rule asks or warns. No answer opens what a rule blocks."""
    check(by.is_known, "Sign in to answer a rule.")
    check(bool(words.strip()), "Write your answer.", field="words")
    check(len(words) <= 2000, "An answer has at most 2,000 characters.", field="words")
    answer = RuleAnswer.objects.create(
        subject_kind=subject_kind,
        subject_id=subject_id,
        rule=rule,
        words=words.strip(),
        by_id=by.person_id,
        at=at,
    )
    record_audit(by=by, at=at, operation="answer_rule", on=answer, detail={"rule": rule})
    return answer
