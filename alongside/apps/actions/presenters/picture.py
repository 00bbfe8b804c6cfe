"""The calm picture of telling: one bar for the people who spoke, with every part named under it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.apps.actions.rules import TellingProgress

# Presentation attributes, so that print and PDF show the same picture.
COLOURS = {"told": "#0e5a5f", "channel": "#2f8f89", "waiting": "#f2b84b", "unreachable": "#b4b3a9"}


@dataclass(frozen=True)
class Segment:
    """One part of the bar, from `start` on for `width`, both in per cent of the people."""

    name: str
    label: str
    detail: str
    count: int
    start: float
    width: float
    colour: str


def draw_progress(progress: TellingProgress) -> list[Segment]:
    """Return the four parts in their order; they always add up to everybody."""
    details = {
        "told": _("opened the page, got the mail, or heard it from somebody"),
        "channel": _("where their group sees it; nobody knows who read it"),
        "waiting": _waiting_words(progress),
        "unreachable": _("mail came back, or there is no way to them"),
    }
    labels = {
        "told": _("told"),
        "channel": _("reached by a channel"),
        "waiting": _("not told yet"),
        "unreachable": _("could not be reached"),
    }
    segments, start = [], 0.0
    for name, label in labels.items():
        count = getattr(progress, name)
        width = 100 * count / progress.people if progress.people else 0.0
        segments.append(
            Segment(name, label, details[name], count, round(start, 3), round(width, 3), COLOURS[name])
        )
        start += width
    return segments


def _waiting_words(progress: TellingProgress) -> str:
    if progress.queued and progress.untried:
        words = _("%(queued)s wait for the digest, for %(untried)s nobody has chosen a way")
        return words % {"queued": progress.queued, "untried": progress.untried}
    if progress.queued:
        return _("they wait for the digest")
    return _("nobody has chosen a way to tell them")
