"""How a relationship stands, with its reasons: pure rules over facts and days.

The method and its numbers: docs/methods/relationship-health.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.apps.base.rules.partnering import HealthReason

ANSWER_DAYS = 30  # so long a partner takes over notes before we ask whether they arrived
LATE_DAYS = 30  # a promise later than this strains by itself
GOOD, ATTENTION, STRAINED, ENDED, NOT_KEPT = "good", "attention", "strained", "ended", "not_kept"
KEPT_LEVELS = (STRAINED, ATTENTION, GOOD)
LEVELS = (*KEPT_LEVELS, ENDED, NOT_KEPT)


@dataclass(frozen=True)
class ContactFacts:
    """What is known of one relationship: how often we meet to be in touch, and when we last were.

    `began_on` counts where there was no contact yet. `unanswered_since` is the day the oldest notes were shared that
    nobody has confirmed or corrected, `latest_due_on` the day the oldest promise that is late was due.
    """

    every_days: int
    began_on: date
    last_contact_on: date | None = None
    review_on: date | None = None
    unanswered: int = 0
    unanswered_since: date | None = None
    late_promises: int = 0
    latest_due_on: date | None = None


@dataclass(frozen=True)
class Reason:
    """One reason in words with its weight (0 good to know, 1 look at it, 2 it strains), and where to look."""

    words: str
    weight: int
    place: str = "timeline"  # the part of the partner's page it is about


@dataclass(frozen=True)
class Health:
    """How a relationship stands, and why: the heaviest reason first."""

    level: str
    reasons: tuple[HealthReason, ...] = ()


def judge_contact(facts: ContactFacts, on: date) -> list[Reason]:
    """Return what this part knows about how a relationship stands on a day."""
    found = [
        _judge_silence(facts, on),
        _judge_promises(facts, on),
        _judge_notes(facts, on),
        _judge_review(facts, on),
    ]
    return [reason for reason in found if reason is not None]


def _judge_silence(facts: ContactFacts, on: date) -> Reason | None:
    days = (on - (facts.last_contact_on or facts.began_on)).days
    if days <= facts.every_days:
        return None
    if facts.last_contact_on is None:
        words = _("no contact yet, %(days)s days after it began") % {"days": days}
    else:
        words = _("no contact for %(days)s days") % {"days": days}
    return Reason(words, 2 if days > 2 * facts.every_days else 1)


def _judge_promises(facts: ContactFacts, on: date) -> Reason | None:
    if not facts.late_promises:
        return None
    words = ngettext("%(n)s promise late", "%(n)s promises late", facts.late_promises) % {
        "n": facts.late_promises
    }
    oldest = (on - facts.latest_due_on).days if facts.latest_due_on else 0
    return Reason(words, 2 if facts.late_promises > 1 or oldest > LATE_DAYS else 1, "promises")


def _judge_notes(facts: ContactFacts, on: date) -> Reason | None:
    if not facts.unanswered:
        return None
    days = (on - facts.unanswered_since).days if facts.unanswered_since else 0
    words = ngettext("%(n)s note not confirmed yet", "%(n)s notes not confirmed yet", facts.unanswered) % {
        "n": facts.unanswered
    }
    return Reason(words, 1 if days > ANSWER_DAYS else 0)


def _judge_review(facts: ContactFacts, on: date) -> Reason | None:
    if facts.review_on is None or facts.review_on > on:
        return None
    return Reason(_("its review is due"), 1, "keeping")


def weigh(reasons: Iterable[HealthReason]) -> Health:
    """Return how a relationship stands for all its reasons, whoever gave them.

    One heavy reason strains, and so do three light ones; one light reason asks for attention.
    """
    ordered = tuple(sorted(reasons, key=lambda one: -one.weight))
    heavy = sum(one.weight > 1 for one in ordered)
    light = sum(one.weight == 1 for one in ordered)
    if heavy or light > 2:
        return Health(STRAINED, ordered)
    return Health(ATTENTION if light else GOOD, ordered)
