"""Clearing away what nobody sees: the rows of a file left out or taken out again, in short steps."""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from alongside.apps.engagement.models import (
    Contact,
    Import,
    ImportProblem,
    Redaction,
    RedactionDecision,
    RedactionProposal,
    Source,
    Speaker,
    StagedChange,
    Voice,
    VoiceOriginal,
)
from alongside.apps.engagement.operations.staging import delete_staged

STEP_ROWS = 1_000


def sweep_left_overs(engagement_id: UUID, keep_going: Callable[[], None]) -> None:
    """Clear the rows of every file of an engagement that was left out or taken out again."""
    states = (Import.State.LEFT, Import.State.TAKEN_OUT)
    left = Source.objects.filter(import__engagement_id=engagement_id, import__state__in=states)
    for source_id in left.values_list("id", flat=True):
        # First the problems: once its source is gone, nothing leads to them any more.
        for import_id in Import.objects.filter(source_id=source_id).values_list("id", flat=True):
            clear_problems(import_id, keep_going)
        sweep_source(source_id, keep_going)


def clear_problems(import_id: UUID, keep_going: Callable[[], None]) -> None:
    """Delete what was wrong in one file."""
    _delete_in_steps(
        ImportProblem.objects.filter(of_import=import_id).order_by("id"), keep_going, scope=import_id
    )


def sweep_source(source_id: UUID, keep_going: Callable[[], None]) -> None:
    """Delete everything one source staged, and the source; never anything that was brought in.

    Each step is a short transaction of its own that calls `keep_going`, which may raise to stop.
    """
    staged = Voice.with_staged.filter(source_id=source_id, source__brought_in_at=None)
    for import_id in Import.objects.filter(source_id=source_id).values_list("id", flat=True):
        changes = StagedChange.objects.filter(of_import=import_id)
        _delete_in_steps(changes.order_by("id"), keep_going, scope=import_id)
    decisions = RedactionDecision.objects.filter(redaction__source_id=source_id)
    decisions.filter(redaction__source__brought_in_at=None).delete()
    for model in (Redaction, RedactionProposal, VoiceOriginal):
        rows = model._base_manager.filter(source_id=source_id, source__brought_in_at=None)
        _delete_in_steps(rows.order_by("pk"), keep_going, scope=source_id)
    _delete_in_steps(staged.order_by("id"), keep_going, scope=source_id)
    if Voice.with_staged.filter(source_id=source_id).exists():
        return
    _delete_in_steps(Contact.objects.filter(source_id=source_id).order_by("id"), keep_going, scope=source_id)
    alone = Speaker.objects.filter(source_id=source_id, voices=None, receipts=None)
    _delete_in_steps(alone.order_by("id"), keep_going, scope=source_id)
    with transaction.atomic():
        Speaker.objects.filter(source_id=source_id).update(source=None)
        Import.objects.filter(source_id=source_id).update(source=None)
        Source.objects.filter(id=source_id, brought_in_at=None)._raw_delete(using="default")


def forget_covered(voice_ids: Collection[UUID], *, scope: UUID | None) -> None:
    """Delete what was covered in voices that never were brought in, with their originals."""
    RedactionDecision.objects.filter(redaction__voice_id__in=voice_ids).delete()
    for model in (Redaction, RedactionProposal, VoiceOriginal):
        delete_staged(model._base_manager.filter(voice_id__in=voice_ids), scope=scope)


def _delete_in_steps(rows: "QuerySet[Any]", keep_going: Callable[[], None], *, scope: UUID) -> None:
    while True:
        with transaction.atomic():
            ids = list(rows.values_list("pk", flat=True)[:STEP_ROWS])
            if not ids:
                return
            keep_going()
            delete_staged(rows.model._base_manager.filter(pk__in=ids), scope=scope)
