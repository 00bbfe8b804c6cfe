"""Agreements, the rule sets they are checked against, and what needs one first."""

from alongside.apps.agreements.models.agreements import (
    Agreement,
    AgreementComment,
    AgreementEvent,
    AgreementVersion,
    Certification,
    NeededPaper,
    Signature,
)
from alongside.apps.agreements.models.rule_sets import CheckResult, RuleAnswer, RuleSet

__all__ = [
    "Agreement",
    "AgreementComment",
    "AgreementEvent",
    "AgreementVersion",
    "Certification",
    "CheckResult",
    "NeededPaper",
    "RuleAnswer",
    "RuleSet",
    "Signature",
]
