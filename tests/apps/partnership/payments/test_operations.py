"""Asking, approving, paying: each by another person, each once, each within its agreement."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import SYSTEM, Refused
from alongside.apps.base.rules.registry import StartGuard, registry
from alongside.apps.base.rules.starting import Blocker
from alongside.apps.partnership.models import Payment
from alongside.apps.partnership.operations.payments import (
    answer_query,
    approve_payment,
    ask_for_payment,
    cancel_payment,
    record_failed,
    record_paid,
    send_back,
)
from alongside.apps.partnership.queries.payment_sums import get_pace, get_used_amounts, sum_by_agreement
from tests.factories.agreements import make_agreement
from tests.factories.partners import make_organisation
from tests.factories.payments import AT, make_payment, make_plan
from tests.factories.people import make_viewer

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=3)


def _agreement(**changes: object):  # type: ignore[no-untyped-def]
    if changes.get("capacity") not in ("themselves",):
        changes.setdefault("organisation_id", make_organisation().id)
    return make_agreement(**changes)  # type: ignore[arg-type]


def test_a_payment_is_asked_for_approved_and_paid_by_three_people() -> None:
    lead, certifier, finance = (make_viewer(role) for role in ("engagement_lead", "certifier", "finance"))
    agreement = _agreement()
    payment_id = ask_for_payment(plan=make_plan(agreement.id), request_key=uuid4(), by=lead, at=AT)
    assert approve_payment(payment_id=payment_id, by=certifier, at=AT) == "approved"
    record_paid(payment_id=payment_id, paid_on=LATER.date(), finance_reference=" F-1 ", by=finance, at=LATER)
    paid = Payment.objects.get(id=payment_id)
    assert (paid.state, paid.finance_reference, paid.days_to_pay) == ("paid", "F-1", 3)
    assert (paid.organisation_id, paid.capacity) == (agreement.organisation_id, "organisation")
    assert [(one.was, one.became) for one in paid.events.all()] == [
        ("", "asked"), ("asked", "approved"), ("approved", "paid"),
    ]  # fmt: skip
    said = AuditLine.objects.filter(object_id=payment_id).order_by("id")
    assert {one.operation for one in said} == {"ask_for_payment", "approve_payment", "record_paid"}
    assert "phone friends" not in str([one.detail for one in said])


def test_a_form_sent_twice_pays_once() -> None:
    lead, agreement, key = make_viewer("engagement_lead"), _agreement(), uuid4()
    ids = {ask_for_payment(plan=make_plan(agreement.id), request_key=key, by=lead, at=AT) for _ in range(2)}
    assert len(ids) == Payment.objects.count() == 1


def test_references_count_up_within_a_year_and_begin_again() -> None:
    lead, agreement = make_viewer("engagement_lead"), _agreement(ends_on=date(2027, 12, 31))
    with pytest.raises(Refused):  # a refused payment takes no number
        ask_for_payment(plan=make_plan(agreement.id, amount_pence=10**9), request_key=uuid4(), by=lead, at=AT)
    for at in (AT, AT, datetime(2027, 1, 4, 9, tzinfo=UTC)):
        ask_for_payment(plan=make_plan(agreement.id, amount_pence=100), request_key=uuid4(), by=lead, at=at)
    assert sorted(Payment.objects.values_list("reference", flat=True)) == [
        "PAY-2026-00001", "PAY-2026-00002", "PAY-2027-00001",
    ]  # fmt: skip


def test_above_the_limit_a_second_different_person_approves() -> None:
    payment = make_payment(
        state="approved_once", agreement_id=_agreement(amount_pence=900_000).id, amount_pence=600_000
    )
    first = payment.first_approved_by_id
    assert payment.state == "approved_once"
    again = [one for one in (make_viewer("certifier"),)]
    assert approve_payment(payment_id=payment.id, by=again[0], at=AT) == "approved"
    approved = Payment.objects.get(id=payment.id)
    assert approved.second_approved_by_id not in (None, first, approved.asked_by_id)


def test_nobody_approves_twice_or_what_they_asked_for() -> None:
    both = make_viewer("engagement_lead", "certifier")
    mine = make_payment(lead=both)
    with pytest.raises(Refused, match="You asked for this payment"):
        approve_payment(payment_id=mine.id, by=both, at=AT)
    certifier = make_viewer("certifier")
    large = make_payment(
        state="approved_once",
        certifier=certifier,
        agreement_id=_agreement(amount_pence=900_000).id,
        amount_pence=600_000,
    )
    with pytest.raises(Refused, match="a second person"):
        approve_payment(payment_id=large.id, by=certifier, at=AT)
    with pytest.raises(Refused, match="never the system"):
        approve_payment(payment_id=large.id, by=SYSTEM, at=AT)
    with pytest.raises(Refused, match="already “approved”"):
        approve_payment(payment_id=make_payment(state="approved").id, by=certifier, at=AT)


def test_whoever_asked_or_alone_approved_does_not_say_that_it_was_paid() -> None:
    finance, all_of_it = make_viewer("finance"), make_viewer("engagement_lead", "finance")
    mine = make_payment(state="approved", lead=all_of_it)
    with pytest.raises(Refused, match="You asked for this payment"):
        record_paid(payment_id=mine.id, paid_on=AT.date(), finance_reference="", by=all_of_it, at=AT)
    approved = make_payment(state="approved", certifier=finance)
    with pytest.raises(Refused, match="You alone approved"):
        record_paid(payment_id=approved.id, paid_on=AT.date(), finance_reference="", by=finance, at=AT)
    with pytest.raises(Refused, match="never the system"):
        record_paid(payment_id=approved.id, paid_on=AT.date(), finance_reference="", by=SYSTEM, at=AT)


def test_nothing_is_paid_before_it_is_approved_in_the_future_or_before_the_agreement() -> None:
    finance = make_viewer("finance")
    for state, paid_on, words in (
        ("asked", AT.date(), "cannot become “paid”"),
        ("approved", date(2026, 12, 1), "has not come yet"),
        ("approved", date(2025, 12, 31), "holds from 1 January 2026"),
    ):
        payment = make_payment(state=state)
        with pytest.raises(Refused, match=words):
            record_paid(payment_id=payment.id, paid_on=paid_on, finance_reference="", by=finance, at=AT)
    with pytest.raises(Refused, match="at most 60"):
        record_paid(payment_id=payment.id, paid_on=AT.date(), finance_reference="x" * 61, by=finance, at=AT)


def test_an_agreement_that_ended_early_stops_approval_and_payment() -> None:
    asked, approved = make_payment(), make_payment(state="approved")
    for payment in (asked, approved):
        payment.agreement.state = "terminated"
        payment.agreement.save()
    with pytest.raises(Refused, match=r"terminated.*Certified and signed before"):
        approve_payment(payment_id=asked.id, by=make_viewer("certifier"), at=AT)
    with pytest.raises(Refused, match="nothing may be paid under it"):
        record_paid(
            payment_id=approved.id, paid_on=AT.date(), finance_reference="", by=make_viewer("finance"), at=AT
        )


def test_a_question_is_answered_and_then_approved_afresh() -> None:
    payment = make_payment(
        state="approved_once", agreement_id=_agreement(amount_pence=900_000).id, amount_pence=600_000
    )
    send_back(payment_id=payment.id, question="Which months?", by=make_viewer("finance"), at=AT)
    queried = Payment.objects.get(id=payment.id)
    assert (queried.state, queried.first_approved_by_id) == ("queried", None)
    answer_query(payment_id=payment.id, answer="January to June.", by=make_viewer("engagement_lead"), at=AT)
    assert Payment.objects.get(id=payment.id).state == "asked"
    with pytest.raises(Refused, match="Write what you need to know"):
        send_back(payment_id=payment.id, question=" ", by=make_viewer("finance"), at=AT)
    with pytest.raises(Refused, match="at most 1,000"):
        send_back(payment_id=payment.id, question="x" * 1001, by=make_viewer("finance"), at=AT)


def test_a_failed_payment_is_paid_again_or_cancelled() -> None:
    finance = make_viewer("finance")
    failed = make_payment(state="failed", finance=finance)
    record_paid(payment_id=failed.id, paid_on=LATER.date(), finance_reference="", by=finance, at=LATER)
    record_failed(payment_id=failed.id, reason="It came back", by=finance, at=LATER)
    came_back = Payment.objects.get(id=failed.id)
    assert (came_back.paid_on, came_back.days_to_pay) == (None, None)
    cancel_payment(payment_id=failed.id, reason="The group closed", by=make_viewer("certifier"), at=LATER)
    assert get_used_amounts(failed.agreement_id, currency="GBP").money_pence == 0


def test_no_role_does_more_than_its_part() -> None:
    payment, partner = make_payment(), make_viewer("patient_partner")
    lead, auditor = make_viewer("engagement_lead"), make_viewer("auditor")
    for call in (
        lambda: ask_for_payment(plan=make_plan(payment.agreement_id), request_key=uuid4(), by=auditor, at=AT),
        lambda: approve_payment(payment_id=payment.id, by=lead, at=AT),
        lambda: record_paid(payment_id=payment.id, paid_on=AT.date(), finance_reference="", by=lead, at=AT),
        lambda: record_failed(payment_id=payment.id, reason="x", by=lead, at=AT),
        lambda: send_back(payment_id=payment.id, question="?", by=lead, at=AT),
        lambda: answer_query(payment_id=payment.id, answer="!", by=auditor, at=AT),
        lambda: cancel_payment(payment_id=payment.id, reason="x", by=partner, at=AT),
    ):
        with pytest.raises(Refused, match="Your role does not let you"):
            call()
    with pytest.raises(Refused, match="no such payment"):
        approve_payment(payment_id=uuid4(), by=make_viewer("certifier"), at=AT)


def test_bank_details_are_refused_in_every_words_field() -> None:
    lead, agreement, details = make_viewer("engagement_lead"), _agreement(), "Pay 20-45-53 12345678"
    for changes in ({"description": details}, {"affiliate": details}):
        with pytest.raises(Refused, match="never kept here"):
            ask_for_payment(plan=make_plan(agreement.id, **changes), request_key=uuid4(), by=lead, at=AT)
    payment = make_payment(state="approved")
    with pytest.raises(Refused, match="never kept here"):
        send_back(payment_id=payment.id, question=details, by=make_viewer("finance"), at=AT)
    with pytest.raises(Refused, match="never kept here"):
        record_paid(
            payment_id=payment.id,
            paid_on=AT.date(),
            finance_reference=details,
            by=make_viewer("finance"),
            at=AT,
        )


def test_a_guard_of_another_room_is_asked_before_anything_is_written() -> None:
    def _guard(viewer: object, starting: object) -> list[Blocker]:
        return [Blocker("A rule", "The paper is missing.", "Write it.")]

    registry.add_start_guard(StartGuard("made.up", 1, f"{__name__}.guard_for_test"))
    globals()["guard_for_test"] = _guard
    try:
        with pytest.raises(Refused, match=r"The paper is missing\. Write it\."):
            make_payment()
    finally:
        del registry.start_guards["made.up"]
    assert Payment.objects.count() == 0


def test_what_is_blocked_says_the_rule_the_reason_and_the_remedy() -> None:
    lead = make_viewer("engagement_lead")
    agreement = _agreement(state="certified")
    with pytest.raises(Refused) as refusal:
        ask_for_payment(plan=make_plan(agreement.id), request_key=uuid4(), by=lead, at=AT)
    assert "“certified”, so it is not in force" in refusal.value.reason
    assert "signed by both sides" in refusal.value.reason
    assert "ABPI Code 2024" in refusal.value.reason


def test_the_last_pounds_are_asked_for_once() -> None:
    lead, agreement = make_viewer("engagement_lead"), _agreement(amount_pence=150_000)
    first = make_payment(lead=lead, agreement_id=agreement.id)
    with pytest.raises(Refused, match="still allows £500"):
        make_payment(lead=lead, agreement_id=agreement.id)
    cancel_payment(payment_id=first.id, reason="Not needed", by=lead, at=AT)
    make_payment(lead=lead, agreement_id=agreement.id, amount_pence=150_000)
    sums = sum_by_agreement(lead, [agreement.id])[agreement.id]
    assert (sums.paid_pence, sums.waiting_pence, sums.payments) == (0, 150_000, 2)


def test_the_pace_counts_from_the_claim() -> None:
    finance = make_viewer("finance")
    make_payment(state="paid", paid_on=AT.date() + timedelta(days=4))
    make_payment(
        state="paid", paid_on=AT.date() + timedelta(days=4), claimed_on=AT.date() - timedelta(days=40)
    )
    pace = get_pace(finance, date(2026, 6, 1))
    assert (pace.payments, pace.median_days, pace.within_percent, pace.limit_days) == (2, 24, 50, 30)
    assert get_pace(finance, date(2028, 6, 1)).payments == 0
    assert get_pace(make_viewer("patient_partner"), date(2026, 6, 1)).payments == 0
