"""Rate cards: dated, with a source, and never two of one scheme on one day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alongside.apps.base.rules import Refused, check
from alongside.apps.base.rules.money import write_money

STATUSES = ("verified", "computed")


@dataclass(frozen=True)
class LineWords:
    """One line of a card as it was read: a band, the kind of work, pence, whether the amount was read or worked out."""

    band: str
    task: str
    amount_pence: int
    status: str = "verified"
    note: str = ""


@dataclass(frozen=True)
class CardTerms:
    """A card as somebody adds it."""

    scheme: str
    title: str
    source: str
    valid_from: date
    valid_to: date | None
    lines: tuple[LineWords, ...]
    is_shipped: bool = False


@dataclass(frozen=True)
class Span:
    """From when to when a card holds; no end means until somebody ends it."""

    title: str
    valid_from: date
    valid_to: date | None


def check_card(terms: CardTerms) -> None:
    """Refuse a card without a name, source or lines, one that ends before it starts, and a band that stands twice."""
    check_scheme(terms.scheme)
    check(bool(terms.title.strip()), "Give the card a title that somebody recognises.", field="title")
    check(bool(terms.source.strip()), "Say where these rates can be read.", field="source")
    if terms.valid_to is not None:
        check(terms.valid_to >= terms.valid_from, "The last day is before the first.", field="valid_to")
    check(bool(terms.lines), "Add at least one line: band, task, amount.", field="lines")
    seen: set[str] = set()
    for line in terms.lines:
        check(line.band.casefold() not in seen, f"The band “{line.band}” stands twice.", field="lines")
        check(line.status in STATUSES, f"“{line.status}” is neither verified nor computed.", field="lines")
        check(line.amount_pence > 0, f"The amount of “{line.band}” must be more than nothing.", field="lines")
        seen.add(line.band.casefold())


def check_scheme(name: str) -> str:
    """Return a scheme's name without outer blanks; refuse none."""
    check(bool(name.strip()), "Say whose rates these are, such as NIHR or our own.", field="scheme")
    return name.strip()


def check_no_overlap(new: Span, others: Sequence[Span]) -> None:
    """Refuse a card that would hold on a day on which another of its scheme holds."""
    for other in others:
        ends_before = new.valid_to is not None and new.valid_to < other.valid_from
        begins_after = other.valid_to is not None and other.valid_to < new.valid_from
        if ends_before or begins_after:
            continue
        until = f"to {other.valid_to:%-d %B %Y}" if other.valid_to else "with no end"
        raise Refused(
            f"“{other.title}” of this scheme already holds from {other.valid_from:%-d %B %Y} {until}. "
            "Two cards may not hold on one day: end the other first, or choose other days.",
            field="valid_from",
        )


def check_fee_fits(
    *, fee_pence: int | None, line_pence: int | None, reason: str, currency: str = "GBP"
) -> None:
    """Refuse a fee that is not its rate line's, and work without pay, where nobody says why."""
    if fee_pence is None:
        check(bool(reason.strip()), "Say why there is no fee for this work.", field="fee_reason")
    elif line_pence is None:
        check(
            bool(reason.strip()),
            "Choose a rate, or say how the fee was found to be fair.",
            field="fee_reason",
        )
    elif fee_pence != line_pence:
        check(
            bool(reason.strip()),
            f"The rate is {write_money(line_pence, currency)}. Say why the fee is another.",
            field="fee_reason",
        )
