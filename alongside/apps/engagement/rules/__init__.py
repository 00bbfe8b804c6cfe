"""What may not happen to engagements, voices, imports and public forms, in words for the reader."""

from alongside.apps.engagement.rules.columns import (
    FACT_COLUMNS,
    MOST_TEXT_COLUMNS,
    ColumnChoice,
    SpeakerChoice,
    check_choice,
    guess_columns,
    hash_header,
)
from alongside.apps.engagement.rules.engagements import (
    check_dates,
    check_open,
    check_public_form_open,
    check_questions,
    check_rate,
)
from alongside.apps.engagement.rules.imports import (
    ALLOWED_MOVES,
    check_move,
    check_room_for_more,
    check_upload,
    find_import_kind,
)
from alongside.apps.engagement.rules.redactions import is_plain_key
from alongside.apps.engagement.rules.rows import RowProblem, read_date, read_email, read_short
from alongside.apps.engagement.rules.voices import (
    check_rows_may_leave,
    is_blank_answer,
    is_safe_pseudonym,
    make_file_key,
    make_id_key,
)

__all__ = [
    "ALLOWED_MOVES",
    "FACT_COLUMNS",
    "MOST_TEXT_COLUMNS",
    "ColumnChoice",
    "RowProblem",
    "SpeakerChoice",
    "check_choice",
    "check_dates",
    "check_move",
    "check_open",
    "check_public_form_open",
    "check_questions",
    "check_rate",
    "check_room_for_more",
    "check_rows_may_leave",
    "check_upload",
    "find_import_kind",
    "guess_columns",
    "hash_header",
    "is_blank_answer",
    "is_plain_key",
    "is_safe_pseudonym",
    "make_file_key",
    "make_id_key",
    "read_date",
    "read_email",
    "read_short",
]
