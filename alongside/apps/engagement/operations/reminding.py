"""Reminders: mail says how many concerns wait and where; never what they are about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import SYSTEM
from alongside.apps.engagement.models import Concern, ConcernEvent
from alongside.apps.engagement.rules import is_a_day_late, is_reminder_due

Send = Callable[[str, int, int], bool]


@dataclass(frozen=True)
class Reminded:
    """How many concerns somebody was reminded of, and how many administrators were told of."""

    reminded: int
    escalated: int


def remind_of_concerns(
    *, triagers: Sequence[str], administrators: Sequence[str], send: Send, at: datetime
) -> Reminded:
    """Write to those who triage about what is due, and to administrators about what is a day late.

    `send(address, waiting, late)` returns whether a mail left. Mail goes out before it is written down: a worker
    killed in between writes twice, which is better than never. Each concern counts once a day at most.
    """
    on = timezone.localtime(at).date()
    waiting = list(Concern.objects.that_wait().order_by("due_at"))
    due = [one for one in waiting if one.reminded_on != on and is_reminder_due(one, at)]
    late = [one for one in waiting if one.escalated_on != on and is_a_day_late(one, at)]
    number_late = sum(one.due_at <= at for one in waiting)
    reminded = escalated = 0
    if due and any([send(to, len(waiting), number_late) for to in triagers]):
        reminded = _write_down(due, "reminded_on", ConcernEvent.Kind.REMINDED, on, at)
    if late and any([send(to, len(late), len(late)) for to in administrators]):
        escalated = _write_down(late, "escalated_on", ConcernEvent.Kind.ESCALATED, on, at)
    return Reminded(reminded, escalated)


@transaction.atomic
def _write_down(concerns: Sequence[Concern], field: str, kind: str, on: date, at: datetime) -> int:
    ids = [concern.id for concern in concerns]
    Concern.objects.filter(id__in=ids).update(**{field: on})
    ConcernEvent.objects.bulk_create(ConcernEvent(concern=concern, kind=kind, at=at) for concern in concerns)
    record_audit(
        by=SYSTEM,
        at=at,
        operation=f"concerns_{kind}",
        object_type="engagement.concern",
        detail={"concerns": len(ids)},
    )
    return len(ids)
