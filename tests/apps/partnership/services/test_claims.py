"""Claims, their payments, and gifts to a charity, through the operations."""

from datetime import timedelta
from uuid import uuid4

import pytest

from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.partnership.models import (
    ExpenseLine,
    Payment,
    ServiceClaim,
    ServiceOffer,
)
from alongside.apps.partnership.operations.payments import approve_payment, record_paid
from alongside.apps.partnership.operations.services.claims import (
    add_expense,
    check_claim,
    choose_charity,
    drop_expense,
    give_to_charity,
    send_claim,
    send_claim_back,
)
from alongside.apps.partnership.operations.services.offers import (
    finish_work,
    start_work,
)
from alongside.apps.partnership.queries.services.offers import get_offer
from alongside.apps.partnership.rules.services import Choice
from tests.factories.agreements import make_agreement
from tests.factories.paid_work import (
    TODAY,
    give_agreement,
    line_terms,
    make_checked,
    make_claim,
    make_done,
    make_lead,
    make_offer,
    make_patient,
    say_yes,
)
from tests.factories.partners import make_organisation
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Viewer:
    return make_lead()


@pytest.fixture
def farah() -> Viewer:
    return make_patient()


def test_fee_and_expenses_become_two_payments_and_checking_twice_pays_once(
    lead: Viewer, farah: Viewer
) -> None:
    offer_id, claim_id = make_claim(lead, farah, Choice("part_charity", 2000, charity_name="Halfpenny"))
    check_claim(claim_id=claim_id, seen=[one.id for one in ExpenseLine.objects.all()], by=lead, at=NOW)
    with pytest.raises(Refused, match="checked this claim already"):
        check_claim(claim_id=claim_id, seen=[], by=lead, at=NOW)
    found = {one.category: one for one in Payment.objects.all()}
    assert {key: one.amount_pence for key, one in found.items()} == {"fee": 2000, "expense": 1240}
    assert {one.person_id for one in found.values()} == {farah.own_id}
    assert found["fee"].due_on == TODAY + timedelta(days=30)
    assert ExpenseLine.objects.get().is_receipt_seen
    with pytest.raises(Refused):  # whoever asked does not approve, whatever else they may
        approve_payment(payment_id=found["fee"].id, by=lead, at=NOW)
    offer = get_offer(lead, offer_id)
    assert offer is not None
    assert (offer.stage, offer.kept_pence, offer.owed_pence) == ("paying", 0, 3240)


def test_a_claim_comes_back_with_a_question_and_keeps_its_first_day(lead: Viewer, farah: Viewer) -> None:
    offer_id, claim_id = make_claim(lead, farah)
    with pytest.raises(Refused, match="being checked"):
        add_expense(offer_id=offer_id, terms=line_terms(), by=farah, at=NOW, on=TODAY)
    line = ExpenseLine.objects.get()
    with pytest.raises(Refused, match="has been sent"):
        drop_expense(expense_id=line.id, by=farah, at=NOW)
    send_claim_back(claim_id=claim_id, question="Was that both ways?", by=lead, at=NOW)
    with pytest.raises(Refused, match="no such expense"):
        drop_expense(expense_id=line.id, by=make_patient("Idris"), at=NOW)
    assert drop_expense(expense_id=line.id, by=farah, at=NOW) == offer_id
    with pytest.raises(Refused, match="no such expense"):
        drop_expense(expense_id=line.id, by=farah, at=NOW)
    send_claim(offer_id=offer_id, by=farah, at=NOW + timedelta(days=3))
    again = ServiceClaim.objects.get(id=claim_id)
    assert (again.state, again.sent_at, again.fee_pence) == ("sent", NOW, 5500)
    with pytest.raises(Refused, match="no such claim"):
        check_claim(claim_id=uuid4(), seen=[], by=lead, at=NOW)


def test_expenses_can_be_claimed_before_the_work_and_the_fee_only_once_after(
    lead: Viewer, farah: Viewer
) -> None:
    offer_id = make_offer(lead, farah)
    with pytest.raises(Refused, match="nothing to claim for this work"):
        send_claim(offer_id=offer_id, by=farah, at=NOW)
    say_yes(farah, offer_id)
    give_agreement(offer_id)
    add_expense(offer_id=offer_id, terms=line_terms(), by=farah, at=NOW, on=TODAY)
    early = send_claim(offer_id=offer_id, by=farah, at=NOW)
    assert len(check_claim(claim_id=early, seen=[], by=lead, at=NOW)) == 1
    start_work(offer_id=offer_id, by=lead, at=NOW, on=TODAY)
    finish_work(offer_id=offer_id, done_on=TODAY, by=lead, at=NOW, on=TODAY)
    late = send_claim(offer_id=offer_id, by=farah, at=NOW)
    check_claim(claim_id=late, seen=[], by=lead, at=NOW)
    with pytest.raises(Refused, match="nothing to claim yet"):
        send_claim(offer_id=offer_id, by=farah, at=NOW)
    assert sorted(Payment.objects.values_list("category", "amount_pence")) == [
        ("expense", 1240),
        ("fee", 5500),
    ]


def test_a_gift_is_our_donation_to_the_charity_under_our_own_agreement(lead: Viewer, farah: Viewer) -> None:
    charity, group = make_organisation("Halfpenny Steps", kind="charity"), make_organisation()
    offer_id = make_done(lead, farah, Choice("charity", charity_name="The Halfpenny Steps"))
    service = ServiceOffer.objects.get(id=offer_id).agreement_id
    assert service is not None
    with pytest.raises(Refused, match="not among our partners"):
        give_to_charity(offer_id=offer_id, agreement_id=service, by=lead, at=NOW)
    choose_charity(offer_id=offer_id, charity_id=charity.id, by=lead, at=NOW)
    with pytest.raises(Refused, match="No charity waits"):
        choose_charity(offer_id=offer_id, charity_id=group.id, by=lead, at=NOW)
    with pytest.raises(Refused, match="cannot be asked for"):  # it is with the person
        give_to_charity(offer_id=offer_id, agreement_id=service, by=lead, at=NOW)
    donation = make_agreement(kind="donation", organisation_id=charity.id)
    payment_id = give_to_charity(offer_id=offer_id, agreement_id=donation.id, by=lead, at=NOW)
    gift = Payment.objects.get(id=payment_id)
    assert (gift.category, gift.organisation_id) == ("donation", charity.id)
    assert (gift.person_id, gift.amount_pence) == (None, 5500)
    with pytest.raises(Refused, match="asked for already"):
        give_to_charity(offer_id=offer_id, agreement_id=donation.id, by=lead, at=NOW)


def test_a_gift_nobody_asked_for_or_before_the_work_is_refused(lead: Viewer, farah: Viewer) -> None:
    with pytest.raises(Refused, match="Nobody asked"):
        give_to_charity(offer_id=make_done(lead, farah), agreement_id=uuid4(), by=lead, at=NOW)
    charity = make_organisation("Halfpenny", kind="charity")
    offer_id = make_offer(lead, farah)
    with pytest.raises(Refused, match="Choose a charity from the list"):
        say_yes(farah, offer_id, Choice("charity", charity_id=make_organisation().id))
    say_yes(farah, offer_id, Choice("charity", charity_id=charity.id))
    with pytest.raises(Refused, match="follows the work"):
        give_to_charity(offer_id=offer_id, agreement_id=uuid4(), by=lead, at=NOW)


def test_paid_money_ends_the_story_with_its_day(lead: Viewer, farah: Viewer) -> None:
    offer_id, payments = make_checked(lead, farah)
    finance, payer = make_viewer("finance"), make_viewer("finance")
    for payment_id in payments:
        approve_payment(payment_id=payment_id, by=finance, at=NOW)
        record_paid(payment_id=payment_id, paid_on=TODAY, finance_reference="F1", by=payer, at=NOW)
    found = get_offer(lead, offer_id)
    assert found is not None
    assert (found.stage, found.owed_pence, found.claims[0].paid_on) == ("paid", 0, TODAY)


def test_a_claim_without_an_agreement_is_never_paid(lead: Viewer, farah: Viewer) -> None:
    offer_id, claim_id = make_claim(lead, farah)
    ServiceOffer.objects.filter(id=offer_id).update(agreement=None)
    with pytest.raises(Refused, match="nothing can be paid"):
        check_claim(claim_id=claim_id, seen=[], by=lead, at=NOW)
