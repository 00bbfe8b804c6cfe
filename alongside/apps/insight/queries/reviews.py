"""The review: what the engine proposed, what people decided, what is left to read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.queries import get_engagement
from alongside.apps.insight.models import (
    Placement,
    ProposedPlacement,
    ProposedTheme,
    Theme,
    ThemeDecision,
    ThemeRun,
    counting,
)
from alongside.apps.insight.queries.decisions import (
    SETTLING,
    DecisionLine,
    DissentLine,
    get_last_decision,
    get_settling_decision,
    list_dissents,
    list_theme_decisions,
)
from alongside.apps.insight.queries.quotes import SPOKEN, QuoteView, list_invited_ids, make_quote
from alongside.apps.insight.queries.runs import get_latest_run


@dataclass(frozen=True)
class ReviewItem:
    """A proposal to decide, a theme somebody decided, or a proposal that was set aside.

    `people` is 0 where nobody knows who spoke. `state` is open, decided, rejected or merged.
    """

    id: UUID
    name: str
    state: str
    voices: int
    people: int

    @property
    def is_open(self) -> bool:
        """Return whether this still waits for a person's decision."""
        return self.state == "open"


@dataclass(frozen=True)
class VoiceCounts:
    """Where the voices of an engagement lie: each in exactly one of these."""

    placed: int
    waiting: int
    unplaced: int
    blank: int


@dataclass(frozen=True)
class RunLine:
    """The run a review shows."""

    id: UUID
    engine: str
    version: str
    seed: int
    finished_at: datetime | None
    only_new: bool


@dataclass(frozen=True)
class Review:
    """The review of one engagement."""

    engagement_id: UUID
    title: str
    run: RunLine
    to_decide: tuple[ReviewItem, ...]
    decided: tuple[ReviewItem, ...]
    set_aside: tuple[ReviewItem, ...]
    counts: VoiceCounts
    last: DecisionLine | None

    @property
    def all_items(self) -> tuple[ReviewItem, ...]:
        """Return every item in the order of the list."""
        return self.to_decide + self.decided + self.set_aside

    @property
    def proposals(self) -> int:
        """Return how many proposals the run made that were or will be decided."""
        return len(self.to_decide) + len(self.decided) + len(self.set_aside)


@dataclass(frozen=True)
class OpenItem:
    """The one item a reviewer looks at. `decision` is who decided it, where somebody has."""

    item: ReviewItem
    keywords: tuple[str, ...]
    description: str
    quotes: tuple[QuoteView, ...]
    decision: DecisionLine | None
    history: tuple[DecisionLine, ...]
    dissents: tuple[DissentLine, ...]
    came_with_it: int
    one_by_one: int
    previous_id: UUID | None
    next_id: UUID | None
    targets: tuple[ReviewItem, ...]


def get_review(viewer: Viewer, engagement_id: UUID) -> Review | None:
    """Return the review of an engagement; None where there is no finished run or the viewer may not see it."""
    engagement = get_engagement(viewer, engagement_id)
    run = get_latest_run(viewer, engagement_id)
    if engagement is None or run is None:
        return None
    settled = _settled(run)
    proposals = list(run.proposed_themes.all())
    sizes = _count_lying(run)
    open_ids = [one.id for one in proposals if one.id not in settled]
    aside = (ThemeDecision.Kind.REJECT, ThemeDecision.Kind.MERGE)
    return Review(
        engagement_id=engagement_id,
        title=engagement.title,
        run=RunLine(run.id, run.engine, run.engine_version, run.seed, run.finished_at, run.only_new),
        to_decide=tuple(_proposed_item(one, "open", sizes) for one in proposals if one.id not in settled),
        decided=tuple(_theme_item(theme) for theme in list_standing(engagement_id)),
        set_aside=tuple(
            _proposed_item(
                one, "rejected" if settled[one.id] == ThemeDecision.Kind.REJECT else "merged", sizes
            )
            for one in proposals
            if settled.get(one.id) in aside
        ),
        counts=_count_voices(engagement_id, run, open_ids),
        last=get_last_decision(viewer, engagement_id),
    )


def get_open_item(viewer: Viewer, review: Review, item_id: UUID | None) -> OpenItem | None:
    """Return the item to look at: the one asked for, else the first to decide, else the first decided."""
    items = review.all_items
    chosen = next((item for item in items if item.id == item_id), items[0] if items else None)
    if chosen is None:
        return None
    index = items.index(chosen)
    around = {
        "previous_id": items[index - 1].id if index else None,
        "next_id": items[index + 1].id if index + 1 < len(items) else None,
    }
    targets = tuple(item for item in (*review.decided, *review.to_decide) if item.id != chosen.id)
    if chosen.state == "decided":
        return _open_theme(viewer, chosen, targets, **around)
    proposal = ProposedTheme.objects.get(id=chosen.id)
    return OpenItem(
        item=chosen,
        keywords=tuple(proposal.keywords),
        description="",
        quotes=list_proposed_quotes(viewer, proposal),
        decision=get_settling_decision(viewer, proposal),
        history=(),
        dissents=(),
        came_with_it=0,
        one_by_one=0,
        targets=targets,
        **around,
    )


def _open_theme(
    viewer: Viewer,
    item: ReviewItem,
    targets: tuple[ReviewItem, ...],
    previous_id: UUID | None,
    next_id: UUID | None,
) -> OpenItem:
    theme = Theme.objects.select_related("proposed_theme").get(id=item.id)
    history = tuple(list_theme_decisions(viewer, theme))
    made = [line for line in history if line.kind != ThemeDecision.Kind.UNDO and not line.is_undone]
    alone = theme.placements.filter(counting(), is_individual=True).count()
    return OpenItem(
        item=item,
        keywords=tuple(theme.keywords),
        description=theme.description,
        quotes=list_theme_quotes(viewer, theme),
        decision=made[-1] if made else None,
        history=history,
        dissents=tuple(list_dissents(viewer, theme_id=theme.id)),
        came_with_it=item.voices - alone,
        one_by_one=alone,
        previous_id=previous_id,
        next_id=next_id,
        targets=targets,
    )


def list_proposed_quotes(viewer: Viewer, proposal: ProposedTheme) -> tuple[QuoteView, ...]:
    """Return the most telling quotes of a proposal."""
    invited = list_invited_ids(viewer)
    found = proposal.quotes.select_related(*SPOKEN)
    quotes = (
        make_quote(viewer, one, invited=invited, span=(one.start, one.end), names_engagement=False)
        for one in found
    )
    return tuple(quote for quote in quotes if quote)


def list_theme_quotes(viewer: Viewer, theme: Theme, limit: int = 5) -> tuple[QuoteView, ...]:
    """Return the proposal's quotes that still lie in the theme, filled up with whole voices placed in it."""
    lying = theme.placements.filter(counting())
    quotes: tuple[QuoteView, ...] = ()
    if theme.proposed_theme:
        here = set(
            lying.values_list("voice_id", flat=True).filter(
                voice_id__in=theme.proposed_theme.quotes.values("voice_id")
            )
        )
        quotes = tuple(
            quote for quote in list_proposed_quotes(viewer, theme.proposed_theme) if quote.voice_id in here
        )
    if len(quotes) < limit:
        known = [quote.voice_id for quote in quotes]
        more = (
            lying.exclude(voice_id__in=known).select_related(*SPOKEN).order_by("-is_individual", "voice_id")
        )
        invited = list_invited_ids(viewer)
        extra = (
            make_quote(viewer, one, invited=invited, names_engagement=False)
            for one in more[: limit - len(quotes)]
        )
        quotes += tuple(quote for quote in extra if quote)
    return quotes[:limit]


def list_standing(engagement_id: UUID) -> "QuerySet[Theme, Theme]":
    """Return the standing themes of an engagement, largest first, with `lying` voices and `persons`."""
    counts = counting("placements__voice")
    return (
        Theme.objects.filter(engagement_id=engagement_id, state=Theme.State.STANDS)
        .annotate(
            lying=Count("placements", filter=counts),
            persons=Count("placements__voice__speaker", filter=counts, distinct=True),
        )
        .order_by("-lying", "name")
    )


def find_unplaced(engagement_id: UUID, run: ThemeRun) -> "QuerySet[ProposedPlacement, ProposedPlacement]":
    """Return the voices that lie in no theme and wait for no decision; some may stand in several runs."""
    settled = _settled(run)
    open_ids = [one for one in run.proposed_themes.values_list("id", flat=True) if one not in settled]
    return _unplaced(engagement_id, run, open_ids)


def _unplaced(
    engagement_id: UUID, run: ThemeRun, open_ids: list[UUID]
) -> "QuerySet[ProposedPlacement, ProposedPlacement]":
    waiting = ProposedPlacement.objects.filter(run=run, proposed_theme__in=open_ids).values("voice_id")
    blank = ProposedPlacement.objects.filter(run=run, status=ProposedPlacement.Status.BLANK).values(
        "voice_id"
    )
    return (
        ProposedPlacement.objects.filter(
            counting(),
            run__engagement_id=engagement_id,
            run__finished_at__isnull=False,
            voice__placement=None,
        )
        .exclude(voice_id__in=waiting)
        .exclude(voice_id__in=blank)
    )


def _count_voices(engagement_id: UUID, run: ThemeRun, open_ids: list[UUID]) -> VoiceCounts:
    in_run = ProposedPlacement.objects.filter(counting(), run=run)
    placed = Placement.objects.filter(counting(), theme__engagement_id=engagement_id)
    return VoiceCounts(
        placed=placed.count(),
        waiting=in_run.filter(proposed_theme__in=open_ids, voice__placement=None).count(),
        unplaced=_unplaced(engagement_id, run, open_ids).values("voice_id").distinct().count(),
        blank=in_run.filter(status=ProposedPlacement.Status.BLANK).count(),
    )


def _settled(run: ThemeRun) -> dict[UUID, str]:
    """Return which proposals of a run were settled, and how."""
    rows = ThemeDecision.objects.filter(
        proposed_theme__run=run, kind__in=SETTLING, undone_by=None
    ).values_list("proposed_theme_id", "kind")
    return {proposal_id: kind for proposal_id, kind in rows if proposal_id}


def _count_lying(run: ThemeRun) -> dict[UUID, tuple[int, int]]:
    """Return how many voices and people each proposal of a run still holds: some took their words back since."""
    lying = ProposedPlacement.objects.filter(counting(), run=run, proposed_theme__isnull=False)
    rows = (
        lying.order_by()
        .values_list("proposed_theme_id")
        .annotate(Count("id"), Count("voice__speaker", distinct=True))
    )
    return {proposal_id: (voices, people) for proposal_id, voices, people in rows if proposal_id}


def _proposed_item(one: ProposedTheme, state: str, sizes: dict[UUID, tuple[int, int]]) -> ReviewItem:
    voices, people = sizes.get(one.id, (0, 0))
    return ReviewItem(id=one.id, name=one.name, state=state, voices=voices, people=people)


def _theme_item(theme: Theme) -> ReviewItem:
    return ReviewItem(
        id=theme.id,
        name=theme.name,
        state="decided",
        voices=getattr(theme, "lying", 0),
        people=getattr(theme, "persons", 0),
    )
