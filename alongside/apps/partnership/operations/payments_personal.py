"""What an erasure does to payments: the law keeps them with the least identity; words said about them go."""

from datetime import datetime

from django.db.models import Q

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.subjects import ErasedRows, Subject
from alongside.apps.partnership.models import Payment, PaymentEvent, ReconciliationFile, ReconciliationRow
from alongside.apps.partnership.queries.payments_personal import whose_acts

BY_LAW = (
    "What was paid is kept with the least identity: tax law asks for six years, the rules of the field for five "
    "years after the year (legal obligation, Article 17(3)(b))."
)


def erase_payments(subject: Subject, *, by: Viewer, at: datetime) -> list[ErasedRows]:  # noqa: ARG001  one shape for every room
    """Empty questions, answers and ledger words about payments to a person; keep the payments themselves."""
    own = Q(payment__person_id__in=subject.person_ids)
    said = PaymentEvent.objects.filter(own).exclude(words="").update(words="")
    rows = (
        ReconciliationRow.objects.filter(own)
        .exclude(payee="", value="", words="", cells=[])
        .update(payee="", value="", words="", cells=[])
    )
    payments = Payment.objects.filter(Q(person_id__in=subject.person_ids) | whose_acts(subject)).count()
    steps = PaymentEvent.objects.filter(own | Q(by_id__in=subject.person_ids)).count()
    files = ReconciliationFile.objects.filter(uploaded_by_id__in=subject.person_ids).count()
    ledger = ReconciliationRow.objects.filter(own).count()
    return [
        _kept("partnership_payment", 0, payments),
        _kept("partnership_payment_event", said, steps),
        _kept("partnership_reconciliation_row", rows, ledger),
        _kept("partnership_reconciliation_file", 0, files),
    ]


def _kept(table: str, erased: int, kept: int) -> ErasedRows:
    return ErasedRows(table, erased=erased, kept=kept, because=BY_LAW if kept else "")
