"""Quotes follow when what is covered in a voice changes: the same words, at their new place."""

from datetime import datetime
from uuid import UUID

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.insight.models import Evidence, ProposedQuote
from alongside.science.values.redaction import WordsMove


def follow_words(voice_id: UUID, move: WordsMove, *, by: Viewer, at: datetime) -> None:
    """Move every quote of a voice to where its words stand now; runs inside the change's transaction.

    Raise Refused, with a remedy, where a person's quote would begin or end inside a mark; what the engine proposed
    is widened over the mark instead.
    """
    for evidence in Evidence.objects.select_for_update(of=("self",)).filter(
        voice_id=voice_id, start__isnull=False
    ):
        start, end = evidence.start or 0, evidence.end or 0
        if move.cuts(start, end):
            raise Refused(
                f"A quote of the insight “{evidence.insight.statement}” begins or ends inside these words. "
                "Take that quote away, cover the words, then quote again.",
                field="words",
            )
        evidence.start, evidence.end = move.move(start, end)
        if (start, end) != (evidence.start, evidence.end):
            evidence.save(update_fields=["start", "end"])
            record_audit(by=by, at=at, operation="move_quote", on=evidence)
    quotes = list(ProposedQuote.objects.filter(voice_id=voice_id))
    for quote in quotes:
        quote.start, quote.end = move.move(quote.start, quote.end)
    ProposedQuote.objects.bulk_update(quotes, ["start", "end"])
