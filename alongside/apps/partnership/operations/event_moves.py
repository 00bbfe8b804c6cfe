"""An event's way from an idea to its report: approved, opened, held, reported, closed, or cancelled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.agreements.operations import record_check
from alongside.apps.base.operations import record_audit
from alongside.apps.base.queries import check_may_start
from alongside.apps.base.rules import Viewer, check, check_may
from alongside.apps.base.rules.starting import Starting
from alongside.apps.engagement.operations import record_default_texts
from alongside.apps.partnership.models import Event, EventChange, EventCost, EventReport, Registration
from alongside.apps.partnership.operations.events import lock_event
from alongside.apps.partnership.operations.telling_guests import tell_guests
from alongside.apps.partnership.queries.event_guards import make_event_facts
from alongside.apps.partnership.queries.events import sum_costs
from alongside.apps.partnership.rules.event_clock import as_local
from alongside.apps.partnership.rules.events import check_can_move, check_ready_to_open, check_report
from alongside.apps.people.queries import find_latest_text

State = Event.State


@dataclass(frozen=True)
class ReportWords:
    """What a report says: what happened, what people said, what each line cost for each person in pence."""

    what_happened: str
    what_people_said: str = ""
    actual_pence: Mapping[UUID, int] = field(default_factory=dict)
    costs_because: str = ""


@transaction.atomic
def move_event(*, event_id: UUID, to: str, words: str, by: Viewer, at: datetime) -> None:
    """Bring an event to another state. `words` say why, where the table of states asks for it.

    Opening it asks everybody who may stand in the way: the rules of the field, agreements that must be in force.
    """
    check_may(by, "run_events")
    event = lock_event(by, event_id)
    words = words.strip()
    check_can_move(event, to, words, at)
    check(to != State.REPORTED, "Write the report; that is how an event becomes reported.")
    standing = Registration.objects.filter(event=event, state__in=Registration.STAND).count()
    if to == State.OPEN:
        _open(event, by, at)
    elif to == State.CANCELLED:
        event.cancelled_because = words
        if standing:
            tell_guests(event=event, by=by, at=at)
    elif to == State.HELD:
        event.held_at = at
    elif to == State.CLOSED:
        _forget_guests(event, at)
    _change_state(event, to, words=words, registered=standing, by=by, at=at)


def _open(event: Event, by: Viewer, at: datetime) -> None:
    check_ready_to_open(
        event,
        agenda_items=event.agenda.count(),
        has_partners=event.partners.exists(),
    )
    starts_on = as_local(event.starts_at, event.time_zone).date()
    record_check(subject_kind="event", subject_id=event.id, facts=make_event_facts(event), by=by, at=at)
    check_may_start(by, Starting("event", event.id, event.title, starts_on))
    shipped = record_default_texts(by=by, at=at)["event"]
    newest = find_latest_text("event")
    event.consent_text_id = newest.id if newest else shipped
    event.opened_at = at


def _forget_guests(event: Event, at: datetime) -> None:
    """Keep the promise made when people registered: who they were goes, that they came stays."""
    places = Registration.objects.filter(event=event, erased_at=None)
    places.update(needs_words="", dietary="")
    places.filter(person=None).update(name="", email="", code_sha256="", erased_at=at)


def _change_state(event: Event, to: str, *, words: str, registered: int, by: Viewer, at: datetime) -> None:
    was = event.state
    event.state, event.sequence, event.changed_at = to, event.sequence + 1, at
    event.save()
    EventChange.objects.create(
        event=event,
        was=was,
        became=to,
        words=words,
        registered=registered,
        sequence=event.sequence,
        by_id=by.person_id,
        at=at,
    )
    record_audit(
        by=by, at=at, operation="move_event", on=event, detail={"became": to, "registered": registered}
    )


@transaction.atomic
def report_event(*, event_id: UUID, report: ReportWords, by: Viewer, at: datetime) -> UUID:
    """Keep the report on an event that was held; return its id. Costs above those agreed need their reason."""
    check_may(by, "run_events")
    event = lock_event(by, event_id)
    check(
        event.state == State.HELD, f"An event that is “{event.get_state_display()}” has no report to write."
    )
    _keep_costs(event, report.actual_pence)
    over = sum_costs(event).over
    check_report(what_happened=report.what_happened, over=over, because=report.costs_because)
    came = Registration.objects.filter(event=event, state=Registration.State.ATTENDED).count()
    kept = EventReport.objects.create(
        event=event,
        what_happened=report.what_happened.strip(),
        what_people_said=report.what_people_said.strip(),
        costs_because=report.costs_because.strip(),
        attended=came,
        written_by_id=by.person_id,
        written_at=at,
    )
    _change_state(event, State.REPORTED, words="", registered=came, by=by, at=at)
    return kept.id


def _keep_costs(event: Event, actual_pence: Mapping[UUID, int]) -> None:
    lines = list(EventCost.objects.select_for_update().filter(event=event))
    for one in lines:
        check(
            one.id in actual_pence,
            f"Write what “{one.words}” cost for each person in the end; 0 where it was not needed.",
            field=f"cost_{one.id}",
        )
        check(actual_pence[one.id] >= 0, "A cost is not below nothing.", field=f"cost_{one.id}")
        one.actual_per_head_pence = actual_pence[one.id]
        one.save(update_fields=["actual_per_head_pence"])
