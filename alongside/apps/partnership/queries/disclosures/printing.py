"""Printed pages of the disclosure room."""

from alongside.apps.base.rules import Refused
from alongside.apps.partnership.bridge.openness import DocumentRefused, make_pdf


def make_register_pdf(html: str, stylesheet: str) -> bytes:
    """Return a page as PDF, made without any network; Refused with what to install where it cannot be."""
    try:
        return make_pdf(html, stylesheet)
    except DocumentRefused as refusal:
        raise Refused(str(refusal)) from refusal
