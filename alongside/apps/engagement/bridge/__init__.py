"""The only crossing to files, content, de-identification, rules that hear concerns, mail and disclosure."""

from alongside.apps.base.bridge.tables import (
    OpenTable,
    TablePeek,
    file_names_somebody,
    peek_table,
    read_table,
    store_file,
    stored_path,
)
from alongside.apps.engagement.bridge.concerns import (
    count_working_days,
    delivers_mail,
    find_concerns,
    find_due_at,
    is_day_of_work,
    list_bank_holidays,
    list_concern_rules,
    send_reminder,
)
from alongside.apps.engagement.bridge.disclosure import protect_number
from alongside.apps.engagement.bridge.files import (
    ConsentWording,
    draw_qr_code,
    list_consent_wordings,
    read_turns,
)
from alongside.apps.engagement.bridge.words import (
    CoveredWords,
    Coverer,
    cover_spans,
    digest_words,
    restore_map,
)

__all__ = [
    "ConsentWording",
    "CoveredWords",
    "Coverer",
    "OpenTable",
    "TablePeek",
    "count_working_days",
    "cover_spans",
    "delivers_mail",
    "digest_words",
    "draw_qr_code",
    "file_names_somebody",
    "find_concerns",
    "find_due_at",
    "is_day_of_work",
    "list_bank_holidays",
    "list_concern_rules",
    "list_consent_wordings",
    "peek_table",
    "protect_number",
    "read_table",
    "read_turns",
    "restore_map",
    "send_reminder",
    "store_file",
    "stored_path",
]
