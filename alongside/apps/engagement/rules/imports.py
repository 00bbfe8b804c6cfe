"""How a file may move from uploaded to brought in, and what may be uploaded."""

from collections.abc import Mapping
from pathlib import PurePath

from django.utils.translation import gettext as _

from alongside.apps.base.rules import Refused, check

MOST_BYTES = 200 * 2**20
MOST_UNREAD = 20  # files of one person that lie uploaded and not chosen from
TABLE_ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm")
TRANSCRIPT_ENDINGS = (".vtt", ".srt", ".docx", ".txt", ".text", ".md")

# From each state, the states that may come next.
ALLOWED_MOVES: Mapping[str, frozenset[str]] = {
    "uploaded": frozenset({"reading", "left"}),
    "reading": frozenset({"ready", "refused", "left"}),
    "ready": frozenset({"reading", "confirmed", "left"}),
    "refused": frozenset({"reading", "left"}),
    "confirmed": frozenset({"taken_out"}),
    "left": frozenset(),
    "taken_out": frozenset(),
}
_NOT_NOW: Mapping[str, str] = {
    "uploaded": "Choose the columns first.",
    "reading": "The file is still being read.",
    "ready": "The file has been read and waits for your yes.",
    "refused": "The file could not be read. Upload it again when it is mended.",
    "confirmed": "These voices have already been brought in.",
    "left": "This file was left out. Upload it again to bring it in.",
    "taken_out": "This file was taken out again. Upload it again to bring it in.",
}


def check_move(state: str, wanted: str) -> None:
    """Raise Refused, saying how far the import is, unless it may become what is wanted now."""
    if wanted not in ALLOWED_MOVES[state]:
        raise Refused(_NOT_NOW[state])


def find_import_kind(file_name: str) -> str:
    """Return table or transcript from the ending of a file's name. Raise Refused for any other."""
    ending = PurePath(file_name).suffix.lower()
    if ending in TABLE_ENDINGS:
        return "table"
    if ending in TRANSCRIPT_ENDINGS:
        return "transcript"
    raise Refused(
        _("“%(name)s” is not a kind of file that can be read. Save it as one of: %(endings)s.")
        % {"name": file_name[-80:], "endings": ", ".join((*TABLE_ENDINGS, *TRANSCRIPT_ENDINGS))},
        field="file",
    )


def check_upload(file_name: str, size_bytes: int) -> str:
    """Return what kind of import a file is. Raise Refused where it is empty, too big or of another kind."""
    kind = find_import_kind(file_name)
    check(size_bytes > 0, _("The file is empty. Choose a file with something in it."), field="file")
    check(
        size_bytes <= MOST_BYTES,
        _("The file is larger than 200 MB. Split it, or leave out columns you do not need."),
        field="file",
    )
    return kind


def check_room_for_more(unread: int) -> None:
    """Raise Refused where somebody has so many files waiting that more would only fill the disk."""
    check(
        unread < MOST_UNREAD,
        _("%(number)d files of yours wait to be read. Bring one in or leave one out first.")
        % {"number": unread},
        field="file",
    )
