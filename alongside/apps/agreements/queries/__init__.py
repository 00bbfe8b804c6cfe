"""Reads of the agreements room."""

from alongside.apps.agreements.queries.lines import AgreementLine, get_agreement_line, list_agreement_lines

__all__ = ["AgreementLine", "get_agreement_line", "list_agreement_lines"]
