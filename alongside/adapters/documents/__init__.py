"""Printed pages: the same HTML as PDF, made in a bounded process that can reach nothing."""

from alongside.adapters.documents.pdf import DocumentRefused, make_pdf

__all__ = ["DocumentRefused", "make_pdf"]
