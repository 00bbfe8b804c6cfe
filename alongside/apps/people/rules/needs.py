"""What a need must say before it is kept, and who may see it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.apps.base.rules import Viewer, check

REVIEW_AFTER = timedelta(days=365)
SAYS_WHICH = ("language", "interpreter", "other")
NEED_KINDS = [
    (
        _("Information"),
        [
            ("large_print", _("Large print")),
            ("easy_read", _("Easy read")),
            ("audio", _("Audio")),
            ("braille", _("Braille")),
            ("bsl", _("British Sign Language")),
            ("screen_reader", _("A file that a screen reader can read")),
            ("language", _("Another language")),
            ("interpreter", _("An interpreter")),
        ],
    ),
    (
        _("Being there"),
        [
            ("step_free", _("Step-free access")),
            ("breaks", _("Breaks")),
            ("quiet_room", _("A quiet room")),
            ("hearing_loop", _("A hearing loop")),
            ("carer", _("Somebody who comes along")),
            ("travel", _("Help with travel")),
            ("timing", _("A time of day that suits")),
        ],
    ),
    (_("Other"), [("contact", _("How to be contacted")), ("other", _("Something else"))]),
]
NEED_LABELS = {value: label for _group, choices in NEED_KINDS for value, label in choices}
STRENGTHS = [
    ("must", _("I cannot take part without it")),
    ("would_help", _("It would help")),
]
VISIBILITIES = [
    ("arranger", _("Only the person who arranges it")),
    ("named", _("Only colleagues I name")),
    ("team", _("Everybody who runs engagements")),
]


@dataclass(frozen=True)
class NeedTerms:
    """What somebody needs, in their words, and who may see it."""

    kind: str
    strength: str
    visible_to: str
    since_on: date
    review_on: date
    words: str = ""
    readers: tuple[UUID, ...] = ()


def check_need(
    terms: NeedTerms, *, kinds: Collection[str], strengths: Collection[str], visibilities: Collection[str]
) -> None:
    """Refuse a need that nobody could arrange, or that nobody may see as its person wants."""
    check(terms.kind in kinds, "Choose what is needed.", field="kind")
    check(terms.strength in strengths, "Choose how much it matters.", field="strength")
    check(terms.visible_to in visibilities, "Choose who may see it.", field="visible_to")
    check(
        terms.kind not in SAYS_WHICH or bool(terms.words.strip()),
        "Say which, so that it can be arranged.",
        field="words",
    )
    check(
        terms.review_on >= terms.since_on,
        "Ask again on a day after it began.",
        field="review_on",
    )
    check(
        terms.visible_to != "named" or bool(terms.readers),
        "Name at least one colleague who may see it.",
        field="readers",
    )


def may_see_need(viewer: Viewer, *, visible_to: str, is_own: bool, is_named: bool, arranges: bool) -> bool:
    """Return whether this viewer may see a need, as its person chose."""
    if is_own:
        return True
    if visible_to == "team":
        return viewer.may("see_access_needs")
    return is_named if visible_to == "named" else arranges
