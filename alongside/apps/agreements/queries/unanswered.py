"""Which rules wait for an answer about the words an agreement has now."""

from collections.abc import Iterable

from alongside.apps.agreements.models import AgreementVersion, RuleAnswer
from alongside.apps.agreements.queries.rule_sets import RuleFinding


def list_unanswered(version: AgreementVersion, findings: Iterable[RuleFinding]) -> list[RuleFinding]:
    """Return the findings that ask and that nobody has answered since this version was written."""
    asking = [one for one in findings if one.outcome == "ask"]
    if not asking:
        return []
    answers = RuleAnswer.objects.filter(
        subject_kind="agreement", subject_id=version.agreement_id, at__gte=version.written_at
    )
    answered = set(answers.values_list("rule", flat=True))
    return [one for one in asking if one.rule not in answered]
