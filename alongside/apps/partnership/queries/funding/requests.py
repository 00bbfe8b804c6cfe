"""Requests for funding as a viewer may see them: the list, one whole, its history, its reviews."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import FundingEvent, FundingReview
from alongside.apps.partnership.models import FundingRequest as FundingRequest  # what reads return
from alongside.apps.partnership.queries.funding.criteria import as_criteria
from alongside.apps.partnership.rules.funding import OPEN
from alongside.apps.people.queries import get_names

State = FundingRequest.State
MOST_PARTNERS = 200  # in a drop-down; beyond that the words find them


@dataclass(frozen=True)
class FundingFilters:
    """What a list of requests is narrowed to; empty means everything."""

    words: str = ""
    scope: str = ""  # me, late, open, in_kind
    state: str = ""
    kind: str = ""
    partner: str = ""


@dataclass(frozen=True)
class HistoryLine:
    """One step: when, by whom, to which state, why."""

    at: datetime
    who: str
    state: str
    words: str
    is_from_group: bool


@dataclass(frozen=True)
class ScoreLine:
    """One criterion as one reviewer found it."""

    title: str
    answer: str
    answer_words: str
    words: str


@dataclass(frozen=True)
class ReviewLine:
    """One colleague's review as the viewer may see it: closed until they have done their own."""

    id: UUID
    who: str
    is_own: bool
    has_conflict: bool
    conflict_words: str
    advice: str
    words: str
    scored_at: datetime | None
    scores: tuple[ScoreLine, ...]


def list_requests(viewer: Viewer, filters: FundingFilters, on: date) -> "QuerySet[FundingRequest]":
    """Return the requests a viewer may see, narrowed, the newest first."""
    found = FundingRequest.objects.for_viewer(viewer).select_related("organisation")
    if filters.words:
        found = found.filter(
            Q(title__icontains=filters.words)
            | Q(reference__icontains=filters.words)
            | Q(organisation__name__icontains=filters.words)
        )
    if filters.state in State.values:
        found = found.filter(state=filters.state)
    if filters.kind in FundingRequest.Kind.values:
        found = found.filter(kind=filters.kind)
    if partner := read_id(filters.partner):
        found = found.filter(organisation_id=partner)
    return _narrow(viewer, found, filters.scope, on).order_by("-received_on", "-id")


def _narrow(
    viewer: Viewer, found: "QuerySet[FundingRequest]", scope: str, on: date
) -> "QuerySet[FundingRequest]":
    if scope == "me":
        return found.filter(waits_for(viewer))
    if scope == "late":
        return found.filter(state=State.FUNDED, report_due_on__lt=on)
    if scope == "open":
        return found.filter(state__in=OPEN)
    if scope == "in_kind":
        return found.filter(is_in_kind=True)
    return found


def waits_for(viewer: Viewer) -> Q:
    """Return which requests wait for this viewer: to begin, to judge, to decide, to draw up, to close."""
    own = FundingReview.objects.filter(request=OuterRef("pk"), reviewer_id=viewer.own_id)
    done = own.filter(Q(has_conflict=True) | Q(scored_at__isnull=False))
    untied = ~Q(written_by_id=viewer.own_id) & ~Q(Exists(own.filter(has_conflict=True)))
    waits = Q(pk__in=[])
    if viewer.may("review_funding"):
        waits |= Q(state=State.REVIEW) & ~Q(Exists(done))
    if viewer.may("decide_funding"):
        waits |= Q(state=State.DECISION) & untied
    if viewer.may("keep_relations"):
        waits |= Q(state__in=[State.REQUESTED, State.AGREEMENT, State.REPORTED])
    return waits


def read_id(text: str) -> UUID | None:
    """Return the id a query string holds, or nothing where it holds none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def list_partners_in_use(viewer: Viewer, chosen: str) -> list[tuple[UUID, str]]:
    """Return groups with requests, by name, to filter by: the first, and the one whose id is chosen.

    Where there are more, the list's search by words finds the others by their names.
    """
    asked = FundingRequest.objects.for_viewer(viewer).order_by("organisation__name")
    named = asked.values_list("organisation_id", "organisation__name").distinct()
    first, key = list(named[:MOST_PARTNERS]), read_id(chosen)
    if key is None or key in dict(first):
        return first
    return [*first, *named.filter(organisation_id=key)]


def get_request(viewer: Viewer, request_id: UUID) -> FundingRequest | None:
    """Return one request the viewer may see, with its group, its criteria and its report at hand."""
    found = FundingRequest.objects.for_viewer(viewer).filter(id=request_id)
    return found.select_related("organisation", "criteria", "agreement", "report").first()


def list_history(viewer: Viewer, request: FundingRequest) -> list[HistoryLine]:
    """Return a request's steps, newest first. A partner reads that it was us, not who of us."""
    events = list(FundingEvent.objects.filter(request=request).order_by("-at", "-id"))
    names = {} if viewer.partner_id else get_names(viewer, {one.by_id for one in events if one.by_id})
    states: dict[str, str] = {value: str(label) for value, label in State.choices}
    return [
        HistoryLine(
            one.at,
            names.get(one.by_id, "") if one.by_id else "",
            states.get(one.became, "") if one.was != one.became else "",
            one.words,
            one.is_from_group,
        )
        for one in events
    ]


def get_own_review(viewer: Viewer, request: FundingRequest) -> FundingReview | None:
    """Return what this viewer declared, or wrote, about a request."""
    if not viewer.may("review_funding"):
        return None
    return FundingReview.objects.filter(request=request, reviewer_id=viewer.own_id).first()


def must_declare_first(viewer: Viewer, request: FundingRequest, own: FundingReview | None) -> bool:
    """Return whether this viewer must say what ties them to the group before they read what is asked."""
    is_judge = viewer.may("review_funding") and request.written_by_id != viewer.person_id
    return is_judge and request.state == State.REVIEW and own is None


def may_read_reviews(viewer: Viewer, request: FundingRequest, own: FundingReview | None) -> bool:
    """Return whether a viewer reads what others found: judges only once their own is in, or it is decided on."""
    if not viewer.may("see_funding"):
        return False
    if own is not None and own.has_conflict:
        return False
    is_judging = request.state == State.REVIEW and viewer.may("review_funding")
    return not is_judging or (own is not None and own.scored_at is not None)


def list_reviews(viewer: Viewer, request: FundingRequest) -> list[ReviewLine]:
    """Return the reviews of a request in the order they began, as far as this viewer may read them."""
    own = get_own_review(viewer, request)
    opened = may_read_reviews(viewer, request, own)
    reviews = list(request.reviews.prefetch_related("scores")) if viewer.may("see_funding") else []
    names = get_names(viewer, {one.reviewer_id for one in reviews})
    titles = [(it.key, it.title) for it in as_criteria(request.criteria.criteria)]
    return [_as_review(one, names.get(one.reviewer_id, ""), viewer, titles, opened=opened) for one in reviews]


def _as_review(
    one: FundingReview, who: str, viewer: Viewer, titles: Sequence[tuple[str, str]], *, opened: bool
) -> ReviewLine:
    is_own = one.reviewer_id == viewer.own_id
    if not (opened or is_own):
        return ReviewLine(one.id, who, False, one.has_conflict, "", "", "", one.scored_at, ())
    given = {score.criterion: score for score in one.scores.all()}
    scores = tuple(
        ScoreLine(title, given[key].answer, given[key].get_answer_display(), given[key].words)
        for key, title in titles
        if key in given
    )
    return ReviewLine(
        one.id,
        who,
        is_own,
        one.has_conflict,
        one.conflict_words,
        one.get_advice_display() if one.advice else "",
        one.words,
        one.scored_at,
        scores,
    )
