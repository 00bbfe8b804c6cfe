"""What an action and its feedback may do next, and what is missing where they may not."""

from alongside.apps.actions.rules.progress import TellingProgress
from alongside.apps.actions.rules.states import (
    ENDED,
    TELLS_THE_END,
    check_can_close,
    check_can_move,
    check_can_tell,
    check_can_write_round,
    check_is_open,
    list_next_states,
)
from alongside.apps.actions.rules.words import (
    CODE_LASTS,
    CODE_TRIES,
    LINK_LASTS,
    MOST_CODES_A_LINK,
    MOST_CODES_AN_HOUR,
    VISIT_LASTS,
    check_not_sent,
    check_plain_text,
    check_story_is_complete,
    make_code,
    make_token,
    token_digest,
)

__all__ = [
    "CODE_LASTS",
    "CODE_TRIES",
    "ENDED",
    "LINK_LASTS",
    "MOST_CODES_AN_HOUR",
    "MOST_CODES_A_LINK",
    "TELLS_THE_END",
    "VISIT_LASTS",
    "TellingProgress",
    "check_can_close",
    "check_can_move",
    "check_can_tell",
    "check_can_write_round",
    "check_is_open",
    "check_not_sent",
    "check_plain_text",
    "check_story_is_complete",
    "list_next_states",
    "make_code",
    "make_token",
    "token_digest",
]
