"""What relationships hold about a person: what they lead, wrote, answered, promised, and where they were."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.apps.base.rules.subjects import HeldRecord, Subject
from alongside.apps.partnership.models import (
    Interaction,
    NoteAnswer,
    Priority,
    PriorityEvent,
    Promise,
    Relationship,
)


def collect(subject: Subject) -> list[HeldRecord]:
    """Return what stands here under a person's own id. Names in notes are found as mentions, as everywhere."""
    ids = subject.person_ids
    return [
        *_list_led(ids),
        *_list_met(ids),
        *_list_answered(ids),
        *_list_priorities(ids),
        *_list_promised(ids),
    ]


def _why() -> str:
    return str(_("Kept so that both sides know what was said and promised."))


def _list_led(ids: frozenset[UUID]) -> Iterator[HeldRecord]:
    for one in Relationship.objects.filter(lead_id__in=ids).select_related("organisation"):
        yield HeldRecord(
            "partnership_relationship",
            _("A relationship you lead"),
            str(one.id),
            ((_("With"), one.organisation.name),),
            held_since=one.created_at,
            why=_why(),
        )


def _list_met(ids: frozenset[UUID]) -> Iterator[HeldRecord]:
    wrote = Interaction.objects.filter(recorded_by_id__in=ids)
    was_there = Interaction.objects.filter(our_people__in=ids)
    for one in (wrote | was_there).distinct().select_related("organisation").order_by("happened_on"):
        yield HeldRecord(
            "partnership_interaction",
            _("A meeting or the like you took part in or wrote down"),
            str(one.id),
            (
                (_("With"), one.organisation.name),
                (_("Day"), one.happened_on.isoformat()),
                (_("Title"), one.title),
                (_("Shared notes"), one.shared_notes or _("none")),
                (_("Private notes"), one.private_notes or _("none")),
            ),
            held_since=one.recorded_at,
            needs_review=True,
            why=_why(),
        )


def _list_answered(ids: frozenset[UUID]) -> Iterator[HeldRecord]:
    for one in NoteAnswer.objects.filter(by_id__in=ids).select_related("interaction").order_by("at"):
        yield HeldRecord(
            "partnership_note_answer",
            _("Your answer to shared notes"),
            str(one.id),
            (
                (_("About"), one.interaction.title),
                (_("Answer"), one.get_answer_display()),
                (_("Your words"), one.words or _("none")),
            ),
            held_since=one.at,
            why=_why(),
        )


def _list_priorities(ids: frozenset[UUID]) -> Iterator[HeldRecord]:
    for one in Priority.objects.filter(recorded_by_id__in=ids).order_by("recorded_at"):
        yield HeldRecord(
            "partnership_priority",
            _("A partner’s priority you wrote down"),
            str(one.id),
            ((_("Words"), one.words),),
            held_since=one.recorded_at,
            needs_review=True,
            why=_why(),
        )
    for event in PriorityEvent.objects.filter(by_id__in=ids).order_by("at"):
        yield HeldRecord(
            "partnership_priority_event",
            _("A step you took with a partner’s priority"),
            str(event.id),
            ((_("It became"), event.became), (_("Your words"), event.words or _("none"))),
            held_since=event.at,
            why=_why(),
        )


def _list_promised(ids: frozenset[UUID]) -> Iterator[HeldRecord]:
    for one in Promise.objects.filter(made_by_id__in=ids).order_by("made_at"):
        yield HeldRecord(
            "partnership_promise",
            _("A promise you made to a partner"),
            str(one.id),
            ((_("Words"), one.words),),
            held_since=one.made_at,
            why=_why(),
        )
