"""What the ground floor holds about a person: saved views, what they did, work they started."""

from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _

from alongside.apps.base.models import AuditLine, Job, SavedView
from alongside.apps.base.rules.subjects import HeldRecord, Subject


def collect(subject: Subject) -> list[HeldRecord]:
    """Return what is held about somebody as a user of this installation; what they did is counted by kind."""
    views = [
        HeldRecord(
            table="base_saved_view",
            label=_("A view of a list that was kept"),
            record_id=str(view.id),
            fields=((_("Name"), view.name), (_("Page"), view.page), (_("Filters"), view.query)),
            held_since=view.created_at,
            why=_("Kept until you forget it."),
        )
        for view in SavedView.objects.filter(person_id__in=subject.person_ids).order_by("created_at")
    ]
    return [*views, *_collect_acts(subject), *_collect_reasons(subject), *_collect_jobs(subject)]


def _collect_acts(subject: Subject) -> list[HeldRecord]:
    lines = AuditLine.objects.filter(by_person_id__in=subject.person_ids).order_by("operation")
    counted = lines.values("operation").annotate(number=Count("id"), first=Min("at"), last=Max("at"))
    return [
        HeldRecord(
            table="base_audit_line",
            label=_("What you did here"),
            record_id=str(one["operation"]),
            fields=(
                (_("What"), one["operation"].replace("_", " ")),
                (_("How often"), str(one["number"])),
                (_("Last"), f"{one['last']:%d/%m/%Y %H:%M}"),
            ),
            held_since=one["first"],
            why=_("We must be able to show who did what (accountability, Article 5(2))."),
        )
        for one in counted.order_by("operation")
    ]


def _collect_reasons(subject: Subject) -> list[HeldRecord]:
    """Return reasons that somebody wrote about acts on this person: to be read before they are handed out."""
    about = AuditLine.objects.filter(object_id__in=subject.all_ids).exclude(reason="").order_by("at")
    return [
        HeldRecord(
            table="base_audit_line",
            label=_("A reason somebody wrote about you"),
            record_id=str(line.id),
            fields=((_("What was done"), line.operation.replace("_", " ")), (_("Reason"), line.reason)),
            held_since=line.at,
            needs_review=True,
            why=_("We must be able to show who did what (accountability, Article 5(2))."),
        )
        for line in about
    ]


def _collect_jobs(subject: Subject) -> list[HeldRecord]:
    started = Job.objects.filter(created_by_id__in=subject.person_ids).order_by("kind")
    return [
        HeldRecord(
            table="base_job",
            label=_("Work you started that ran by itself"),
            record_id=str(one["kind"]),
            fields=((_("Kind"), one["kind"]), (_("How often"), str(one["number"]))),
            held_since=one["first"],
            why=_("We must be able to show who did what (accountability, Article 5(2))."),
        )
        for one in started.values("kind")
        .annotate(number=Count("id"), first=Min("created_at"))
        .order_by("kind")
    ]
