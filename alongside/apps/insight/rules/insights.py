"""What must hold before an insight may stand, change or retire, and where quoted words occur."""

from alongside.apps.base.rules import check
from alongside.apps.insight.models import Insight


def check_can_stand(*, has_evidence: bool, limits: str) -> None:
    """Raise Refused unless the insight has evidence and says its limits."""
    check(
        has_evidence,
        "Nobody can stand behind this yet: it has no evidence. Add a quote, a number or ratings first.",
    )
    check(
        bool(limits.strip()),
        "Nobody can stand behind this yet: it does not say its limits. Write who was not heard, and what these "
        "voices cannot tell you.",
        field="limits",
    )


def check_draft_or_standing(insight: Insight) -> None:
    """Raise Refused where the insight has been retired."""
    check(
        insight.state != Insight.State.RETIRED,
        "This insight has been retired. Bring it back first; then it can be changed.",
    )


def check_retired(insight: Insight) -> None:
    """Raise Refused unless the insight has been retired."""
    check(
        insight.state == Insight.State.RETIRED, "This insight has not been retired, so nothing was changed."
    )


def check_evidence_may_leave(insight: Insight, pieces: int) -> None:
    """Raise Refused where a standing insight would lose its last piece of evidence."""
    check(
        insight.state != Insight.State.STANDS or pieces > 1,
        "This is the last piece of evidence of an insight somebody stands behind. Add another first, or retire "
        "the insight.",
    )


def find_words(text: str, words: str) -> tuple[int, int]:
    """Return where the words stand in the text, as code points, half open.

    Raise Refused where they are empty, do not occur, or occur more than once.
    """
    wanted = words.strip()
    check(bool(wanted), "Choose a sentence, or paste the words you want to quote.", field="words")
    start = text.find(wanted)
    check(
        start >= 0,
        "These words do not stand in this voice exactly as you typed them. Copy them from the voice: same "
        "spelling, same spaces, same punctuation.",
        field="words",
    )
    check(
        text.find(wanted, start + 1) < 0,
        "These words stand in this voice more than once. Paste a longer piece, so that the place is certain.",
        field="words",
    )
    return start, start + len(wanted)
