"""What those who triage do with a concern, each step written down: take on, decide, forward, close, open again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import open_for, record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.engagement.bridge import find_due_at
from alongside.apps.engagement.models import Concern, ConcernEvent, Contact
from alongside.apps.engagement.rules import (
    check_concern_move,
    check_decided_kind,
    check_forwarding,
    check_outcome,
    check_reason,
    contact_place,
)

State, Kind = Concern.State, ConcernEvent.Kind
SEEN_AGAIN_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Forwarding:
    """To which desk something went, how, when, their reference, and what was sent, described."""

    to: str
    channel: str
    sent_at: datetime
    what: str
    reference: str = ""


@transaction.atomic
def take_on_concern(*, concern_id: UUID, by: Viewer, at: datetime) -> None:
    """Say that one is looking; the first time stops the clock of the first look."""
    concern = _lock(concern_id, by, State.TAKEN)
    check(
        concern.state == State.WAITING,
        "It was looked at before. Open it again with a reason, so that others see why.",
    )
    concern.taken_by_id = by.person_id
    concern.first_seen_at = concern.first_seen_at or at
    _move(concern, State.TAKEN, Kind.TAKEN, by, at)


@transaction.atomic
def hand_back_concern(*, concern_id: UUID, by: Viewer, at: datetime) -> None:
    """Let somebody else look; the clock goes on."""
    concern = _lock(concern_id, by, State.WAITING)
    concern.taken_by_id = None
    _move(concern, State.WAITING, Kind.HANDED_BACK, by, at)


@transaction.atomic
def decide_concern(
    *, concern_id: UUID, is_one: bool, kind: str, reason: str, by: Viewer, at: datetime
) -> None:
    """Decide whether it is a concern, of which kind, and why. What is none stays on the list of those looked at."""
    wanted = State.CONFIRMED if is_one else State.NONE
    concern = _lock(concern_id, by, wanted)
    check_decided_kind(kind, is_one)
    why = check_reason(reason)
    concern.kind = _find_free_kind(concern, kind) if is_one else concern.kind
    concern.decided_at = at
    _move(concern, wanted, Kind.CONFIRMED if is_one else Kind.NONE, by, at, reason=why)


def _find_free_kind(concern: Concern, kind: str) -> str:
    """Return the kind. Raise Refused where the rules opened another concern of that kind for the same voice."""
    others = Concern.objects.filter(voice_id=concern.voice_id, kind=kind, origin=Concern.Origin.RULES)
    taken = concern.origin == Concern.Origin.RULES and others.exclude(id=concern.id).exists()
    check(
        not taken,
        "There is already a concern of this kind about the same words. Decide that this one is none, and say so.",
        field="kind",
    )
    return kind


@transaction.atomic
def forward_concern(*, concern_id: UUID, sent: Forwarding, by: Viewer, at: datetime) -> None:
    """Write down that it was forwarded; sending happens outside, on the desk's own way."""
    concern = _lock(concern_id, by, State.FORWARDED)
    to = check_forwarding(
        to=sent.to, channel=sent.channel, sent_at=sent.sent_at, raised_at=concern.raised_at, at=at
    )
    what = check_reason(sent.what)
    concern.forwarded_at = concern.forwarded_at or sent.sent_at
    concern.state = State.FORWARDED
    concern.save()
    ConcernEvent.objects.create(
        concern=concern, kind=Kind.FORWARDED, at=at, by_person_id=by.person_id, reason=what, forwarded_to=to,
        channel=sent.channel, reference=sent.reference.strip()[:120], forwarded_at=sent.sent_at,
    )  # fmt: skip
    record_audit(
        by=by, at=at, operation="forward_concern", on=concern,
        detail={"to": to, "channel": sent.channel, "sent_at": sent.sent_at.isoformat()},
    )  # fmt: skip


@transaction.atomic
def close_concern(*, concern_id: UUID, outcome: str, reason: str, by: Viewer, at: datetime) -> None:
    """Close a concern with how it ended and why nothing more is needed."""
    concern = _lock(concern_id, by, State.CLOSED)
    check_outcome(outcome, concern.forwarded_at is not None)
    concern.outcome, concern.closed_at = outcome, at
    _move(concern, State.CLOSED, Kind.CLOSED, by, at, reason=check_reason(reason))


@transaction.atomic
def reopen_concern(*, concern_id: UUID, reason: str, by: Viewer, at: datetime) -> None:
    """Look again at what was closed or found to be none, with a deadline of its own."""
    concern = _lock(concern_id, by, State.TAKEN)
    check(concern.state != State.WAITING, "It has not been looked at yet. Take it on.")
    concern.taken_by_id, concern.decided_at, concern.closed_at, concern.outcome = by.person_id, None, None, ""
    concern.due_at = find_due_at(concern.kind, at)
    concern.reminded_on = concern.escalated_on = None
    _move(concern, State.TAKEN, Kind.REOPENED, by, at, reason=check_reason(reason))


@transaction.atomic
def note_seen(*, concern_id: UUID, by: Viewer, at: datetime, printed: bool = False) -> None:
    """Write down who opened a concern, at most once an hour for each person; each sheet for forwarding counts."""
    kind = Kind.PRINTED if printed else Kind.SEEN
    check_may(by, "see_concerns")
    lately = ConcernEvent.objects.filter(
        concern_id=concern_id, kind=kind, by_person_id=by.person_id, at__gt=at - SEEN_AGAIN_AFTER
    )
    if printed or not lately.exists():
        ConcernEvent.objects.create(concern_id=concern_id, kind=kind, at=at, by_person_id=by.person_id)
        record_audit(
            by=by,
            at=at,
            operation=f"concern_{kind.value}",
            object_type="engagement.concern",
            object_id=concern_id,
        )


@transaction.atomic
def open_contact(*, concern_id: UUID, by: Viewer, at: datetime) -> str:
    """Return how to reach whoever this is about, and write down that it was opened.

    What somebody left with their concern is there for those who triage. A contact given with a voice is there only
    for those who may see contacts, and only while its basis and its owner allow it.
    """
    check_may(by, "see_concerns")
    concern = Concern.objects.filter(id=concern_id).first()
    if concern is None:
        raise Refused("There is no such concern here.")
    found = ""
    if concern.locked_contact is not None:
        found = open_for(concern.id, bytes(concern.locked_contact), place=contact_place(concern.id)) or ""
    elif by.may("see_contacts") and concern.speaker_id is not None:
        found = _find_contact_of(concern.speaker_id)
    check(bool(found), "Nobody left a contact that you may see.")
    ConcernEvent.objects.create(concern=concern, kind=Kind.CONTACT_OPENED, at=at, by_person_id=by.person_id)
    record_audit(by=by, at=at, operation="open_concern_contact", on=concern)
    return found


def _find_contact_of(speaker_id: UUID) -> str:
    contact = Contact.objects.filter(speaker_id=speaker_id, stopped_at=None).first()
    parts = (contact.name, contact.email, contact.phone, contact.address) if contact else ()
    return ", ".join(part for part in parts if part)


def _lock(concern_id: UUID, by: Viewer, wanted: str) -> Concern:
    check_may(by, "triage_concerns")
    concern = Concern.objects.select_for_update().filter(id=concern_id).first()
    if concern is None:
        raise Refused("There is no such concern here.")
    check_concern_move(concern.state, wanted)
    return concern


def _move(concern: Concern, state: str, kind: str, by: Viewer, at: datetime, *, reason: str = "") -> None:
    """Keep the new state, its event and its audit line; reasons may hold what a patient said, so the audit has none."""
    concern.state = state
    concern.save()
    ConcernEvent.objects.create(concern=concern, kind=kind, at=at, by_person_id=by.person_id, reason=reason)
    record_audit(
        by=by, at=at, operation=f"concern_{kind}", on=concern, detail={"state": state, "kind": concern.kind}
    )
