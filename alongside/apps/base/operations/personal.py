"""What an erasure does on the ground floor."""

from datetime import datetime

from django.db.models import Q

from alongside.apps.base.models import AuditChange, AuditLine, AuditValue, Job, PersonKey, SavedView
from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.subjects import ErasedRows, Subject

ACCOUNTABILITY = (
    "Who did what is kept without a name: we must be able to show it (accountability, Article 5(2))."
)
TRAIL = "That a row changed stays in the trail; what stood in it cannot be read any more."
UNREADABLE = "Their key is destroyed, so the values beside the trail stay locked for good."


def erase(subject: Subject, *, by: Viewer, at: datetime) -> list[ErasedRows]:
    """Erase saved views and the reasons written about this person; keep who did what, by id alone."""
    views, _each = SavedView.objects.filter(person_id__in=subject.person_ids).delete()
    about = AuditLine.objects.filter(object_id__in=subject.all_ids)
    reasons = about.exclude(reason="").update(reason="")
    acts = AuditLine.objects.filter(by_person_id__in=subject.person_ids).count()
    jobs = Job.objects.filter(created_by_id__in=subject.person_ids).count()
    keys = PersonKey.objects.filter(subject_id__in=subject.all_ids, destroyed_at=None).count()
    changed = AuditChange.objects.filter(
        Q(person_id__in=subject.person_ids) | Q(subject_id__in=subject.all_ids)
    ).count()
    values = AuditValue.objects.filter(subject_id__in=subject.all_ids).count()
    return [
        ErasedRows("base_saved_view", erased=views),
        ErasedRows("base_audit_line", erased=reasons, kept=acts, because=ACCOUNTABILITY),
        ErasedRows("base_audit_change", erased=0, kept=changed, because=TRAIL if changed else ""),
        ErasedRows("base_audit_value", erased=values, because=UNREADABLE if values else ""),
        ErasedRows("base_job", erased=0, kept=jobs, because=ACCOUNTABILITY),
        ErasedRows(
            "base_person_key",
            erased=keys,
            because="Without their key, locked originals stay locked for good.",
        ),
    ]
