"""What actions do when somebody takes words back: no more mail to them, and a note where a story quoted them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.actions.models import Action, ActionNote, Telling
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Viewer

LOST = "Somebody took a quote back that the public page showed. It is gone from there; read the story again."
STOPPED = "They asked not to be contacted."


@transaction.atomic
def stop_using(
    *, voice_ids: Collection[UUID], speaker_id: UUID, ended: frozenset[str], by: Viewer, at: datetime
) -> None:
    """Let no mail leave to somebody who ended contact, and note on each public action that a quote is gone."""
    if "contact_again" in ended:
        waiting = Telling.objects.filter(speaker_id=speaker_id, state=Telling.State.WAITING)
        waiting.update(state=Telling.State.UNREACHABLE, note=STOPPED, at=at)
    if "quote_public" not in ended:
        return
    quoting = Action.objects.filter(
        public_quotes__voice__in=list(voice_ids), published_at__isnull=False
    ).distinct()
    for action in quoting.order_by("id"):
        note = ActionNote.objects.create(action=action, words=LOST, at=at)
        record_audit(by=by, at=at, operation="note_lost_quote", on=note)
