"""Voices as rows of a file to download."""

from collections.abc import Iterable, Iterator

from alongside.apps.engagement.presenters.places import describe_place
from alongside.apps.engagement.queries import VoiceView
from alongside.apps.engagement.rules import FACT_COLUMNS

VOICE_COLUMNS = (
    "voice_id", "text", "speaker", "question", "service", "language", "said_on", "source", "place", "basis",
    "may_quote_inside", "may_quote_public", "may_share_partners", *FACT_COLUMNS,
)  # fmt: skip


def make_voice_rows(voices: Iterable[VoiceView]) -> Iterator[list[str]]:
    """Yield one row for each voice; facts are empty unless the viewer may see them."""
    for voice in voices:
        facts, basis = dict(voice.facts), voice.basis
        yield [
            str(voice.id), voice.text, voice.pseudonym, voice.question, voice.service, voice.language,
            voice.said_on.isoformat() if voice.said_on else "", voice.file_name or str(voice.source_label),
            describe_place(voice), str(basis.label), _yes(basis.may_quote_inside), _yes(basis.may_quote_public),
            _yes(basis.may_share_partners), *(facts.get(name, "") for name in FACT_COLUMNS),
        ]  # fmt: skip


def _yes(permitted: bool) -> str:
    return "yes" if permitted else "no"
