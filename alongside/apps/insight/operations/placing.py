"""The steps of every decision about themes: take the lock, find what it is about, move voices, write it down."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.insight.models import (
    Placement,
    PlacementChange,
    ProposedPlacement,
    ProposedTheme,
    Theme,
    ThemeDecision,
    ThemeRun,
    counting,
)
from alongside.apps.insight.rules import check_some_voices, get_deciding_role

CHUNK = 900  # ids a statement: SQLite takes 32,766 variables, and a placement has six


@dataclass(frozen=True)
class Note:
    """What a decision is, before it is written down."""

    kind: str
    engagement_id: UUID
    reason: str = ""
    run_id: UUID | None = None
    proposal: ProposedTheme | None = None
    theme: Theme | None = None
    other_theme: Theme | None = None
    undoes: ThemeDecision | None = None
    before: dict[str, object] = field(default_factory=dict)


def lock_review(engagement_id: UUID) -> ThemeRun:
    """Let one decision at a time through in an engagement; return the latest run.

    The runs of the engagement are the lock: every decision takes them, in the same order.
    """
    runs = list(ThemeRun.objects.select_for_update().filter(engagement_id=engagement_id).order_by("id"))
    finished = [run for run in runs if run.finished_at]
    if not finished:
        raise Refused("No themes have been looked for in this engagement yet. Find themes first.")
    return max(finished, key=lambda run: (run.asked_at, run.id))


def get_proposal_to_decide(viewer: Viewer, proposed_theme_id: UUID) -> ProposedTheme:
    """Return a proposal the viewer may decide about, or raise Refused."""
    runs = ThemeRun.objects.for_viewer(viewer)
    found = ProposedTheme.objects.filter(run__in=runs, id=proposed_theme_id).select_related("run").first()
    if found is None:
        raise Refused("There is no such proposal, or it is not yours to decide.")
    return found


def get_theme_to_decide(viewer: Viewer, theme_id: UUID) -> Theme:
    """Return a theme the viewer may decide about, or raise Refused."""
    found = Theme.objects.for_viewer(viewer).filter(id=theme_id).first()
    if found is None:
        raise Refused("There is no such theme, or it is not yours to decide.")
    return found


def find_live_decision(proposal: ProposedTheme) -> ThemeDecision | None:
    """Return the decision that settled a proposal and was not undone."""
    settling = (ThemeDecision.Kind.ACCEPT, ThemeDecision.Kind.REJECT, ThemeDecision.Kind.MERGE)
    return proposal.decisions.filter(kind__in=settling, undone_by=None).first()


def list_standing_names(engagement_id: UUID, but: Theme | None = None) -> list[str]:
    """Return the names that are taken in an engagement."""
    themes = Theme.objects.filter(engagement_id=engagement_id, state=Theme.State.STANDS)
    return list((themes.exclude(id=but.id) if but else themes).values_list("name", flat=True))


def write_down(*, by: Viewer, at: datetime, note: Note) -> ThemeDecision:
    """Write a decision and its audit line."""
    decision = ThemeDecision.objects.create(
        engagement_id=note.engagement_id,
        kind=note.kind,
        run_id=note.run_id,
        proposed_theme=note.proposal,
        theme=note.theme,
        other_theme=note.other_theme,
        undoes=note.undoes,
        reason=note.reason,
        before=note.before,
        by_id=by.person_id,
        by_role=get_deciding_role(by),
        at=at,
    )
    record_audit(by=by, at=at, operation=f"{note.kind}_theme", on=decision, reason=note.reason)
    return decision


def place_proposed(*, decision: ThemeDecision, proposal: ProposedTheme, theme: Theme) -> int:
    """Place a proposal's voices that nobody placed yet; what a person decided never moves. Return how many."""
    free = ProposedPlacement.objects.filter(counting(), proposed_theme=proposal, voice__placement=None)
    count = 0
    for chunk in chunks(free.order_by("voice_id").values_list("voice_id", flat=True).iterator()):
        Placement.objects.bulk_create(
            Placement(voice_id=voice_id, theme=theme, decision=decision) for voice_id in chunk
        )
        count += len(chunk)
    count_voices(decision, count)
    return count


def list_chosen_voices(viewer: Viewer, engagement_id: UUID, voice_ids: Sequence[UUID]) -> list[UUID]:
    """Return the chosen voices, each once; raise Refused where one is not there to be placed by this viewer."""
    known = ProposedPlacement.objects.filter(
        counting(), run__engagement_id=engagement_id, voice_id__in=list(voice_ids)[:CHUNK]
    ).exclude(status=ProposedPlacement.Status.BLANK)
    if viewer.sees_only_invited:
        known = known.filter(
            voice__basis__may_quote_inside=True, run__engagement__access__person_id=viewer.own_id
        )
    found = sorted(set(known.values_list("voice_id", flat=True)))
    check_some_voices(found, voice_ids)
    return found


def move_placed(
    *, decision: ThemeDecision, placements: QuerySet[Placement], to: Theme | None, individually: bool | None
) -> int:
    """Move voices that lie in themes to another theme, or out of all; remember where they lay. Return how many.

    `individually` says whether each voice was read and moved; None keeps what was known.
    """
    count = 0
    for chunk in chunks(placements.order_by("voice_id").values_list("id", flat=True)):
        rows = list(Placement.objects.filter(id__in=chunk))
        PlacementChange.objects.bulk_create(_as_change(decision, row, to) for row in rows)
        moved = Placement.objects.filter(id__in=chunk)
        if to is None:
            moved.delete()
        elif individually is None:
            moved.update(theme=to, decision=decision)
        else:
            moved.update(theme=to, decision=decision, is_individual=individually)
        count += len(rows)
    return count


def place_unplaced(*, decision: ThemeDecision, voice_ids: Iterable[UUID], to: Theme) -> int:
    """Place voices that lay in no theme, each read by a person. Return how many."""
    ids = list(voice_ids)
    PlacementChange.objects.bulk_create(
        PlacementChange(decision=decision, voice_id=one, to_theme=to) for one in ids
    )
    Placement.objects.bulk_create(
        Placement(voice_id=one, theme=to, decision=decision, is_individual=True) for one in ids
    )
    return len(ids)


def count_voices(decision: ThemeDecision, voices: int) -> None:
    """Write down how many voices a decision placed or moved."""
    decision.voices = voices
    decision.save(update_fields=["voices"])


def chunks(items: Iterable[UUID]) -> Iterator[list[UUID]]:
    """Cut a long list of ids into pieces a statement can carry."""
    rest = iter(list(items))
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _as_change(decision: ThemeDecision, row: Placement, to: Theme | None) -> PlacementChange:
    return PlacementChange(
        decision=decision,
        voice_id=row.voice_id,
        from_theme_id=row.theme_id,
        from_decision_id=row.decision_id,
        from_individual=row.is_individual,
        to_theme=to,
    )
