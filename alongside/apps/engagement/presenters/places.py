"""Where a voice stands in its source, what it may be used for, and what its speaker said of themselves."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.apps.engagement.queries import BasisView, VoiceView
from alongside.science.values.redaction import find_marks

FACT_LABELS: dict[str, str | Promise] = {
    "age_band": gettext_lazy("Age"),
    "sex": gettext_lazy("Sex"),
    "gender": gettext_lazy("Gender"),
    "ethnicity": gettext_lazy("Ethnicity"),
    "disability": gettext_lazy("Disability"),
    "deprivation_quintile": gettext_lazy("Deprivation quintile"),
    "region": gettext_lazy("Region"),
    "capacity": gettext_lazy("Answering as"),
}


def describe_facts(facts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the facts a person gave, with labels."""
    return [(str(FACT_LABELS[name]), value) for name, value in facts]


def describe_place(voice: VoiceView) -> str:
    """Return the exact place of a voice in its source, in words."""
    parts = []
    if voice.place_row is not None:
        parts.append(_("row %(row)s") % {"row": f"{voice.place_row:,}"})
    if voice.place_column:
        parts.append(_("column “%(column)s”") % {"column": voice.place_column})
    if voice.place_turn is not None:
        parts.append(_("turn %(turn)s") % {"turn": f"{voice.place_turn:,}"})
    if voice.starts_ms is not None and voice.ends_ms is not None:
        parts.append(
            _("%(start)s to %(end)s") % {"start": _clock(voice.starts_ms), "end": _clock(voice.ends_ms)}
        )
    if voice.place_start is not None and voice.place_end is not None:
        parts.append(
            _("characters %(start)s to %(end)s")
            % {"start": f"{voice.place_start + 1:,}", "end": f"{voice.place_end:,}"}
        )
    return ", ".join(parts)


def _clock(milliseconds: int) -> str:
    seconds = milliseconds // 1_000
    return f"{seconds // 3_600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def describe_uses(basis: BasisView) -> list[tuple[str, bool]]:
    """Return each use in plain words, and whether the basis permits it."""
    return [
        (_("We may look for what it has in common with others"), basis.may_analyse),
        (_("We may quote it to colleagues"), basis.may_quote_inside),
        (_("We may quote it in public"), basis.may_quote_public),
        (_("We may share it with partners"), basis.may_share_partners),
        (_("We may contact the person again"), basis.may_contact_again),
    ]


def list_covered(text: str) -> list[str]:
    """Return what is covered in a voice, each kind once, as the marks say it; never what stood there."""
    return list(dict.fromkeys(text[start + 1 : end - 1] for start, end in find_marks(text)))
