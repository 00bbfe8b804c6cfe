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
from alongside.apps.engagement.rules.concerns import (
    A_DAY,
    CONCERN_MOVES,
    check_concern_move,
    check_decided_kind,
    check_forwarding,
    check_kind,
    check_outcome,
    check_raise_rate,
    check_reason,
    check_urgency,
    check_what_happened,
    contact_place,
    hash_evidence,
    is_a_day_late,
    is_reminder_due,
    read_about,
    words_place,
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
    check_upload,
    find_import_kind,
)
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
    "A_DAY",
    "CONCERN_MOVES",
    "FACT_COLUMNS",
    "MOST_TEXT_COLUMNS",
    "ColumnChoice",
    "RowProblem",
    "SpeakerChoice",
    "check_choice",
    "check_concern_move",
    "check_dates",
    "check_decided_kind",
    "check_forwarding",
    "check_kind",
    "check_move",
    "check_open",
    "check_outcome",
    "check_public_form_open",
    "check_questions",
    "check_raise_rate",
    "check_rate",
<<<<<<< HEAD
    "check_reason",
=======
    "check_rows_may_leave",
>>>>>>> main
    "check_upload",
    "check_urgency",
    "check_what_happened",
    "contact_place",
    "find_import_kind",
    "guess_columns",
    "hash_evidence",
    "hash_header",
    "is_a_day_late",
    "is_blank_answer",
    "is_reminder_due",
    "is_safe_pseudonym",
    "make_file_key",
    "make_id_key",
    "read_about",
    "read_date",
    "read_email",
    "read_short",
    "words_place",
]
