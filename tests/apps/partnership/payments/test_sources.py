"""What payments tell other rooms: timelines, relationships, a day, search, and what a person is told and loses."""

from datetime import date, timedelta

import pytest

from alongside.apps.base.rules import SYSTEM
from alongside.apps.base.rules.subjects import Subject
from alongside.apps.partnership.models import Payment, ReconciliationRow
from alongside.apps.partnership.operations.payments import send_back
from alongside.apps.partnership.operations.payments_personal import erase_payments
from alongside.apps.partnership.queries.payment_sources import (
    find_payments,
    judge_health,
    list_day,
    list_timeline,
)
from alongside.apps.partnership.queries.payments_personal import collect_payments
from alongside.apps.partnership.queries.payments_received import collect_received
from tests.apps.partnership.payments.test_reconciling import bring, row_of
from tests.factories.agreements import make_agreement
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.payments import AT, make_payment
from tests.factories.people import make_viewer

pytestmark = pytest.mark.django_db
LONG_AFTER = AT.date() + timedelta(days=90)


def test_a_timeline_shows_what_was_paid_to_whoever_may_see_it() -> None:
    ours, theirs = make_organisation(), make_organisation()
    for organisation in (ours, theirs):
        make_payment(organisation_id=organisation.id, state="paid")
        make_payment(organisation_id=organisation.id)
    ids, since = [ours.id, theirs.id], date(2026, 1, 1)
    assert len(list_timeline(make_viewer("finance"), ids, since)) == 2
    (own,) = list_timeline(make_partner_user(ours.id), ids, since)
    assert (own.organisation_id, own.is_shared, own.title) == (ours.id, True, "£1,000: grant")
    assert list_timeline(make_viewer("finance"), ids, date(2026, 12, 1)) == []
    assert collect_received(make_partner_user(ours.id), theirs.id).rows == ()
    assert len(collect_received(make_partner_user(ours.id), ours.id).rows) == 1


def test_late_payments_strain_a_relationship() -> None:
    late = make_organisation()
    make_payment(organisation_id=late.id)
    finance = make_viewer("finance")
    (reason,) = judge_health(finance, [late.id, make_organisation().id], LONG_AFTER)
    assert (reason.organisation_id, reason.words, reason.weight) == (late.id, "1 payment late", 2)
    assert judge_health(finance, [late.id], AT.date()) == []


def test_the_day_names_what_waits_and_counts_the_rest() -> None:
    finance = make_viewer("finance")
    agreement = make_agreement(organisation_id=make_organisation("Side Door").id)
    for _ in range(7):
        make_payment(state="approved", agreement_id=agreement.id, amount_pence=1_000)
    day = list_day(finance, AT.date())
    assert len(day) == 6
    assert day[0].title == "Side Door: £10: grant"
    assert day[-1].title == "2 more payments wait for you"
    assert list_day(make_viewer("owner"), AT.date()) == []


def test_a_payment_is_found_by_its_words() -> None:
    paid = make_payment(description="Phone friends", state="paid")
    (hit,) = find_payments(make_viewer("auditor"), paid.reference.lower(), 5)
    assert "Phone friends" in hit.excerpt
    assert find_payments(make_viewer("owner"), "phone", 5) == []


def test_the_law_keeps_a_payment_and_the_words_about_it_go() -> None:
    person, finance = make_viewer("patient_partner"), make_viewer("finance")
    agreement = make_agreement(kind="service", capacity="themselves", person_id=person.own_id)
    payment = make_payment(agreement_id=agreement.id, category="fee", state="approved")
    bring(finance, [row_of(payment, amount="999")])
    send_back(payment_id=payment.id, question="Did she really come?", by=finance, at=AT)
    subject = Subject(person_ids=frozenset({person.own_id}))
    held = {one.table for one in collect_payments(subject)}
    assert held == {"partnership_payment", "partnership_reconciliation_row"}
    erased = {one.table: one for one in erase_payments(subject, by=SYSTEM, at=AT)}
    assert erased["partnership_payment"].kept == 1
    assert "legal obligation" in erased["partnership_payment"].because
    assert erased["partnership_payment_event"].erased == 1
    assert erased["partnership_reconciliation_row"].erased == 1
    assert not payment.events.exclude(words="").exists()
    assert ReconciliationRow.objects.get(payment=payment).cells == []
    assert Payment.objects.get(id=payment.id).amount_pence == 100_000
    again = {one.table: one.erased for one in erase_payments(subject, by=SYSTEM, at=AT)}
    assert set(again.values()) == {0}
    acts = {one.table for one in collect_payments(Subject(person_ids=frozenset({finance.own_id})))}
    assert acts == {"partnership_payment_event", "partnership_reconciliation_file"}
