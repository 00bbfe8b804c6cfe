"""What events and joint projects hold about a person: places, calendar addresses, what they wrote and ran."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from alongside.apps.base.rules.subjects import HeldRecord, Subject, SubjectMatch
from alongside.apps.partnership.models import (
    CalendarFeed,
    Event,
    EventReport,
    JointProject,
    ProjectMeeting,
    Registration,
)
from alongside.apps.partnership.rules.registrations import hash_code


def find(email: str, name: str) -> list[SubjectMatch]:
    """Return people without an account who asked for a place under this address or name."""
    wanted = Q()
    if email.strip():
        wanted |= Q(email__iexact=email.strip())
    if name.strip():
        wanted |= Q(name__icontains=name.strip())
    if not wanted:
        return []
    return _as_matches(Registration.objects.filter(wanted, person=None, erased_at=None))


def find_by_code(code: str) -> list[SubjectMatch]:
    """Return whoever holds this receipt code of a place."""
    return _as_matches(Registration.objects.filter(code_sha256=hash_code(code), erased_at=None))


def _as_matches(found: QuerySet[Registration]) -> list[SubjectMatch]:
    # Whoever registered without an account is known by their own row, as somebody who spoke is.
    return [
        SubjectMatch("speaker", one.subject_id, f"{one.name}, {one.email}", _("Places at events"))
        for one in found.order_by("created_at", "id")
    ]


def names(subject: Subject) -> set[str]:
    """Return what names somebody who asked for a place."""
    found = Registration.objects.filter(subject_id__in=subject.all_ids).values_list("name", "email")
    return {word for row in found for word in row if word}


def collect(subject: Subject) -> list[HeldRecord]:
    """Return somebody's places, calendar addresses, and what they ran and wrote."""
    return [*_collect_places(subject), *_collect_feeds(subject), *_collect_work(subject)]


def _collect_places(subject: Subject) -> list[HeldRecord]:
    found = Registration.objects.filter(subject_id__in=subject.all_ids).select_related("event")
    return [
        HeldRecord(
            "partnership_registration",
            _("A place at an event"),
            str(one.id),
            (
                (_("Event"), one.event.title),
                (_("State"), str(one.get_state_display())),
                (_("Name"), one.name),
                (_("Address"), one.email),
                (_("What you need"), one.needs_words),
                (_("Food"), one.dietary),
                (_("Somebody comes with you"), _("yes") if one.brings_carer else _("no")),
            ),
            held_since=one.created_at,
            why=_("So that there is a place for you. Names and needs are deleted when the event is closed."),
        )
        for one in found.order_by("created_at", "id")
    ]


def _collect_feeds(subject: Subject) -> list[HeldRecord]:
    found = CalendarFeed.objects.filter(person_id__in=subject.person_ids).order_by("created_at")
    return [
        HeldRecord(
            "partnership_calendar_feed",
            _("A private calendar address"),
            str(one.id),
            ((_("Ended"), one.ended_at.date().isoformat() if one.ended_at else _("no")),),
            held_since=one.created_at,
            why=_("You asked for it. We keep its fingerprint, not the address."),
        )
        for one in found
    ]


def _collect_work(subject: Subject) -> list[HeldRecord]:
    ids = subject.person_ids
    why = _("We must be able to show who did what (accountability, Article 5(2)).")
    records = [
        _as_record("partnership_event", _("An event you run"), one.id, one.title, one.created_at, why)
        for one in Event.objects.filter(lead_id__in=ids).order_by("created_at")
    ]
    records += [
        _as_record(
            "partnership_project", _("A joint project you run"), one.id, one.title, one.created_at, why
        )
        for one in JointProject.objects.filter(lead_id__in=ids).order_by("created_at")
    ]
    records += [
        _as_record(
            "partnership_event_report",
            _("A report you wrote"),
            one.id,
            one.what_happened,
            one.written_at,
            why,
        )
        for one in EventReport.objects.filter(written_by_id__in=ids).order_by("written_at")
    ]
    records += [
        _as_record(
            "partnership_project_meeting",
            _("Notes of a meeting you wrote"),
            one.id,
            one.notes or one.decisions,
            one.written_at,
            why,
        )
        for one in ProjectMeeting.objects.filter(written_by_id__in=ids).order_by("written_at")
    ]
    return records


def _as_record(table: str, label: str, id: UUID, words: str, at: datetime, why: str) -> HeldRecord:
    fields = ((_("What it says"), words),)
    return HeldRecord(table, label, str(id), fields, held_since=at, needs_review=True, why=why)
