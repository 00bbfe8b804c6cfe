"""What an agreement may do next, and who may do it; rule sets as they are in force."""

from alongside.apps.agreements.rules.papers import PaperToSign, digest_document, make_text
from alongside.apps.agreements.rules.standing import (
    MOVES,
    check_can_certify,
    check_can_edit,
    check_can_sign,
    check_can_start,
    check_is_shown_version,
    check_move,
    list_next_states,
)

__all__ = [
    "MOVES",
    "PaperToSign",
    "check_can_certify",
    "check_can_edit",
    "check_can_sign",
    "check_can_start",
    "check_is_shown_version",
    "check_move",
    "digest_document",
    "list_next_states",
    "make_text",
]
