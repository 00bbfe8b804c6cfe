"""Keeping what somebody needs, and whether it was there each time.

The caller has made sure whose need it is: the person themselves, or a colleague who sees access needs.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.base.rules.subjects import ErasedRows, Subject
from alongside.apps.people.models import AccessNeed, NeedOccasion, NeedReader, Person
from alongside.apps.people.queries.needs import NeedSubject, get_need
from alongside.apps.people.rules.needs import NeedTerms, check_need


@dataclass(frozen=True)
class Outcome:
    """How one occasion went for one need. `why` and `next_step` are for what was not met."""

    happened_on: date
    is_met: bool
    why: str = ""
    next_step: str = ""
    engagement_id: UUID | None = None


@transaction.atomic
def add_need(*, subject: NeedSubject, terms: NeedTerms, by: Viewer, at: datetime) -> UUID:
    """Keep a new need of somebody; return its id."""
    _check_allowed(subject, by)
    _check_terms(terms)
    need = AccessNeed.objects.create(
        subject_kind=subject.kind,
        subject_id=subject.id,
        kind=terms.kind,
        words=terms.words.strip(),
        strength=terms.strength,
        visible_to=terms.visible_to,
        since_on=terms.since_on,
        review_on=terms.review_on,
        recorded_by_id=by.person_id,
        created_at=at,
    )
    _set_readers(need, terms)
    record_audit(by=by, at=at, operation="add_need", on=need)
    return need.id


@transaction.atomic
def change_need(*, need_id: UUID, subject: NeedSubject, terms: NeedTerms, by: Viewer, at: datetime) -> None:
    """Change what is needed, who may see it, or when to ask again."""
    need = _lock(need_id, subject, by)
    check(need.ended_on is None, "This need has ended. Add it again if it is back.")
    _check_terms(terms)
    need.kind, need.words, need.strength = terms.kind, terms.words.strip(), terms.strength
    need.visible_to, need.since_on, need.review_on = terms.visible_to, terms.since_on, terms.review_on
    need.save()
    _set_readers(need, terms)
    record_audit(by=by, at=at, operation="change_need", on=need)


@transaction.atomic
def confirm_need(*, need_id: UUID, subject: NeedSubject, review_on: date, by: Viewer, at: datetime) -> None:
    """Record that somebody was asked and still needs it; it is asked about again on a later day."""
    need = _lock(need_id, subject, by)
    check(review_on > at.date(), "Choose a day to ask again that has not come yet.", field="review_on")
    need.review_on = review_on
    need.save(update_fields=["review_on"])
    record_audit(by=by, at=at, operation="confirm_need", on=need)


@transaction.atomic
def end_need(*, need_id: UUID, subject: NeedSubject, ended_on: date, by: Viewer, at: datetime) -> None:
    """Record that something is no longer needed; ending it twice changes nothing."""
    need = _lock(need_id, subject, by)
    if need.ended_on is not None:
        return
    check(ended_on >= need.since_on, "It cannot end before it began.", field="ended_on")
    need.ended_on = ended_on
    need.save(update_fields=["ended_on"])
    record_audit(by=by, at=at, operation="end_need", on=need)


@transaction.atomic
def log_occasion(*, need_id: UUID, subject: NeedSubject, outcome: Outcome, by: Viewer, at: datetime) -> UUID:
    """Write down whether a need was met this time; where it was not, why and what happens next."""
    need = _lock(need_id, subject, by)
    check(outcome.happened_on <= at.date(), "Enter a day that is not in the future.", field="happened_on")
    if not outcome.is_met:
        check(bool(outcome.why.strip()), "Write why it was not there.", field="why")
        check(bool(outcome.next_step.strip()), "Write what you do so that it is there.", field="next_step")
    occasion = NeedOccasion.objects.create(
        need=need,
        subject_id=need.subject_id,
        engagement_id=outcome.engagement_id,
        happened_on=outcome.happened_on,
        is_met=outcome.is_met,
        why="" if outcome.is_met else outcome.why.strip(),
        next_step="" if outcome.is_met else outcome.next_step.strip(),
        by_id=by.person_id,
        at=at,
    )
    record_audit(by=by, at=at, operation="log_need_occasion", on=occasion, detail={"is_met": outcome.is_met})
    return occasion.id


@transaction.atomic
def settle_occasion(*, occasion_id: UUID, subject: NeedSubject, by: Viewer, at: datetime) -> None:
    """Record that the next step was taken, so that the occasion no longer waits; twice changes nothing."""
    check_may(by, "see_access_needs")
    found = NeedOccasion.objects.select_for_update().filter(id=occasion_id, is_met=False).first()
    if found is None or get_need(by, found.need_id, [subject]) is None:
        raise Refused("There is no such record here.")
    if found.settled_at is None:
        found.settled_at = at
        found.save(update_fields=["settled_at"])
        record_audit(by=by, at=at, operation="settle_need_occasion", on=found)


def erase_needs(subject: Subject, *, by: Viewer, at: datetime) -> list[ErasedRows]:  # noqa: ARG001  (the erasure audits)
    """Delete everything kept about what one data subject needs, and their name among the readers of others."""
    occasions, _ = NeedOccasion.objects.filter(subject_id__in=subject.all_ids).delete()
    own_readers, _ = NeedReader.objects.filter(need__subject_id__in=subject.all_ids).delete()
    as_reader, _ = NeedReader.objects.filter(person_id__in=subject.person_ids).delete()
    needs, _ = AccessNeed.objects.filter(subject_id__in=subject.all_ids).delete()
    return [
        ErasedRows(table="people_access_need", erased=needs),
        ErasedRows(table="people_need_occasion", erased=occasions),
        ErasedRows(table="people_need_reader", erased=own_readers + as_reader),
    ]


def _check_allowed(subject: NeedSubject, by: Viewer) -> None:
    if not subject.is_own:
        check_may(by, "see_access_needs")


def _check_terms(terms: NeedTerms) -> None:
    check_need(
        terms,
        kinds=AccessNeed.Kind.values,
        strengths=AccessNeed.Strength.values,
        visibilities=AccessNeed.Visibility.values,
    )


def _set_readers(need: AccessNeed, terms: NeedTerms) -> None:
    wanted = set(terms.readers) if terms.visible_to == AccessNeed.Visibility.NAMED else set()
    here = set(Person.objects.filter(id__in=wanted, is_active=True).values_list("id", flat=True))
    check(here == wanted, "One of these colleagues is no longer here. Choose again.", field="readers")
    need.readers.exclude(person_id__in=wanted).delete()
    NeedReader.objects.bulk_create(
        [NeedReader(need=need, person_id=one) for one in sorted(wanted)], ignore_conflicts=True
    )


def _lock(need_id: UUID, subject: NeedSubject, by: Viewer) -> AccessNeed:
    """Return a need its writer may see, held. Raise Refused for others, as if it were not there."""
    _check_allowed(subject, by)
    found = AccessNeed.objects.select_for_update().filter(id=need_id, subject_id=subject.id).first()
    if found is None or get_need(by, need_id, [subject]) is None:
        raise Refused("There is no such need here.")
    return found
