"""Notes of meetings and the like: written, shared, confirmed or corrected by the partner."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.partnership.models import Interaction, NoteAnswer
from alongside.apps.partnership.operations.relations.keeping import ensure_relationship
from alongside.apps.partnership.operations.relations.priorities import PriorityPlan, record_priority
from alongside.apps.partnership.operations.relations.promises import PromisePlan, make_promise
from alongside.apps.partnership.rules.relations import (
    NoteState,
    check_can_answer,
    check_can_share,
    check_happened,
    check_length,
    check_words,
)
from alongside.apps.people.queries import get_names

MOST_NOTES = 20_000
MOST_ROWS = 20


@dataclass(frozen=True)
class InteractionPlan:
    """What happened with a partner: when, who was there, and the notes for both sides and for us alone."""

    kind: str
    happened_on: date
    title: str
    place: str = ""
    our_people: Sequence[UUID] = ()
    their_people: str = ""
    shared_notes: str = ""
    private_notes: str = ""
    materials: str = ""
    promotional_staff_present: bool = False


_WORDS = (
    "kind", "happened_on", "title", "place", "their_people", "shared_notes", "private_notes", "materials",
    "promotional_staff_present",
)  # fmt: skip


@transaction.atomic
def record_interaction(
    *,
    organisation_id: UUID,
    plan: InteractionPlan,
    by: Viewer,
    at: datetime,
    promises: Sequence[PromisePlan] = (),
    priorities: Sequence[PriorityPlan] = (),
    share: bool = False,
) -> UUID:
    """Keep what happened with a partner, with what we promised and what it wants; all of it or nothing."""
    check_may(by, "keep_relations")
    plan = _check_plan(plan, by, at)
    check(len(promises) + len(priorities) <= MOST_ROWS, _("Add at most 20 promises and priorities at once."))
    ensure_relationship(organisation_id, by, plan.happened_on, at)
    kept = Interaction.objects.create(
        organisation_id=organisation_id,
        recorded_by_id=by.person_id,
        recorded_at=at,
        **{name: getattr(plan, name) for name in _WORDS},
    )
    kept.our_people.set(plan.our_people)  # type: ignore[arg-type]  # the stubs know numbers as keys only
    for number, promise in enumerate(promises, start=1):
        with _naming_row("promise", number):
            make_promise(
                organisation_id=organisation_id,
                promise=promise,
                made_on=plan.happened_on,
                interaction_id=kept.id,
                by=by,
                at=at,
            )
    for number, priority in enumerate(priorities, start=1):
        with _naming_row("priority", number):
            record_priority(
                organisation_id=organisation_id,
                priority=priority,
                heard_on=plan.happened_on,
                interaction_id=kept.id,
                by=by,
                at=at,
            )
    detail: dict[str, object] = {"promises": len(promises), "priorities": len(priorities)}
    record_audit(by=by, at=at, operation="record_interaction", on=kept, detail=detail)
    if share:
        share_notes(interaction_id=kept.id, by=by, at=at)
    return kept.id


@transaction.atomic
def change_interaction(*, interaction_id: UUID, plan: InteractionPlan, by: Viewer, at: datetime) -> None:
    """Put right what was written; shared notes that change are for the partner to answer again."""
    kept = lock_interaction(interaction_id, by)
    plan = _check_plan(plan, by, at)
    changed = [name for name in _WORDS if getattr(kept, name) != getattr(plan, name)]
    if kept.note_state != NoteState.DRAFT and "shared_notes" in changed:
        words = _("These notes are shared, so they cannot be emptied. Write what is right instead.")
        check(bool(plan.shared_notes), words, field="shared_notes")
        kept.note_state, kept.shared_at = NoteState.SHARED, at
        kept.notes_version += 1
    for name in changed:
        setattr(kept, name, getattr(plan, name))
    kept.save(update_fields=[*changed, "note_state", "shared_at", "notes_version"])
    kept.our_people.set(plan.our_people)  # type: ignore[arg-type]  # the stubs know numbers as keys only
    detail: dict[str, object] = {"changed": changed, "note_state": kept.note_state}
    record_audit(by=by, at=at, operation="change_interaction", on=kept, detail=detail)


@transaction.atomic
def share_notes(*, interaction_id: UUID, by: Viewer, at: datetime) -> None:
    """Let the partner read the shared notes, and confirm or correct them; this cannot be taken back."""
    kept = lock_interaction(interaction_id, by)
    check_can_share(kept.note_state, kept.shared_notes)
    kept.note_state, kept.shared_at, kept.notes_version = NoteState.SHARED, at, 1
    kept.save(update_fields=["note_state", "shared_at", "notes_version"])
    record_audit(by=by, at=at, operation="share_notes", on=kept)


@transaction.atomic
def answer_notes(
    *, interaction_id: UUID, answer: str, words: str, read_version: int, by: Viewer, at: datetime
) -> None:
    """Keep a partner's yes or correction to the notes it read; `read_version` is the version that was on its page."""
    check_may(by, "speak_for_organisation")
    theirs = Interaction.objects.for_viewer(by).filter(organisation_id=by.partner_id or UUID(int=0))
    kept = theirs.select_for_update().filter(id=interaction_id).first()
    if kept is None:
        raise Refused(_("There are no such notes."))
    check(answer in NoteAnswer.Answer.values, _("Choose whether the notes are right."), field="answer")
    check_can_answer(kept.note_state, kept.notes_version, read_version)
    if answer == NoteAnswer.Answer.CORRECTED:
        words = check_words(words, _("Write what should stand there instead."), field="words", most=5000)
    NoteAnswer.objects.create(
        interaction=kept,
        answer=answer,
        words=check_length(words, field="words", most=5000),
        notes_version=kept.notes_version,
        notes_then=kept.shared_notes,
        by_id=by.person_id,
        at=at,
    )
    kept.note_state = answer
    kept.save(update_fields=["note_state"])
    record_audit(by=by, at=at, operation="answer_notes", on=kept, detail={"answer": answer})


def lock_interaction(interaction_id: UUID, by: Viewer) -> Interaction:
    """Return notes that somebody may change, held until the transaction ends."""
    check_may(by, "keep_relations")
    kept = Interaction.objects.for_viewer(by).select_for_update().filter(id=interaction_id).first()
    if kept is None:
        raise Refused(_("There are no such notes here."))
    return kept


@contextmanager
def _naming_row(what: str, number: int) -> Iterator[None]:
    """Let a refusal about a row of the form name the row's own field."""
    try:
        yield
    except Refused as refusal:
        field = f"{what}_{number}_{refusal.field}" if refusal.field else ""
        raise Refused(refusal.reason, field=field) from refusal


def _check_plan(plan: InteractionPlan, by: Viewer, at: datetime) -> InteractionPlan:
    check(plan.kind in Interaction.Kind.values, _("Choose what kind of contact it was."), field="kind")
    check_happened(plan.happened_on, at.date())
    named = get_names(by, set(plan.our_people))
    check(len(named) == len(set(plan.our_people)), _("Choose people from the list."), field="our_people")
    return replace(
        plan,
        title=check_words(plan.title, _("Give it a title."), field="title", most=200),
        place=check_length(plan.place, field="place", most=200),
        their_people=check_length(plan.their_people, field="their_people", most=400),
        shared_notes=check_length(plan.shared_notes, field="shared_notes", most=MOST_NOTES),
        private_notes=check_length(plan.private_notes, field="private_notes", most=MOST_NOTES),
        materials=check_length(plan.materials, field="materials", most=4000),
    )
