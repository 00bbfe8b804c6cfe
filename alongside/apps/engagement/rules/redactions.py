"""What may happen to a covered place, and how long what points to people is kept."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.apps.base.rules import Refused, check
from alongside.science.values.redaction import MARK_WORDS

# The classes as a reader sees them; `MARK_WORDS` has the words that stand in the text.
KINDS: Mapping[str, object] = {
    "nhs_number": gettext_lazy("NHS number"),
    "phone": gettext_lazy("phone number"),
    "email": gettext_lazy("e-mail address"),
    "web_address": gettext_lazy("web address"),
    "handle": gettext_lazy("social media name"),
    "postcode": gettext_lazy("postcode"),
    "address": gettext_lazy("address"),
    "ni_number": gettext_lazy("National Insurance number"),
    "date_of_birth": gettext_lazy("date of birth"),
    "record_number": gettext_lazy("record number"),
    "titled_name": gettext_lazy("name with a title"),
    "own_name": gettext_lazy("name of the person or somebody close"),
    "staff_name": gettext_lazy("name of staff"),
    "other": gettext_lazy("something else"),
}
# From each state, what may be decided and the state that follows.
DECISIONS: Mapping[tuple[str, str], str] = {
    ("proposed", "confirm"): "confirmed",
    ("proposed", "undo"): "undone",
    ("confirmed", "undo"): "undone",
}
SHORTEST_NAME = 2


def place_of(voice_id: UUID) -> str:
    """Return the place a voice's original is locked for."""
    return f"engagement_voice_original:{voice_id}"


def check_kind(kind: str) -> None:
    """Refuse a class that is not one of ours."""
    check(kind in MARK_WORDS, _("Choose what kind of thing it is."), field="kind")


def get_state_after(state: str, decision: str) -> str:
    """Return the state a decision leads to. Raise Refused where it was decided already."""
    if (state, decision) not in DECISIONS:
        raise Refused(_("This was decided already. Take that decision back first, or go on to the next."))
    return DECISIONS[state, decision]


def check_staff_name(name: str) -> None:
    """Refuse a name too short to be looked for."""
    check(
        sum(letter.isalpha() for letter in name) >= SHORTEST_NAME,
        _("Write a name of at least two letters."),
        field="name",
    )


def find_in_words(text: str, words: str, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return every place of these words in a text that touches no mark. Raise Refused where there is none."""
    wanted = words.strip()
    check(bool(wanted), _("Write the words to cover, exactly as they stand in the text."), field="words")
    found, place, cuts = [], text.find(wanted), False
    while place >= 0:
        end = place + len(wanted)
        if any(start < end and place < stop for start, stop in taken):
            cuts = True
        else:
            found.append((place, end))
        place = text.find(wanted, end)
    if not found and cuts:
        raise Refused(
            _("These words are partly covered already. Choose words beside the mark."), field="words"
        )
    check(
        bool(found),
        _("These words do not stand in the text. Copy them exactly, with their capitals."),
        field="words",
    )
    return found


def is_plain_key(key: str) -> bool:
    """Return whether a person's key in a file is a bare number or code, such as R0012, and no name or address."""
    is_code = len(key) == 1 or any(letter.isdigit() for letter in key)
    return is_code and all(letter.isalnum() or letter in "_-#./" for letter in key)
