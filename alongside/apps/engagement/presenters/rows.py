"""Voices as rows of a file to download."""

from collections.abc import Iterable, Iterator

from alongside.apps.engagement.presenters.places import describe_place
from alongside.apps.engagement.queries import VoiceView
from alongside.apps.engagement.rules import FACT_COLUMNS

VOICE_COLUMNS = (
    "voice_id", "text", "speaker", "question", "service", "language", "said_on", "source", "place", "basis",
    "may_quote_inside", "may_quote_public", "may_share_partners",
)  # fmt: skip


def list_voice_columns(*, with_facts: bool) -> tuple[str, ...]:
    """Return the columns of a download; facts of persons leave the team only with somebody who may take them out."""
    return (*VOICE_COLUMNS, *FACT_COLUMNS) if with_facts else VOICE_COLUMNS


def make_voice_rows(voices: Iterable[VoiceView], *, with_facts: bool) -> Iterator[list[str]]:
    """Yield one row for each voice, in the order of the columns."""
    for voice in voices:
        facts, basis = dict(voice.facts), voice.basis
        yield [
            str(voice.id), voice.text, voice.pseudonym, voice.question, voice.service, voice.language,
            voice.said_on.isoformat() if voice.said_on else "", voice.file_name or str(voice.source_label),
            describe_place(voice), str(basis.label), _yes(basis.may_quote_inside), _yes(basis.may_quote_public),
            _yes(basis.may_share_partners), *(facts.get(name, "") for name in FACT_COLUMNS if with_facts),
        ]  # fmt: skip


def _yes(permitted: bool) -> str:
    return "yes" if permitted else "no"
