"""A read file is brought in, left out, or taken out again: each one short transaction, whatever its size."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat, Left

from alongside.apps.base.operations import record_audit, start_job
from alongside.apps.base.rules import Refused, Viewer, check
from alongside.apps.engagement.bridge import stored_path
from alongside.apps.engagement.models import Concern, Import, Source, Speaker, StagedChange, Voice
from alongside.apps.engagement.operations.consents import make_source_event, respect_endings
from alongside.apps.engagement.operations.staging import delete_staged
from alongside.apps.engagement.operations.uploads import lock_import
from alongside.apps.engagement.rules import check_open
from alongside.apps.people.operations import record_consents


@transaction.atomic
def confirm_import(*, import_id: UUID, by: Viewer, at: datetime) -> None:
    """Bring in every new and changed answer of a read file at once; wrong rows stay out.

    The rows already lie beside the voices, unseen. What happens here is one word at their source, and for
    changed answers that the new voice takes the place of the old one, which is kept.
    """
    found = lock_import(by, import_id, Import.State.CONFIRMED)
    check_open(found.engagement.closed_at)
    check(
        found.answers_new + found.answers_changed > 0,
        "There is nothing new in this file, so there is nothing to bring in. Leave it out.",
    )
    changes = StagedChange.objects.filter(of_import=found)
    source = _get_sources(found).get()
    respect_endings(engagement_id=found.engagement_id, source_id=source.id, by=by, at=at)
    _record_consent(found, source.id, by, at)
    _get_sources(found).update(brought_in_at=at)
    if changes.exists():
        _put_in_place(found)  # once they are in, so that the trail has a line for each
    found.state = Import.State.CONFIRMED
    found.confirmed_at = at
    found.save(update_fields=["state", "confirmed_at"])
    transaction.on_commit(lambda: stored_path(found.stored_name).unlink(missing_ok=True))
    detail = {
        name: getattr(found, f"answers_{name}") for name in ("new", "changed", "same", "wrong", "blank")
    }
    record_audit(by=by, at=at, operation="confirm_import", on=found, detail=dict(detail))
    # What cannot wait is listened for in the background, promised in the same transaction as the voices themselves.
    start_job(kind="engagement.hear_concerns", arguments={"source_id": str(found.source_id)}, by=by, at=at)


def _record_consent(found: Import, source_id: UUID, by: Viewer, at: datetime) -> None:
    """Keep one line for everybody in the file; people get lines of their own as they change their minds."""
    if found.basis_id is None:
        return
    people = Voice.with_staged.filter(source_id=source_id, is_moderator=False, speaker__isnull=False)
    event = make_source_event(
        source_id=source_id,
        engagement_id=found.engagement_id,
        basis_id=found.basis_id,
        how="import",
        people=people.order_by().values("speaker_id").distinct().count(),
        at=at,
    )
    record_consents(events=event, by=by, at=at)


def _put_in_place(found: Import) -> None:
    changes = StagedChange.objects.filter(of_import=found)
    successor = changes.filter(old=OuterRef("pk")).values("new")[:1]
    Voice.with_staged.filter(id__in=changes.values("old")).update(replaced_by=Subquery(successor))
    key_of_old = Voice.with_staged.filter(replaced_by=OuterRef("pk")).values("import_key")[:1]
    Voice.with_staged.filter(id__in=changes.values("new")).update(import_key=Subquery(key_of_old))
    delete_staged(changes, scope=found.id)


@transaction.atomic
def leave_import(*, import_id: UUID, by: Viewer, at: datetime) -> None:
    """Leave a file out: nothing of it is kept, and its rows are cleared away in the background."""
    found = lock_import(by, import_id, Import.State.LEFT)
    found.state = Import.State.LEFT
    found.save(update_fields=["state"])
    transaction.on_commit(lambda: stored_path(found.stored_name).unlink(missing_ok=True))
    record_audit(by=by, at=at, operation="leave_import", on=found)
    _start_sweep(found, by, at)


@transaction.atomic
def take_out_import(*, import_id: UUID, by: Viewer, at: datetime) -> None:
    """Take a file's voices out again, as long as nothing rests on them; corrected voices count again.

    Raise Refused, saying what rests on them, otherwise.
    """
    found = lock_import(by, import_id, Import.State.TAKEN_OUT)
    source = _get_sources(found).select_for_update().get()
    check_nothing_rests_on(found)
    replaced = Voice.with_staged.filter(replaced_by__source=source)
    if replaced.exists():
        successors = Voice.with_staged.filter(source=source, replaces__isnull=False)
        ids = list(successors.values_list("id", flat=True))
        Voice.with_staged.filter(id__in=ids).update(import_key=Concat(Value("out-"), Left("import_key", 60)))
        replaced.update(replaced_by=None)
    _get_sources(found).update(brought_in_at=None)
    found.state = Import.State.TAKEN_OUT
    found.save(update_fields=["state"])
    record_audit(by=by, at=at, operation="take_out_import", on=found, detail={"new": found.answers_new})
    _start_sweep(found, by, at)


def check_nothing_rests_on(found: Import) -> None:
    """Raise Refused where another room, a correction or a receipt holds on to a voice of this import.

    Asks the tables that point at voices and speakers, whichever room they belong to.
    """
    ours = {
        "engagement.stagedchange", "engagement.voice", "engagement.contact", "engagement.voiceoriginal",
        "engagement.redactionproposal", "engagement.redaction",
    }  # fmt: skip
    for model, path in ((Voice, "source_id"), (Speaker, "voices__source_id")):
        for relation in model._meta.related_objects:
            if relation.related_model._meta.label_lower in ours:
                continue
            resting = relation.related_model._base_manager.filter(
                **{f"{relation.field.name}__{path}": found.source_id}
            )
            if resting.exists():
                words = relation.related_model._meta.verbose_name_plural
                raise Refused(f"These voices are already used ({words}), so they cannot be taken out.")
    theirs = Voice.with_staged.filter(source=found.source).values("id")
    check(
        not Concern.objects.still_open().filter(voice_id__in=theirs).exists(),
        "Something in these voices cannot wait and is being looked at. Ask a safety officer before you take them out.",
    )
    corrected = Voice.with_staged.filter(source=found.source, replaced_by__isnull=False)
    check(not corrected.exists(), "A later file corrected some of these voices. Take that file out first.")


def _get_sources(found: Import) -> "QuerySet[Source]":
    return Source.objects.filter(import__id=found.id)


def _start_sweep(found: Import, by: Viewer, at: datetime) -> None:
    start_job(
        kind="engagement.sweep_import",
        arguments={"engagement_id": str(found.engagement_id)},
        by=by,
        at=at,
        back_url=f"/engagements/{found.engagement_id}/",
    )
