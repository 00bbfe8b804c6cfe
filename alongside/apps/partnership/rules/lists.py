"""How a list may move from uploaded to brought in, what may be uploaded, and how an official number is written."""

import re
from collections.abc import Mapping
from pathlib import PurePath

from django.utils.translation import gettext as _

from alongside.apps.base.rules import Refused, check
from alongside.apps.base.rules.cells import RowProblem

ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm")
MOST_BYTES = 50 * 2**20
MOST_ROWS = 50_000
MOST_UNREAD = 20  # files of one person that lie uploaded and not chosen from
MOST_AT_ONCE = 300  # rows brought in while somebody waits; more go through the background

# From each state, the states that may come next.
ALLOWED_MOVES: Mapping[str, frozenset[str]] = {
    "uploaded": frozenset({"reading", "left"}),
    "reading": frozenset({"ready", "refused", "left"}),
    "ready": frozenset({"reading", "bringing", "confirmed", "left"}),
    "refused": frozenset({"reading", "left"}),
    "bringing": frozenset({"confirmed", "left"}),
    "confirmed": frozenset({"taken_out"}),
    "left": frozenset(),
    "taken_out": frozenset(),
}
_NOT_NOW: Mapping[str, str] = {
    "uploaded": "Choose the columns first.",
    "reading": "The file is still being read.",
    "ready": "The file has been read and waits for your yes.",
    "refused": "The file could not be read. Upload it again when it is mended.",
    "bringing": "The file is being brought in.",
    "confirmed": "This file has already been brought in.",
    "left": "This file was left out. Upload it again to bring it in.",
    "taken_out": "This file was taken out again. Upload it again to bring it in.",
}
_LISTED = re.compile(r"^([A-Z]{2}-[A-Z0-9]{2,10})-(.+)$")
_BARE = (
    (re.compile(r"^SC\d{6}$"), "GB-SC"),
    (re.compile(r"^NIC?\d{6}$"), "GB-NIC"),
    (re.compile(r"^\d{6,7}$"), "GB-CHC"),
)


def check_list_move(state: str, wanted: str) -> None:
    """Raise Refused, saying how far the list is, unless it may become what is wanted now."""
    if wanted not in ALLOWED_MOVES[state]:
        raise Refused(_NOT_NOW[state])


def check_list_upload(file_name: str, size_bytes: int, unread: int) -> None:
    """Raise Refused where a file is no table, is empty or too big, or where too many wait."""
    ending = PurePath(file_name).suffix.lower()
    words = _("“%(name)s” is not a table. Save it as one of: %(endings)s.")
    check(ending in ENDINGS, words % {"name": file_name[-80:], "endings": ", ".join(ENDINGS)}, field="file")
    check(size_bytes > 0, _("The file is empty. Choose a file with something in it."), field="file")
    check(
        size_bytes <= MOST_BYTES,
        _("The file is larger than 50 MB. Split it, or leave out columns you do not need."),
        field="file",
    )
    check(
        unread < MOST_UNREAD,
        _("%(number)d files of yours wait to be read. Bring one in or leave one out first.")
        % {"number": unread},
        field="file",
    )


def check_rows(number: int) -> None:
    """Raise Refused where a file has no rows, or more than can be looked at."""
    check(number > 0, _("The file has a header but no rows under it. Add rows, or choose another file."))
    check(number <= MOST_ROWS, _("The file has more than 50,000 rows. Split it."))


def split_identifier(column: str, text: str) -> tuple[str, str]:
    """Return the list and the number of an official number such as GB-CHC-1234567.

    A bare number is taken for a charity's in England and Wales, SC… for Scotland's, NI… for Northern Ireland's.
    Raise RowProblem for anything else.
    """
    plain = "".join(text.split()).upper()
    if listed := _LISTED.match(plain):
        return listed.group(1), listed.group(2)
    for pattern, scheme in _BARE:
        if pattern.match(plain):
            return scheme, plain
    raise RowProblem(column, text, "Write the list and the number, such as GB-CHC-1234567.")
