"""Writing lines of the consent ledger: the caller has done what a line says, in the same transaction."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.models import new_id
from alongside.apps.base.operations import ToLock, lock_for, record_audit
from alongside.apps.base.rules import Viewer, check
from alongside.apps.base.rules.published import PublishedUse
from alongside.apps.base.rules.subjects import ErasedRows, Subject
from alongside.apps.people.models import Basis, ConsentLine, ConsentText
from alongside.apps.people.queries.bases import list_bases
from alongside.apps.people.queries.consents import NOTE_PLACE
from alongside.apps.people.rules.consents import PURPOSES

ALLOWS_NOTHING = ("withdrawn", "refused")
LONGEST_NOTE = 500


@dataclass(frozen=True)
class ConsentEvent:
    """What happened for one person or one file. `basis_id` is the basis that followed.

    What is allowed since follows from the basis; `allowed` says it for somebody whose words rest on several.
    `text_id` names the words it was about where the basis no longer does, as after a withdrawal. `note` never
    holds a patient's words.
    """

    subject_kind: str
    subject_id: UUID
    event: str
    how: str
    basis_id: UUID | None
    given_at: datetime
    engagement_id: UUID | None = None
    text_id: UUID | None = None
    people: int | None = None
    published: tuple[PublishedUse, ...] = ()
    allowed: frozenset[str] | None = None
    note: str = ""


@transaction.atomic
def record_consents(*, events: Sequence[ConsentEvent], by: Viewer, at: datetime) -> list[UUID]:
    """Add one line for each event, in order; return their ids.

    Raise Refused for an event or a way the ledger does not know.
    """
    if not events:
        return []
    for event in events:
        check(event.event in ConsentLine.Event.values, "Choose what happened.", field="event")
        check(event.how in ConsentLine.How.values, "Choose how they told us.", field="how")
        check(len(event.note) <= LONGEST_NOTE, "Shorten the note to 500 letters.", field="note")
    ids = [new_id() for _event in events]
    noted = [(line_id, event) for line_id, event in zip(ids, events, strict=True) if event.note]
    locked = lock_for(
        [ToLock(event.subject_id, event.note, f"{NOTE_PLACE}:{line_id}") for line_id, event in noted], at=at
    )
    note_of = {line_id: note for (line_id, _event), note in zip(noted, locked, strict=True)}
    bases = list_bases({event.basis_id for event in events if event.basis_id})
    texts = ConsentText.objects.in_bulk([event.text_id for event in events if event.text_id])
    lines = [
        _make_line(line_id, event, bases, texts, note_of.get(line_id), by, at)
        for line_id, event in zip(ids, events, strict=True)
    ]
    ConsentLine.objects.bulk_create(lines, batch_size=500)
    kinds = sorted({event.event for event in events})
    record_audit(
        by=by,
        at=at,
        operation="record_consent",
        object_type="people.consentline",
        object_id=ids[0] if len(ids) == 1 else None,
        detail={"lines": len(ids), "events": kinds},
    )
    return ids


def _make_line(
    line_id: UUID,
    event: ConsentEvent,
    bases: dict[UUID, Basis],
    texts: dict[UUID, ConsentText],
    note: bytes | None,
    by: Viewer,
    at: datetime,
) -> ConsentLine:
    basis = bases.get(event.basis_id) if event.basis_id else None
    text = texts.get(event.text_id) if event.text_id else basis.consent_text if basis else None
    allowed = event.allowed
    if event.event in ALLOWS_NOTHING or basis is None:
        allowed = frozenset()
    elif allowed is None:
        allowed = frozenset(name for name in PURPOSES if getattr(basis, f"may_{name}"))
    return ConsentLine(
        id=line_id,
        subject_kind=event.subject_kind,
        subject_id=event.subject_id,
        engagement_id=event.engagement_id,
        event=event.event,
        how=event.how,
        consent_text=text,
        text_sha256=hashlib.sha256(text.body.encode()).hexdigest() if text else "",
        basis=basis,
        people=event.people,
        published=[use.to_json() for use in event.published],
        note_locked=note,
        recorded_by_id=by.person_id,
        given_at=event.given_at,
        recorded_at=at,
        **{name: name in allowed for name in PURPOSES},
    )


def erase_consents(subject: Subject, *, by: Viewer, at: datetime) -> list[ErasedRows]:  # noqa: ARG001  (nothing is written)
    """Keep the lines of one data subject, which name nobody; their notes die with the person's key."""
    kept = ConsentLine.objects.filter(subject_id__in=subject.all_ids).count()
    because = (
        "UK GDPR articles 5(2) and 7(1): we must be able to show that consent was given and that its end was kept. "
        "The lines hold an identifier without a name; notes can no longer be opened."
    )
    return [ErasedRows(table="people_consent_line", erased=0, kept=kept, because=because if kept else "")]
