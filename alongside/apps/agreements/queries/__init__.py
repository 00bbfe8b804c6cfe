"""Reads of the agreements room."""

from alongside.apps.agreements.queries.lines import AgreementLine, get_agreement_line, list_agreement_lines
from alongside.apps.agreements.queries.rule_sets import RuleFinding, check_facts

__all__ = ["AgreementLine", "RuleFinding", "check_facts", "get_agreement_line", "list_agreement_lines"]
