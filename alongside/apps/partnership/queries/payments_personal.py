"""What payments hold about a person: what they were paid, and what they asked for, approved and paid."""

from django.db.models import Q
from django.utils.translation import gettext as _

from alongside.apps.base.rules.money import write_money
from alongside.apps.base.rules.subjects import HeldRecord, Subject
from alongside.apps.partnership.models import Payment, PaymentEvent, ReconciliationFile, ReconciliationRow


def collect_payments(subject: Subject) -> list[HeldRecord]:
    """Return the payments to a person, the ledger rows about them, and their own acts on payments."""
    ids = subject.person_ids
    by_law = _(
        "Law and the rules of our field make us keep what we paid: six years for tax, five for disclosure."
    )
    accountable = _("We must be able to show who did what (accountability, Article 5(2)).")
    paid = Payment.objects.filter(person_id__in=ids).select_related("agreement").order_by("asked_at")
    acts = PaymentEvent.objects.filter(by_id__in=ids).select_related("payment").order_by("at")
    rows = ReconciliationRow.objects.filter(payment__person_id__in=ids).select_related("payment", "file")
    files = ReconciliationFile.objects.filter(uploaded_by_id__in=ids)
    return [
        *(
            HeldRecord(
                "partnership_payment", _("A payment to you"), str(one.id),
                ((_("Reference"), one.reference), (_("What for"), one.description),
                 (_("Amount"), write_money(one.amount_pence, one.currency)), (_("Kind"), one.get_category_display()),
                 (_("How far"), one.get_state_display()), (_("Agreement"), one.agreement.reference),
                 (_("Paid"), one.paid_on.isoformat() if one.paid_on else _("not yet"))),
                held_since=one.asked_at, why=by_law,
            )
            for one in paid
        ),
        *(
            HeldRecord(
                "partnership_reconciliation_row", _("A row of finance’s ledger about a payment to you"), str(one.id),
                ((_("Reference"), one.reference), (_("Payee"), one.payee),
                 (_("Amount"), write_money(one.amount_pence))),
                held_since=one.file.uploaded_at, why=by_law,
            )
            for one in rows.order_by("file__uploaded_at", "row")
        ),
        *(
            HeldRecord(
                "partnership_payment_event", _("A step you took on a payment"), str(one.id),
                ((_("Payment"), one.payment.reference), (_("It became"), one.became), (_("Your words"), one.words)),
                held_since=one.at, why=accountable,
            )
            for one in acts
        ),
        *(
            HeldRecord(
                "partnership_reconciliation_file", _("A ledger file you brought in"), str(one.id),
                ((_("File"), one.file_name),), held_since=one.uploaded_at, why=accountable,
            )
            for one in files.order_by("uploaded_at")
        ),
    ]  # fmt: skip


def whose_acts(subject: Subject) -> Q:
    """Return the payments a person asked for, approved or paid as a member of staff."""
    ids = subject.person_ids
    return (
        Q(asked_by_id__in=ids)
        | Q(first_approved_by_id__in=ids)
        | Q(second_approved_by_id__in=ids)
        | Q(paid_by_id__in=ids)
    )
