"""Whom mail waits for, and whose mail was cut off."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min
from django.db.models.functions import Lower

from alongside.apps.actions.models import Action, Digest, Telling
from alongside.apps.actions.queries.people import who_still_count
from alongside.apps.base.rules import Viewer


@dataclass(frozen=True)
class WaitingMail:
    """How much waits for the digest: people (mailboxes), pieces of news, the longest wait, the last mail out."""

    people: int
    news: int
    since: datetime | None
    last_sent_at: datetime | None


def list_waiting_mailboxes(viewer: Viewer) -> list[str]:
    """Return the addresses, in lower case, for which news waits; only for those who may tell people."""
    if not viewer.may("tell_people"):
        return []
    waiting = Telling.objects.filter(state=Telling.State.WAITING).annotate(
        mailbox=Lower("speaker__contact__email")
    )
    found = waiting.exclude(mailbox=None).values_list("mailbox", flat=True).distinct().order_by("mailbox")
    return list(found)


def count_waiting_mail(viewer: Viewer) -> WaitingMail:
    """Return how much waits for the digest."""
    if not viewer.may("tell_people"):
        return WaitingMail(0, 0, None, None)
    waiting = Telling.objects.filter(
        state=Telling.State.WAITING, round__action__in=Action.objects.for_viewer(viewer)
    )
    last = Digest.objects.aggregate(last=Max("settled_at"))["last"]
    since = waiting.aggregate(since=Min("at"))["since"]
    return WaitingMail(len(list_waiting_mailboxes(viewer)), waiting.count(), since, last)


def list_lost_mail(viewer: Viewer, limit: int = 100) -> list[Telling]:
    """Return tellings whose mail failed or bounced, newest first, of actions still open."""
    if not viewer.may("tell_people"):
        return []
    visible = Action.objects.for_viewer(viewer).exclude(state=Action.State.CLOSED)
    lost = Telling.objects.filter(
        state__in=[Telling.State.FAILED, Telling.State.BOUNCED],
        round__action__in=visible,
        speaker__in=who_still_count(),
    )
    return list(lost.select_related("round__action", "speaker").order_by("-at")[:limit])
