"""The hands-off statement, how it was filled in for a request, and what the group says about it."""

from dataclasses import dataclass
from datetime import date, datetime

from alongside.apps.partnership.bridge.funding import HandsOffText, read_hands_off
from alongside.apps.partnership.models import FundingRequest, HandsOff, HandsOffReply


@dataclass(frozen=True)
class CheckedLine:
    """One line of a filled checklist: what it says, whether it holds, how it is instead."""

    key: str
    says: str
    holds: bool
    words: str


@dataclass(frozen=True)
class GroupWord:
    """What the group said about a filled checklist."""

    agrees: bool
    words: str
    at: datetime


@dataclass(frozen=True)
class HandsOffPage:
    """The newest filled checklist of a request with the statement it was made of, and the group's words on it."""

    statement: str
    edition: int
    source: str
    filled_at: datetime
    lines: tuple[CheckedLine, ...]
    replies: tuple[GroupWord, ...]

    @property
    def last_reply(self) -> GroupWord | None:
        """Return what the group said last."""
        return self.replies[-1] if self.replies else None

    @property
    def disagrees(self) -> bool:
        """Return whether the group's last word is that this is not how it is."""
        return bool(self.replies) and not self.replies[-1].agrees

    @property
    def broken(self) -> tuple[CheckedLine, ...]:
        """Return the lines that do not hold."""
        return tuple(one for one in self.lines if not one.holds)


def get_hands_off_text(on: date, edition: int | None = None) -> HandsOffText:
    """Return the statement in force on a day, or one edition of it."""
    texts = read_hands_off()
    if edition is not None:
        return next((one for one in texts if one.edition == edition), texts[-1])
    return next((one for one in reversed(texts) if one.valid_from <= on), texts[0])


def get_hands_off(request: FundingRequest) -> HandsOffPage | None:
    """Return the newest filled checklist of a request somebody may see; None before the first."""
    newest = HandsOff.objects.filter(request=request).order_by("filled_at", "id").last()
    if newest is None:
        return None
    text = get_hands_off_text(newest.filled_at.date(), newest.edition)
    answers = {one.line: one for one in newest.answers.all()}
    replies = HandsOffReply.objects.filter(hands_off__request=request, at__gte=newest.filled_at)
    return HandsOffPage(
        statement=text.statement,
        edition=newest.edition,
        source=text.source,
        filled_at=newest.filled_at,
        lines=tuple(
            CheckedLine(line.key, line.words, answers[line.key].holds, answers[line.key].words)
            for line in text.lines
            if line.key in answers
        ),
        replies=tuple(GroupWord(one.agrees, one.words, one.at) for one in replies),
    )
