"""Races about payments: one click sent twice, two approvers at once, the last pounds asked for twice, paying twice."""

from collections.abc import Callable
from uuid import UUID, uuid4

from alongside.apps.agreements.models import Agreement
from alongside.apps.partnership.models import Payment, PaymentEvent, PaymentNumber, ReconciliationFile
from alongside.apps.partnership.operations.payments import approve_payment, ask_for_payment, record_paid
from alongside.apps.partnership.operations.reconciling import (
    choose_ledger_columns,
    confirm_ledger,
    upload_ledger,
)
from alongside.apps.partnership.rules.reconciling import LedgerChoice
from tests.factories.agreements import make_agreement
from tests.factories.partners import make_organisation
from tests.factories.payments import make_payment, make_plan
from tests.factories.people import make_viewer
from tests.faults.racing.race import AT, RACERS, Given, Race, as_id, differs, viewer_of

LARGE = 600_000  # above what one person approves


def _agreement(amount_pence: int = 5_000_000) -> Agreement:
    name = f"Group {uuid4().hex[:12]}"
    return make_agreement(organisation_id=make_organisation(name).id, amount_pence=amount_pence)


def _people(role: str) -> str:
    return ",".join(str(make_viewer(role).own_id) for _ in range(RACERS))


def _one_of(given: Given, name: str, place: int) -> Given:
    return {"by": given[name].split(",")[place]}


def _to_ask() -> Given:
    lead = make_viewer("engagement_lead")
    return {"agreement": str(_agreement(150_000).id), "by": str(lead.own_id), "key": str(uuid4())}


def _ask_once(given: Given, _place: int) -> None:
    plan = make_plan(as_id(given, "agreement"))
    ask_for_payment(plan=plan, request_key=as_id(given, "key"), by=viewer_of(given), at=AT)


def _ask_anew(given: Given, _place: int) -> None:
    plan = make_plan(as_id(given, "agreement"))
    ask_for_payment(plan=plan, request_key=uuid4(), by=viewer_of(given), at=AT)


def _is_one(given: Given) -> str:
    found = Payment.objects.filter(agreement_id=given["agreement"]).count()
    return differs("payments", found, 1) or _numbers_are_whole()


def _numbers_are_whole() -> str:
    """Return words where a reference was drawn twice, or one is missing."""
    for row in PaymentNumber.objects.all():
        drawn = Payment.objects.filter(reference__startswith=f"PAY-{row.year}-").count()
        if wrong := differs(f"references of {row.year}", drawn, row.last):
            return wrong
    return ""


def _asked(amount_pence: int = 100_000) -> Given:
    payment = make_payment(agreement_id=_agreement().id, amount_pence=amount_pence)
    return {"payment": str(payment.id), "certifiers": _people("certifier")}


def _approve(given: Given, place: int) -> None:
    by = viewer_of(_one_of(given, "certifiers", place))
    approve_payment(payment_id=as_id(given, "payment"), by=by, at=AT)


def _is_approved(times: int) -> Callable[[Given], str]:
    def wrong(given: Given) -> str:
        payment = Payment.objects.get(id=given["payment"])
        steps = PaymentEvent.objects.filter(payment=payment, became__startswith="approved").count()
        people = {payment.first_approved_by_id, payment.second_approved_by_id} - {None}
        return (
            differs("state", payment.state, "approved")
            or differs("approvals", steps, times)
            or differs("approvers", len(people), times)
        )

    return wrong


def _approved() -> Given:
    payment = make_payment(state="approved", agreement_id=_agreement().id)
    return {"payment": str(payment.id), "payers": _people("finance")}


def _pay(given: Given, place: int) -> None:
    by = viewer_of(_one_of(given, "payers", place))
    record_paid(
        payment_id=as_id(given, "payment"), paid_on=AT.date(), finance_reference=f"F-{place}", by=by, at=AT
    )


def _is_paid_once(given: Given) -> str:
    payment = Payment.objects.get(id=given["payment"])
    steps = PaymentEvent.objects.filter(payment=payment, became="paid").count()
    return differs("state", payment.state, "paid") or differs("payments", steps, 1)


def _ledger() -> Given:
    finance, given = make_viewer("finance"), dict(_approved())
    payment = Payment.objects.get(id=given["payment"])
    content = f"Ref,Date,Amount\n{payment.reference},5/3/2026,1000\n".encode()
    file_id = upload_ledger(file_name="l.csv", size_bytes=len(content), parts=[content], by=finance, at=AT)
    choice = LedgerChoice("Ref", "Date", "Amount")
    choose_ledger_columns(file_id=file_id, choice=choice, by=finance, at=AT)
    return {**given, "file": str(file_id), "by": str(finance.own_id)}


def _confirm_or_pay(given: Given, place: int) -> None:
    """Let half of the racers confirm the ledger, and half write the payment down by hand."""
    if place % 2:
        _pay(given, place)
    else:
        confirm_ledger(file_id=as_id(given, "file"), by=viewer_of(given), at=AT)


def _ledger_agrees(given: Given) -> str:
    found = ReconciliationFile.objects.get(id=UUID(given["file"]))
    by_ledger = PaymentEvent.objects.filter(payment_id=given["payment"], words__contains="ledger").count()
    marked = found.matched if found.state == "confirmed" else 0
    return _is_paid_once(given) or differs("payments by the ledger", by_ledger, marked)


RACES = (
    Race("one form sent many times asks for one payment", _to_ask, _ask_once, _is_one, RACERS),
    Race("the last pounds of an agreement are asked for once", _to_ask, _ask_anew, _is_one, 1),
    Race("one person approves a payment", _asked, _approve, _is_approved(1), 1),
    Race("two people approve a large payment", lambda: _asked(LARGE), _approve, _is_approved(2), 2),
    Race("a payment is paid once", _approved, _pay, _is_paid_once, 1),
    Race("a ledger and a person pay it once", _ledger, _confirm_or_pay, _ledger_agrees, None),
)
