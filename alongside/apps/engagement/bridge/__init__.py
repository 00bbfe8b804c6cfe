"""The only crossing to files, content, de-identification and disclosure."""

from alongside.apps.engagement.bridge.disclosure import protect_number
from alongside.apps.engagement.bridge.files import (
    ConsentWording,
    OpenTable,
    TablePeek,
    draw_qr_code,
    list_consent_wordings,
    make_xlsx,
    peek_table,
    read_table,
    read_turns,
    stored_path,
    stream_csv,
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
    "cover_spans",
    "digest_words",
    "draw_qr_code",
    "list_consent_wordings",
    "make_xlsx",
    "peek_table",
    "protect_number",
    "read_table",
    "read_turns",
    "restore_map",
    "stored_path",
    "stream_csv",
]
