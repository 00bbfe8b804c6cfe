"""What an erasure does in this room: comments go; agreements, who signed and who answered for them are kept by law."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from alongside.apps.agreements.models import (
    Agreement,
    AgreementComment,
    AgreementEvent,
    AgreementVersion,
    Certification,
    NeededPaper,
    RuleAnswer,
    RuleSet,
    Signature,
)
from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.subjects import ErasedRows, Subject

LAW = "Agreements, what they say and who signed them are kept for as long as the law asks (Article 17(3)(b))."
ACTS = "Who wrote, certified and moved an agreement is kept under no name (accountability, Article 5(2))."


def erase(subject: Subject, *, by: Viewer, at: datetime) -> list[ErasedRows]:
    """Empty what a person commented; keep the papers the law keeps, and that somebody acted."""
    ids = subject.person_ids
    said = AgreementComment.objects.filter(by_id__in=ids).exclude(words="").update(words="", by_id=None)
    answered = AgreementComment.objects.filter(answered_by_id__in=ids).update(answered_by_id=None)
    own = Agreement.objects.filter(Q(person_id__in=ids) | Q(author_id__in=ids))
    versions = AgreementVersion.objects.filter(Q(agreement__person_id__in=ids) | Q(written_by_id__in=ids))
    signed = Signature.objects.filter(Q(person_id__in=ids) | Q(recorded_by_id__in=ids))
    return [
        ErasedRows("agreements_comment", erased=said + answered),
        _keep("agreements_agreement", own, LAW),
        _keep("agreements_version", versions, LAW),
        _keep("agreements_signature", signed, LAW),
        _keep("agreements_certification", Certification.objects.filter(certified_by_id__in=ids), LAW),
        _keep("agreements_event", AgreementEvent.objects.filter(by_id__in=ids), ACTS),
        _keep("agreements_needed_paper", NeededPaper.objects.filter(asked_by_id__in=ids), ACTS),
        _keep("agreements_rule_answer", RuleAnswer.objects.filter(by_id__in=ids), ACTS),
        _keep("agreements_rule_set", RuleSet.objects.filter(added_by_id__in=ids), ACTS),
    ]


def _keep(table: str, rows: "QuerySet[Any]", because: str) -> ErasedRows:
    kept = rows.count()
    return ErasedRows(table, erased=0, kept=kept, because=because if kept else "")
