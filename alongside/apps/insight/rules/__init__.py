"""What may not be decided about themes and insights, and which quotes may be shown to whom."""

from alongside.apps.insight.rules.insights import (
    check_can_stand,
    check_draft_or_standing,
    check_evidence_may_leave,
    check_retired,
    find_words,
)
from alongside.apps.insight.rules.quotes import QuoteUse, get_quote_use, get_reason_hidden
from alongside.apps.insight.rules.themes import (
    check_name_is_free,
    check_open,
    check_reason,
    check_some_voices,
    check_stands,
    clean_name,
    get_deciding_role,
)

__all__ = [
    "QuoteUse",
    "check_can_stand",
    "check_draft_or_standing",
    "check_evidence_may_leave",
    "check_name_is_free",
    "check_open",
    "check_reason",
    "check_retired",
    "check_some_voices",
    "check_stands",
    "clean_name",
    "find_words",
    "get_deciding_role",
    "get_quote_use",
    "get_reason_hidden",
]
