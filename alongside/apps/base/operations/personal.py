"""What an erasure does on the ground floor."""

from datetime import datetime

from alongside.apps.base.models import AuditLine, Job, PersonKey, SavedView
from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.subjects import ErasedRows, Subject

ACCOUNTABILITY = (
    "Who did what is kept without a name: we must be able to show it (accountability, Article 5(2))."
)
REASON_GONE = "Erased with the person it was about."


def erase(subject: Subject, *, by: Viewer, at: datetime) -> list[ErasedRows]:
    """Erase saved views and the reasons written about this person; keep who did what, by id alone."""
    views, _each = SavedView.objects.filter(person_id__in=subject.person_ids).delete()
    about = AuditLine.objects.filter(object_id__in=subject.all_ids)
    reasons = about.exclude(reason__in=("", REASON_GONE)).update(reason=REASON_GONE)
    acts = AuditLine.objects.filter(by_person_id__in=subject.person_ids).count()
    jobs = Job.objects.filter(created_by_id__in=subject.person_ids).count()
    keys = PersonKey.objects.filter(subject_id__in=subject.all_ids, destroyed_at=None).count()
    return [
        ErasedRows("base_saved_view", erased=views),
        ErasedRows("base_audit_line", erased=reasons, kept=acts, because=ACCOUNTABILITY),
        ErasedRows("base_job", erased=0, kept=jobs, because=ACCOUNTABILITY),
        ErasedRows(
            "base_person_key",
            erased=keys,
            because="Without their key, locked originals stay locked for good.",
        ),
    ]
