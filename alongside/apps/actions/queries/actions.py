"""Actions as a viewer may see them: lists, one action, its history, the insights it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from alongside.apps.actions.models import Action, FeedbackRound
from alongside.apps.base.rules import Viewer
from alongside.apps.insight.queries import list_evidence
from alongside.apps.people.queries import get_names

SOON = timedelta(days=14)
UNDERWAY = (Action.State.PLANNED, Action.State.IN_PROGRESS)
UNCLOSED_ENDS = (Action.State.DONE, Action.State.NOT_DOING)


@dataclass(frozen=True)
class ActionFilters:
    """What a list of actions is narrowed to; empty means everything."""

    words: str = ""
    state: str = ""
    scope: str = ""  # mine, late, soon, untold
    owner: str = ""
    origin: str = ""
    partner: str = ""


@dataclass(frozen=True)
class HistoryLine:
    """One line of an action's history: when, by whom, what, in which words."""

    at: datetime
    who: str
    label: str
    words: str


@dataclass(frozen=True)
class QuoteBehind:
    """Words that this viewer may be shown as evidence."""

    evidence_id: UUID
    text: str
    language: str


@dataclass(frozen=True)
class InsightBehind:
    """An insight an action rests on, with quotes that may be shown."""

    id: UUID
    statement: str
    kind: str
    quotes: Sequence[QuoteBehind]


def list_actions(viewer: Viewer, filters: ActionFilters, on: date) -> "QuerySet[Action]":
    """Return the actions a viewer may see, narrowed, soonest due first and what has ended last."""
    found = Action.objects.for_viewer(viewer).filter(_narrow(viewer, filters, on))
    if filters.words:
        found = found.filter(
            Q(title__icontains=filters.words)
            | Q(description__icontains=filters.words)
            | Q(what_came_of_it__icontains=filters.words)
        )
    return (
        found.select_related("owner")
        .prefetch_related("partners")
        .order_by(F("closed_at").asc(nulls_first=True), "due_on", "title")
    )


def _narrow(viewer: Viewer, filters: ActionFilters, on: date) -> Q:
    scopes = {
        "mine": Q(owner_id=viewer.own_id),
        "late": Q(state__in=UNDERWAY, due_on__lt=on),
        "soon": Q(state__in=UNDERWAY, due_on__gte=on, due_on__lte=on + SOON),
        "untold": Q(state__in=UNCLOSED_ENDS),
    }
    narrowed = scopes.get(filters.scope, Q())
    if filters.state in Action.State.values:
        narrowed &= Q(state=filters.state)
    if filters.origin in Action.Origin.values:
        narrowed &= Q(origin=filters.origin)
    if owner := read_id(filters.owner):
        narrowed &= Q(owner_id=owner)
    if partner := read_id(filters.partner):
        narrowed &= Q(partners=partner)
    return narrowed


def read_id(text: str) -> UUID | None:
    """Return the id a query string holds, or nothing where it holds none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def get_action(viewer: Viewer, action_id: UUID) -> Action | None:
    """Return one action the viewer may see."""
    found = Action.objects.for_viewer(viewer).filter(id=action_id)
    return found.select_related("owner").prefetch_related("partners").first()


def list_history(viewer: Viewer, action: Action) -> list[HistoryLine]:
    """Return what happened to an action, newest first: changes, notes, and the messages sent."""
    notes, rounds = list(action.notes.all()), list(action.rounds.exclude(sent_at=None))
    who = {note.by_id for note in notes if note.by_id} | {r.written_by_id for r in rounds if r.written_by_id}
    names = get_names(viewer, who)
    states: dict[str, str] = dict(Action.State.choices)
    lines = [
        HistoryLine(note.at, names.get(note.by_id, ""), states.get(note.state, ""), note.words)
        if note.by_id
        else HistoryLine(note.at, "", states.get(note.state, ""), note.words)
        for note in notes
    ]
    for told in rounds:
        if told.sent_at is not None:
            name = names.get(told.written_by_id, "") if told.written_by_id else ""
            lines.append(HistoryLine(told.sent_at, name, _stage_words(told), told.message))
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _stage_words(told: FeedbackRound) -> str:
    return f"Feedback: {told.get_stage_display()}"


def list_insights_behind(viewer: Viewer, action: Action) -> list[InsightBehind]:
    """Return the insights an action rests on that the viewer may see, with the quotes the insight shows them."""
    visible: Any = action.insights.all()
    return [
        InsightBehind(
            id=insight.id,
            statement=insight.statement,
            kind=insight.get_kind_display(),
            quotes=_quotes(viewer, insight.id),
        )
        for insight in visible.for_viewer(viewer)
    ]


def _quotes(viewer: Viewer, insight_id: UUID) -> list[QuoteBehind]:
    return [
        QuoteBehind(one.id, one.quote.text, one.quote.language)
        for one in list_evidence(viewer, insight_id)
        if one.quote and not one.quote.hidden
    ]


def list_insights_to_act_on(viewer: Viewer) -> list[tuple[UUID, str]]:
    """Return the insights an action may rest on: those somebody stands behind, newest first."""
    insights: Any = Action.insights.rel.model._default_manager.all()
    standing = insights.for_viewer(viewer).filter(state="stands").order_by("-changed_at")
    return [(insight.id, insight.statement) for insight in standing]


def list_owners_in_use(viewer: Viewer) -> list[tuple[UUID, str]]:
    """Return the owners of actions the viewer sees, by name, to filter by."""
    found = Action.objects.for_viewer(viewer).order_by("owner__name").values_list("owner_id", "owner__name")
    return list(dict.fromkeys(found.distinct()))


def list_partners_in_use(viewer: Viewer) -> list[tuple[UUID, str]]:
    """Return the partners of actions the viewer sees, by name, to filter by."""
    found = Action.objects.for_viewer(viewer).filter(partners__isnull=False).order_by("partners__name")
    return list(dict.fromkeys(found.values_list("partners__id", "partners__name").distinct()))


def has_action_from(viewer: Viewer, insight_id: UUID) -> bool:
    """Return whether an action the viewer sees rests on this insight."""
    return Action.objects.for_viewer(viewer).filter(insights=insight_id).exists()


def list_ended_untold(viewer: Viewer) -> "QuerySet[Action]":
    """Return actions that ended and since then nobody was told and no channel recorded."""
    since = FeedbackRound.objects.filter(action=OuterRef("pk"), written_at__gte=OuterRef("done_at")).filter(
        tellings__state__in=["accepted", "opened", "recorded"]
    )
    return Action.objects.for_viewer(viewer).filter(state__in=UNCLOSED_ENDS).exclude(Exists(since))
