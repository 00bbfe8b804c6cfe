"""What the start page and search show of agreements."""

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.apps.agreements.models import Agreement, AgreementVersion
from alongside.apps.agreements.queries.listing import ENDS_SOON, RUNNING, UNSIGNED
from alongside.apps.base.rules import Viewer
from alongside.science.values.trail import DayItem, SearchHit

State = Agreement.State
PARTNER_TAKES = timedelta(days=14)
STARTS_SOON = timedelta(days=14)
MOST_LINES = 20  # of one sort on a start page; the list has the others


def list_day(viewer: Viewer, on: date) -> list[DayItem]:
    """Return what of agreements belongs to somebody's day: to certify, to mend, to answer, to renew; or to read."""
    if not viewer.may("see_agreements"):
        return _list_own(viewer)
    items: list[DayItem] = []
    if viewer.may("certify_agreements"):
        items += _to_certify(viewer)
    if viewer.may("write_agreements"):
        items += [
            *_unsigned(viewer, on),
            *_unanswered(viewer, on),
            *_ending(viewer, on),
            *_to_review(viewer, on),
        ]
    return items


def _url(agreement: Agreement) -> str:
    return reverse("agreements:agreement", args=[agreement.id])


def _line(agreement: Agreement, detail: str, *, group: str = "needs_you", on: date | None = None) -> DayItem:
    return DayItem(group, f"{agreement.reference} {agreement.title}", _url(agreement), detail, on)


def _to_certify(viewer: Viewer) -> list[DayItem]:
    written = AgreementVersion.objects.filter(written_by_id=viewer.own_id).values("agreement_id")
    waiting = (
        Agreement.objects.for_viewer(viewer)
        .filter(state=State.PARTNER_REVIEW)
        .exclude(author_id=viewer.own_id)
        .exclude(id__in=written)
    )
    return [
        _line(one, _("An agreement waits to be certified; it starts"), on=one.starts_on)
        for one in waiting.order_by("starts_on")[:MOST_LINES]
    ]


def _unsigned(viewer: Viewer, on: date) -> list[DayItem]:
    """Return agreements that begin soon, or should have begun, and are not signed."""
    waiting = Agreement.objects.for_viewer(viewer).filter(state__in=UNSIGNED, starts_on__lte=on + STARTS_SOON)
    return [
        _line(
            one,
            _("An agreement is not signed, and its start has passed")
            if one.starts_on < on
            else _("An agreement is not signed; it starts"),
            group="late" if one.starts_on < on else "needs_you",
            on=one.starts_on,
        )
        for one in waiting.order_by("starts_on")[:MOST_LINES]
    ]


def _unanswered(viewer: Viewer, on: date) -> list[DayItem]:
    mine = Agreement.objects.for_viewer(viewer).filter(state__in=UNSIGNED)
    asked = mine.filter(comments__is_from_partner=True, comments__answer="").distinct()
    silent = mine.filter(
        state=State.PARTNER_REVIEW,
        shown_at__date__lt=on - PARTNER_TAKES,
        comments=None,
        partner_agreed_version=None,
    )
    return [
        *(
            _line(one, _("A comment of the partner waits for an answer"))
            for one in asked.order_by("created_at")[:MOST_LINES]
        ),
        *(
            _line(one, _("The partner has not said anything about this agreement for two weeks"))
            for one in silent.order_by("shown_at")[:MOST_LINES]
        ),
    ]


def _ending(viewer: Viewer, on: date) -> list[DayItem]:
    ending = Agreement.objects.for_viewer(viewer).filter(state__in=RUNNING, ends_on__lte=on + ENDS_SOON)
    return [
        _line(
            one,
            _("An agreement ended; say whether it is done") if one.ends_on < on else _("An agreement ends"),
            group="late" if one.ends_on < on else "needs_you",
            on=one.ends_on,
        )
        for one in ending.order_by("ends_on")[:MOST_LINES]
    ]


def _to_review(viewer: Viewer, on: date) -> list[DayItem]:
    due = Agreement.objects.for_viewer(viewer).filter(state__in=RUNNING, review_on__lte=on)
    return [
        _line(one, _("It is time to look at this agreement again"), on=one.review_on)
        for one in due.order_by("review_on")[:MOST_LINES]
    ]


def _list_own(viewer: Viewer) -> list[DayItem]:
    """Return what waits for a partner: agreements to read, and to sign."""
    if not viewer.may("see_own_organisation") and not viewer.may("take_paid_work"):
        return []
    name = "ours:agreement" if viewer.may("see_own_organisation") else "work:agreement"
    waiting = Agreement.objects.for_viewer(viewer).filter(state__in=(State.PARTNER_REVIEW, State.CERTIFIED))
    words = {
        State.PARTNER_REVIEW: _("An agreement to read, comment on and agree to"),
        State.CERTIFIED: _("An agreement to sign; it starts"),
    }
    return [
        DayItem(
            "needs_you",
            one.title,
            reverse(name, args=[one.id]),
            words[State(one.state)],
            one.starts_on if one.state == State.CERTIFIED else None,
        )
        for one in waiting.order_by("starts_on")[:MOST_LINES]
        if one.state == State.CERTIFIED or one.partner_agreed_version != one.version_number
    ]


def find_agreements(viewer: Viewer, words: str, limit: int) -> list[SearchHit]:
    """Return agreements in whose title, number or partner these words stand."""
    found = Agreement.objects.for_viewer(viewer).filter(
        Q(title__icontains=words) | Q(reference__icontains=words) | Q(organisation__name__icontains=words)
    )
    is_team = viewer.may("see_agreements")
    own = "ours:agreement" if viewer.may("see_own_organisation") else "work:agreement"
    return [
        SearchHit(
            _("Agreement"),
            f"{one.reference} {one.title}",
            _url(one) if is_team else reverse(own, args=[one.id]),
            one.organisation.name if one.organisation else "",
            one.starts_on,
        )
        for one in found.select_related("organisation")[:limit]
    ]
