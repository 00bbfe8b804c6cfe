"""What points to people does not stay: originals, uploaded files and wrong rows go when their time is over."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import SYSTEM, Refused
from alongside.apps.engagement.models import Import, ImportProblem, VoiceOriginal
from alongside.apps.engagement.operations.imports import leave_import

STEP_ROWS = 500


def destroy_due_originals(*, at: datetime, keep_going: Callable[[], None]) -> int:
    """Destroy originals whose time is over, in short steps; return how many. What they covered stays covered."""
    gone = 0
    while True:
        with transaction.atomic():
            due = VoiceOriginal.objects.filter(keep_until__lt=at.date(), destroyed_at=None)
            ids = list(due.select_for_update().values_list("voice_id", flat=True)[:STEP_ROWS])
            if not ids:
                return gone
            VoiceOriginal.objects.filter(voice_id__in=ids).update(locked=None, destroyed_at=at)
            gone += len(ids)
            keep_going()
            record_audit(
                by=SYSTEM,
                at=at,
                operation="destroy_originals",
                object_type="engagement.voiceoriginal",
                reason="kept as long as was promised",
                detail={"originals": len(ids)},
            )


def leave_forgotten_imports(*, at: datetime) -> int:
    """Leave out files nobody brought in within a week: the file goes, and its rows with it; return how many."""
    before = at - timedelta(days=settings.UPLOADS_KEPT_DAYS)
    states = (Import.State.UPLOADED, Import.State.READY, Import.State.REFUSED)
    left = 0
    for import_id in Import.objects.filter(state__in=states, created_at__lt=before).values_list(
        "id", flat=True
    ):
        try:
            leave_import(import_id=import_id, by=SYSTEM, at=at)
        except Refused:  # somebody decided in this very moment
            continue
        left += 1
    return left


@transaction.atomic
def purge_wrong_rows(*, at: datetime) -> int:
    """Take the words out of the wrong rows of files decided long ago; what was wrong, and where, stays."""
    before = at - timedelta(days=settings.WRONG_ROWS_KEPT_DAYS)
    old = ImportProblem.objects.filter(of_import__created_at__lt=before).exclude(value="", whole_row=[])
    purged = old.update(value="", whole_row=[])
    if purged:
        record_audit(
            by=SYSTEM,
            at=at,
            operation="purge_wrong_rows",
            object_type="engagement.importproblem",
            detail={"rows": purged},
        )
    return purged
