"""What an erasure does to events and joint projects: places are emptied, calendar addresses go, acts stay unnamed."""

from datetime import datetime

from django.db.models import Q

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.subjects import ErasedRows, Subject
from alongside.apps.partnership.models import (
    AimAgreement,
    CalendarFeed,
    Event,
    EventChange,
    EventReport,
    JointProject,
    ProjectChange,
    ProjectEvaluation,
    ProjectMeeting,
    Registration,
)
from alongside.apps.partnership.operations.registrations import give_back
from alongside.apps.partnership.rules.registrations import MOVES

CAME = "That somebody had a place stays, without who it was: counts of an event must not change afterwards."
ACTS = "Who ran and wrote something is kept under no name (accountability, Article 5(2))."


def erase(subject: Subject, *, by: Viewer, at: datetime) -> list[ErasedRows]:
    """Give back places that still stand, empty every registration, and throw calendar addresses away."""
    places = Registration.objects.filter(subject_id__in=subject.all_ids)
    for place in places.filter(erased_at=None).order_by("id"):
        if Registration.State.CANCELLED in MOVES[place.state]:
            give_back(registration_id=place.id, by=by, at=at)
    emptied = places.filter(erased_at=None).update(
        name="", email="", needs_words="", dietary="", brings_carer=False, code_sha256="", erased_at=at
    )
    feeds, _each = CalendarFeed.objects.filter(person_id__in=subject.person_ids).delete()
    return [
        _kept("partnership_registration", emptied, places.count(), CAME),
        ErasedRows("partnership_calendar_feed", erased=feeds),
        *_keep_acts(subject),
    ]


def _keep_acts(subject: Subject) -> list[ErasedRows]:
    ids = subject.person_ids
    ran = Q(lead_id__in=ids) | Q(created_by_id__in=ids)
    found = {
        "partnership_event": Event.objects.filter(ran),
        "partnership_event_change": EventChange.objects.filter(by_id__in=ids),
        "partnership_event_report": EventReport.objects.filter(written_by_id__in=ids),
        "partnership_project": JointProject.objects.filter(ran | Q(published_by_id__in=ids)),
        "partnership_aim_agreement": AimAgreement.objects.filter(by_id__in=ids),
        "partnership_project_meeting": ProjectMeeting.objects.filter(written_by_id__in=ids),
        "partnership_project_evaluation": ProjectEvaluation.objects.filter(written_by_id__in=ids),
        "partnership_project_change": ProjectChange.objects.filter(by_id__in=ids),
    }
    return [_kept(table, 0, rows.count(), ACTS) for table, rows in found.items()]


def _kept(table: str, erased: int, kept: int, because: str) -> ErasedRows:
    return ErasedRows(table, erased=erased, kept=kept, because=because if kept else "")
