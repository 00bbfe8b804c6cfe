"""A person's own words for a page: always cut from the voice itself, with who, when, where and what they allow."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.queries import list_engagements
from alongside.apps.insight.models import Evidence, Placement, ProposedPlacement, ProposedQuote
from alongside.apps.insight.rules import QuoteUse, get_quote_use, get_reason_hidden

Spoken = Evidence | Placement | ProposedPlacement | ProposedQuote
SPOKEN = ("voice__speaker", "voice__basis", "voice__source", "voice__engagement")


@dataclass(frozen=True)
class QuoteView:
    """Words as they stand in a voice: `text` is `voice.text[start:end]`, or empty where `hidden` says why.

    `is_whole` says whether the quote is the entire voice. `use` is None for viewers who need not know it.
    """

    voice_id: UUID
    start: int
    end: int
    text: str
    who: str
    said_on: date | None
    where: str
    url: str
    language: str
    is_whole: bool
    use: QuoteUse | None
    hidden: str = ""
    is_gone: bool = False


def list_invited_ids(viewer: Viewer) -> frozenset[UUID] | None:
    """Return the engagements a patient partner was invited to; None for staff, who see all."""
    if not viewer.sees_only_invited:
        return None
    return frozenset(engagement.id for engagement in list_engagements(viewer))


def make_quote(
    viewer: Viewer,
    spoken: Spoken,
    *,
    invited: frozenset[UUID] | None,
    span: tuple[int, int] | None = None,
    is_for_public: bool = False,
    names_engagement: bool = True,
    is_evidence: bool = False,
    names_person: bool = True,
) -> QuoteView | None:
    """Return the words of a span (or of the whole voice) for this viewer; None where there is no voice.

    Words a viewer may not see never leave this function.
    """
    voice = spoken.voice
    if voice is None:
        return None
    start, end = span or (0, len(voice.text))
    use = get_quote_use(
        may_quote_inside=voice.basis.may_quote_inside,
        may_quote_public=voice.basis.may_quote_public,
        may_share_partners=voice.basis.may_share_partners,
    )
    is_invited = invited is None or voice.engagement_id in invited
    is_gone = not voice.basis.may_analyse or voice.source.brought_in_at is None
    hidden = get_reason_hidden(
        viewer, use, is_invited=is_invited, is_for_public=is_for_public, is_evidence=is_evidence
    )
    if is_gone:
        hidden = _("The person took these words back.")
    elif not voice.text and end > 0:
        hidden = _("These words were deleted: the time for which we may keep them was over.")
    elif voice.held_for_review:
        hidden = _("These words wait until somebody has looked at what should be covered in them.")
    elif voice.replaced_by_id is not None:
        hidden = _("These words were corrected since. Quote the corrected ones.")
    speaker = voice.speaker
    capacity = speaker.capacity if speaker else ""
    knows_persons = names_person and viewer.may("see_facts_of_persons") and not is_for_public
    named = [speaker.pseudonym, speaker.age_band, capacity] if speaker and knows_persons else [capacity]
    title = voice.engagement.title if names_engagement else ""
    place = _place(voice.place_row, voice.place_turn) if names_person else ""
    return QuoteView(
        voice_id=voice.id,
        start=start,
        end=end,
        text="" if hidden else voice.text[start:end],
        who="" if hidden else ", ".join(part for part in named if part),
        said_on=None if hidden else voice.said_on,
        where="" if hidden else ", ".join(part for part in (title, place) if part),
        url=_voice_url(voice.id, start, end) if viewer.may("see_voices") and not hidden else "",
        language=voice.language,
        is_whole=(start, end) == (0, len(voice.text)),
        use=use if viewer.may("see_voices") and not viewer.sees_only_invited else None,
        hidden=hidden,
        is_gone=is_gone,
    )


def _place(row: int | None, turn: int | None) -> str:
    if turn is not None:
        return _("turn %(number)s") % {"number": turn}
    return _("row %(number)s") % {"number": row} if row is not None else ""


def _voice_url(voice_id: UUID, start: int, end: int) -> str:
    try:
        return f"{reverse('engagement:voice', args=[voice_id])}?from={start}&to={end}#words"
    except NoReverseMatch:
        return ""
