"""Beginning an action, changing it, ending it, opening it again and closing it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.actions.models import Action, ActionNote
from alongside.apps.actions.queries.progress import measure_action
from alongside.apps.actions.rules import (
    ENDED,
    check_can_close,
    check_can_move,
    check_is_open,
    check_plain_text,
)
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.people.queries import list_people_with_permission

State = Action.State


@dataclass(frozen=True)
class ActionPlan:
    """What an action is: its words, its owner, its date, with whom."""

    title: str
    owner_id: UUID
    due_on: date
    description: str = ""
    partner_ids: Sequence[UUID] = ()


@transaction.atomic
def start_action(
    *,
    plan: ActionPlan,
    origin: str,
    by: Viewer,
    at: datetime,
    insight_ids: Sequence[UUID] = (),
    origin_note: str = "",
) -> Action:
    """Begin an action because of insights, or because of a promise, a rule or a request that its note names."""
    check_may(by, "start_actions")
    check(origin in Action.Origin.values, "Say where this action comes from.", field="origin")
    if origin == Action.Origin.INSIGHT:
        check(bool(insight_ids), "Choose the insight this action rests on.", field="insights")
        found = _visible_insights(by, insight_ids)
        check(found == len(set(insight_ids)), "An insight you chose is not there or not yours to see.")
    else:
        check(bool(origin_note.strip()), "Say which promise, rule or request this is.", field="origin_note")
    plan = _check_plan(plan, by)
    action = Action.objects.create(
        title=plan.title,
        description=plan.description,
        origin=origin,
        origin_note=origin_note.strip(),
        owner_id=plan.owner_id,
        due_on=plan.due_on,
        created_by_id=by.person_id,
        created_at=at,
    )
    action.insights.set(insight_ids)  # type: ignore[arg-type]  # the stubs know numbers as keys only
    action.partners.set(plan.partner_ids)  # type: ignore[arg-type]  # the stubs know numbers as keys only
    _note(action, "", by, at)
    record_audit(
        by=by,
        at=at,
        operation="start_action",
        on=action,
        detail={"origin": origin, "insights": len(insight_ids)},
    )
    return action


@transaction.atomic
def change_action(*, action_id: UUID, plan: ActionPlan, reason: str, by: Viewer, at: datetime) -> Action:
    """Change an action's words, owner, date or partners; a new owner or date needs its reason."""
    check_may(by, "work_on_actions")
    action = lock_action(action_id, by)
    check_is_open(action)
    plan = _check_plan(plan, by, present_owner=action.owner_id)
    words = []
    if plan.due_on != action.due_on:
        words.append(f"Due date moved from {action.due_on:%-d %B %Y} to {plan.due_on:%-d %B %Y}.")
    if plan.owner_id != action.owner_id:
        words.append("Given to another owner.")
    check(not words or bool(reason.strip()), "Say why the owner or the date changes.", field="reason")
    if plan.title != action.title or plan.description != action.description:
        words.append("Wording changed.")
    action.title, action.description = plan.title, plan.description
    action.owner_id, action.due_on = plan.owner_id, plan.due_on
    action.save(update_fields=["title", "description", "owner", "due_on"])
    if {*plan.partner_ids} != {*action.partners.values_list("id", flat=True)}:
        action.partners.set(plan.partner_ids)  # type: ignore[arg-type]  # the stubs know numbers as keys only
        words.append("Partners changed.")
    if words or reason.strip():
        _note(action, " ".join([*words, reason.strip()]).strip(), by, at)
        record_audit(by=by, at=at, operation="change_action", on=action, reason=reason.strip())
    return action


@transaction.atomic
def move_action(*, action_id: UUID, to: str, words: str, by: Viewer, at: datetime) -> Action:
    """Bring an action to another state.

    `words` are what came of it (done), the plain reason (not doing), or why it is open again.
    """
    check_may(by, "work_on_actions")
    action = lock_action(action_id, by)
    words = words.strip()
    check_can_move(action, to, words)
    if to in ENDED:
        action.what_came_of_it, action.done_at = words, at
    elif action.state in ENDED:
        words = f"{words} (Before, it said: {action.what_came_of_it})"
        action.what_came_of_it, action.done_at, action.closed_at = "", None, None
    action.state = to
    action.save(update_fields=["state", "what_came_of_it", "done_at", "closed_at"])
    _note(action, words, by, at)
    record_audit(by=by, at=at, operation="move_action", on=action, detail={"to": to})
    return action


@transaction.atomic
def add_note(*, action_id: UUID, words: str, by: Viewer, at: datetime) -> ActionNote:
    """Write a line into an action's history."""
    check_may(by, "work_on_actions")
    action = lock_action(action_id, by)
    kept = check_plain_text(words, what="a note", field="words")
    record_audit(by=by, at=at, operation="note_on_action", on=action)
    return ActionNote.objects.create(action=action, words=kept, by_id=by.person_id, at=at)


@transaction.atomic
def close_action(*, action_id: UUID, by: Viewer, at: datetime) -> Action:
    """Close an action whose end was told to those who spoke."""
    check_may(by, "work_on_actions")
    action = lock_action(action_id, by)
    check_can_close(action, measure_action(action))
    action.state, action.closed_at = State.CLOSED, at
    action.save(update_fields=["state", "closed_at"])
    _note(action, "", by, at)
    record_audit(by=by, at=at, operation="close_action", on=action)
    return action


def reopen_if_untold(*, action_id: UUID, by: Viewer, at: datetime) -> None:
    """Open a closed action again where a telling that let it close no longer holds; call inside a transaction."""
    action = Action.objects.select_for_update().get(id=action_id)
    if action.state != State.CLOSED:
        return
    ended_as = action.notes.filter(state__in=[State.DONE, State.NOT_DOING]).order_by("-at", "-id").first()
    action.state = ended_as.state if ended_as else State.DONE
    try:
        check_can_close(action, measure_action(action))
    except Refused:
        action.closed_at = None
        action.save(update_fields=["state", "closed_at"])
        _note(action, "A telling that let this close no longer holds, so it is open again.", by, at)
        record_audit(by=by, at=at, operation="reopen_untold_action", on=action)


def lock_action(action_id: UUID, by: Viewer) -> Action:
    """Return an action the viewer may see, held until the transaction ends."""
    visible = Action.objects.for_viewer(by).filter(id=action_id).values("id")
    action = Action.objects.select_for_update().filter(id__in=visible).first()
    if action is None:
        raise Refused("There is no such action, or it is not yours to see.")
    return action


def _note(action: Action, words: str, by: Viewer, at: datetime) -> None:
    ActionNote.objects.create(action=action, state=action.state, words=words, by_id=by.person_id, at=at)


def _visible_insights(by: Viewer, insight_ids: Sequence[UUID]) -> int:
    insights = Action.insights.rel.model._default_manager.filter(id__in=insight_ids)
    visible = getattr(insights, "for_viewer")(by)  # noqa: B009  (the insight room scopes its own table)
    return int(visible.count())


def _check_plan(plan: ActionPlan, by: Viewer, present_owner: UUID | None = None) -> ActionPlan:
    title = check_plain_text(plan.title, what="what will be done", field="title", most=200)
    if plan.owner_id != present_owner:
        owners = {person_id for person_id, _name in list_people_with_permission(by, "work_on_actions")}
        check(plan.owner_id in owners, "Choose an owner whose role lets them work on actions.", field="owner")
    return replace(plan, title=title, description=plan.description.strip())
