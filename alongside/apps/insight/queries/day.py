"""What themes and insights ask of a person today."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.apps.base.rules import Viewer
from alongside.apps.insight.models import Insight
from alongside.apps.insight.queries.insights import InsightFilter, list_insights
from alongside.apps.insight.queries.looking import list_lost_quotes
from alongside.apps.insight.queries.overview import list_overview
from alongside.apps.insight.queries.reviews import get_review
from alongside.science.values.trail import DayItem

MOST_ITEMS = 10


def list_day(viewer: Viewer, on: date) -> list[DayItem]:  # noqa: ARG001  (nothing here has a date)
    """Return reviews to finish, voices to read, drafts without evidence, and insights to confirm."""
    items: list[DayItem] = []
    if viewer.may("decide_themes"):
        items += _reviews(viewer)
    if viewer.may("write_insights"):
        items += _drafts(viewer)
        items += _lost_quotes(viewer)
    if viewer.may("confirm_insights"):
        items += _to_confirm(viewer)
    return items


def _reviews(viewer: Viewer) -> list[DayItem]:
    items = []
    for line in [line for line in list_overview(viewer) if line.run_id][:MOST_ITEMS]:
        url = reverse("insight:review", args=[line.engagement_id])
        if line.to_decide:
            words = ngettext(
                "%(n)d proposed theme to decide", "%(n)d proposed themes to decide", line.to_decide
            )
            items.append(DayItem("needs_you", line.title, url, words % {"n": line.to_decide}))
            continue
        review = get_review(viewer, line.engagement_id)
        if review and review.counts.unplaced:
            number = review.counts.unplaced
            words = ngettext("%(n)d unplaced voice to read", "%(n)d unplaced voices to read", number)
            voices = reverse("insight:review_voices", args=[line.engagement_id])
            items.append(DayItem("needs_you", line.title, f"{voices}?unplaced=1", words % {"n": number}))
    return items


def _drafts(viewer: Viewer) -> list[DayItem]:
    drafts = list_insights(viewer, InsightFilter(state=Insight.State.DRAFT)).filter(evidence=None)
    own = drafts.filter(created_by_id=viewer.own_id)[:MOST_ITEMS]
    return [
        DayItem(
            "needs_you",
            insight.statement,
            reverse("insight:insight", args=[insight.id]),
            _("A draft of yours without evidence"),
        )
        for insight in own
    ]


def _lost_quotes(viewer: Viewer) -> list[DayItem]:
    return [
        DayItem(
            "needs_you",
            lost.statement,
            reverse("insight:insight", args=[lost.insight_id]),
            ngettext(
                "A quote was withdrawn; it now rests on %(n)d voice. Look again",
                "A quote was withdrawn; it now rests on %(n)d voices. Look again",
                lost.voices,
            )
            % {"n": lost.voices},
            lost.since,
        )
        for lost in list_lost_quotes(viewer)[:MOST_ITEMS]
    ]


def _to_confirm(viewer: Viewer) -> list[DayItem]:
    standing = list_insights(viewer, InsightFilter(state=Insight.State.STANDS))
    waiting = standing.exclude(confirmations__person_id=viewer.own_id)[:MOST_ITEMS]
    return [
        DayItem(
            "needs_you",
            insight.statement,
            reverse("insight:insight", args=[insight.id]),
            _("Does this say what patients meant?"),
        )
        for insight in waiting
    ]
