"""What is read about paid work: sums for people, days to pay, the day, a partner's side, a person's data."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.apps.base.rules import SYSTEM, Viewer
from alongside.apps.base.rules.subjects import Subject
from alongside.apps.partnership.models import ExpenseLine, Payment, ServiceClaim, ServiceOffer
from alongside.apps.partnership.operations.payments import approve_payment, record_paid
from alongside.apps.partnership.operations.services.answers import accept_offer, decline_offer
from alongside.apps.partnership.operations.services.claims import send_claim_back
from alongside.apps.partnership.operations.services.needs import write_need
from alongside.apps.partnership.operations.services.personal import ERASED, erase
from alongside.apps.partnership.operations.services.rates import add_shipped_cards
from alongside.apps.partnership.queries.services import sum_for_people
from alongside.apps.partnership.queries.services.claims import get_claim
from alongside.apps.partnership.queries.services.day import list_day
from alongside.apps.partnership.queries.services.days import get_days_to_pay
from alongside.apps.partnership.queries.services.needs import get_need, list_needs
from alongside.apps.partnership.queries.services.offers import (
    OfferFilters,
    get_own_offer,
    list_history,
    list_offers,
    list_own_offers,
    view_offers,
)
from alongside.apps.partnership.queries.services.partner import collect_shared, list_timeline
from alongside.apps.partnership.queries.services.people import list_people_to_ask
from alongside.apps.partnership.queries.services.personal import collect
from alongside.apps.partnership.queries.services.rates import (
    get_rate_card,
    list_missing_cards,
    list_rate_cards,
    list_rate_choices,
    list_scheme_names,
)
from alongside.apps.partnership.rules.services import Choice
from tests.factories.paid_work import (
    TODAY,
    give_agreement,
    make_checked,
    make_claim,
    make_done,
    make_lead,
    make_need,
    make_offer,
    make_patient,
    need_terms,
    say_yes,
)
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Viewer:
    return make_lead()


@pytest.fixture
def farah() -> Viewer:
    return make_patient()


def pay(payments: Sequence[object], on: date = TODAY) -> None:
    finance, payer = make_viewer("finance"), make_viewer("finance")
    at = NOW + (on - TODAY)
    for one in payments:
        approve_payment(payment_id=one, by=finance, at=NOW)  # type: ignore[arg-type]
        record_paid(payment_id=one, paid_on=on, finance_reference="F1", by=payer, at=at)  # type: ignore[arg-type]


def test_people_are_summed_by_group_fees_and_expenses_apart_and_nobody_twice(
    lead: Viewer, farah: Viewer
) -> None:
    _offer, payments = make_checked(lead, farah, Choice("part", 2000))
    pay([*payments])
    offer_id = make_done(lead, farah, standing="public")
    group = make_organisation()
    by_group = make_done(lead, make_partner_user(group.id), capacity="representing", organisation_id=group.id)
    carer, _claim = make_checked(lead, make_patient("Sheila"))
    ServiceOffer.objects.filter(id=carer).update(standing="carer")
    pay(list(Payment.objects.filter(state="asked").values_list("id", flat=True)))
    lines = {one.group: one for one in sum_for_people(TODAY.year)}
    # The slow way: every paid payment to a person, by hand.
    paid = Payment.objects.filter(person__isnull=False, state="paid")
    assert lines["patients"].individuals == len({one.person_id for one in paid}) == 2
    assert (
        lines["patients"].fees_pence
        == sum(one.amount_pence or 0 for one in paid if one.category == "fee")
        == 7500
    )
    assert lines["patients"].expenses_pence == 2480
    assert all(title.startswith("Read a leaflet") for title in lines["patients"].services)
    assert lines["public"].individuals == lines["journalists"].individuals == 0
    assert all(one.individuals == 0 for one in sum_for_people(TODAY.year - 1))
    assert ServiceOffer.objects.filter(id__in=[offer_id, by_group]).count() == 2


def test_somebody_paid_without_an_offer_is_counted_where_the_content_says(
    lead: Viewer, farah: Viewer
) -> None:
    _offer, payments = make_checked(lead, farah)
    Payment.objects.update(source_kind="", source_id=None)
    pay([*payments])
    assert {one.group: one.individuals for one in sum_for_people(TODAY.year)}["public"] == 1


def test_days_to_pay_count_from_the_claim_to_the_last_payment(lead: Viewer, farah: Viewer) -> None:
    _first, payments = make_checked(lead, farah)
    pay(payments[:1], TODAY + timedelta(days=1))
    found = get_days_to_pay(lead, TODAY + timedelta(days=5))
    assert (found.paid, found.late_open) == (0, 0)
    pay(payments[1:], TODAY + timedelta(days=4))
    make_claim(lead, make_patient("Idris"))
    found = get_days_to_pay(lead, TODAY + timedelta(days=40))
    assert (found.paid, found.median_days, found.share_within, found.late_open) == (1, 4, 100, 1)
    own = get_days_to_pay(farah, TODAY + timedelta(days=40))
    assert (own.paid, own.late_open) == (1, 0)
    assert get_days_to_pay(lead, TODAY + timedelta(days=400)).paid == 0


def stages(lead: Viewer) -> dict[str, set[str]]:
    views = view_offers(lead, list_offers(lead, OfferFilters()))
    return {one.stage: {two.offer.reference for two in views if two.stage == one.stage} for one in views}


def test_each_filter_of_how_far_finds_exactly_what_the_page_says(lead: Viewer) -> None:
    people = [make_patient(f"Person {number}") for number in range(8)]
    make_offer(lead, people[0])
    say_yes(people[1], make_offer(lead, people[1]))
    make_done(lead, people[2])
    make_claim(lead, people[3])
    make_checked(lead, people[4])
    _offer, paid = make_checked(lead, people[5])
    pay([*paid])
    decline_offer(offer_id=make_offer(lead, people[6]), by=people[6], at=NOW)
    ready = make_offer(lead, people[7])
    say_yes(people[7], ready, Choice("charity", charity_name="Halfpenny"))
    give_agreement(ready)
    by_page = stages(lead)
    assert set(by_page) == {
        "unanswered",
        "agreement",
        "unclaimed",
        "to_check",
        "paying",
        "paid",
        "declined",
        "ready",
    }
    for stage in set(by_page) - {"agreement", "ready"}:
        found = {one.reference for one in list_offers(lead, OfferFilters(stage=stage))}
        assert found == by_page[stage], stage
    both = {one.reference for one in list_offers(lead, OfferFilters(stage="agreement"))}
    assert both == by_page["agreement"] | by_page["ready"]
    assert list_offers(lead, OfferFilters(stage="gifts")).count() == 0
    assert (
        list_offers(lead, OfferFilters(words="Person 3", capacity="themselves", standing="patient")).count()
        == 1
    )
    assert list_offers(lead, OfferFilters(capacity="representing")).count() == 0


def test_lists_ask_no_more_for_thirty_rows_than_for_three(lead: Viewer) -> None:
    def count(number: int) -> tuple[int, int]:
        while ServiceOffer.objects.count() < number:
            make_claim(lead, make_patient())
        with CaptureQueriesContext(connection) as offers:
            view_offers(lead, list_offers(lead, OfferFilters())[:50])
        with CaptureQueriesContext(connection) as needs:
            list(list_needs(lead)[:50])
        return len(offers), len(needs)

    assert count(2) == count(9)


def test_a_person_sees_their_own_work_and_nobody_elses(lead: Viewer, farah: Viewer) -> None:
    offer_id = make_offer(lead, farah)
    idris = make_patient("Idris")
    assert [one.offer.id for one in list_own_offers(farah)] == [offer_id]
    assert list_own_offers(idris) == []
    assert get_own_offer(idris, offer_id) is None
    assert get_own_offer(make_viewer("auditor"), offer_id) is None
    assert list(list_offers(make_viewer("clinician"), OfferFilters())) == []
    assert list_people_to_ask(farah) == []
    assert list(list_needs(farah)) == []
    assert get_need(farah, make_need(lead)) is None
    history = list_history(lead, ServiceOffer.objects.get(id=offer_id))
    assert [(one.became, one.who) for one in history] == [("offered", lead.name)]


def test_a_draft_claim_is_nobodys_but_its_persons(lead: Viewer, farah: Viewer) -> None:
    offer_id = make_done(lead, farah)
    claim = ServiceClaim.objects.create(offer_id=offer_id, begun_at=NOW)
    assert get_claim(lead, claim.id) is None
    assert get_claim(farah, claim.id) is not None


def test_everybodys_day_says_what_waits_for_them(lead: Viewer, farah: Viewer) -> None:
    gareth, finance = make_lead("Gareth"), make_viewer("finance")
    late = make_offer(lead, farah)
    waiting = make_patient("Idris")
    say_yes(waiting, make_offer(lead, waiting))
    claiming = make_patient("Ceri")
    _offer, claim_id = make_claim(lead, claiming)
    write_need(terms=need_terms("To approve"), by=gareth, at=NOW)
    tomorrow = TODAY + timedelta(days=1)
    assert [one.group for one in list_day(farah, tomorrow)] == ["late"]
    assert "No answer yet; it was asked for by" in [one.detail for one in list_day(lead, tomorrow)]
    titles = [one.title for one in list_day(lead, tomorrow)]
    assert "Claim of Ceri" in titles
    assert "To approve" in titles
    assert "To approve" not in [one.title for one in list_day(gareth, tomorrow)]
    send_claim_back(claim_id=claim_id, question="Which train?", by=lead, at=NOW)
    assert len(list_day(claiming, tomorrow)) == 1
    done = make_patient("Dilys")
    make_done(lead, done)
    assert "Claim your fee" in list_day(done, tomorrow)[0].detail
    add_shipped_cards(by=finance, at=NOW)
    assert list_day(finance, date(2025, 12, 1)) == []  # the next card is there
    from_card = list_rate_cards(finance).filter(valid_to=None)
    from_card.update(valid_to=tomorrow)
    assert [one.on for one in list_day(finance, TODAY)] == [tomorrow]
    assert list_day(make_viewer("clinician"), TODAY) == []
    assert late


def test_rates_are_offered_as_they_hold_on_a_day(lead: Viewer, farah: Viewer) -> None:
    finance = make_viewer("finance")
    assert len(list_missing_cards(finance)) == 2
    assert list_missing_cards(lead) == []
    add_shipped_cards(by=finance, at=NOW)
    assert list_missing_cards(finance) == []
    assert [one.amount_pence for one in list_rate_choices(lead, date(2025, 12, 15))][:2] == [1250, 2500]
    assert [one.amount_pence for one in list_rate_choices(lead, date(2025, 12, 16))][:2] == [1380, 2750]
    assert list_rate_choices(farah, TODAY) == []
    assert list_scheme_names(lead) == ["NIHR"]
    card = list_rate_cards(lead)[0]
    assert get_rate_card(lead, card.id) == card
    assert get_rate_card(farah, card.id) is None


def test_a_partner_sees_work_done_on_its_behalf_and_nothing_of_another(lead: Viewer) -> None:
    group, other = make_organisation(), make_organisation()
    bron, outsider = make_partner_user(group.id), make_partner_user(other.id)
    offer_id = make_offer(lead, bron, capacity="representing", organisation_id=group.id)
    accept_offer(offer_id=offer_id, choice=Choice("all"), by=bron, at=NOW)
    second = make_offer(lead, bron, capacity="representing", organisation_id=group.id, fee_pence=None)
    decline_offer(offer_id=second, by=bron, at=NOW)
    both = [group.id, other.id]
    assert [one.is_shared for one in list_timeline(lead, both, TODAY)] == [False, True]
    assert [one.title for one in list_timeline(bron, both)] == ["Read a leaflet with us"]
    assert list_timeline(outsider, both) == []
    assert list_timeline(lead, both, TODAY + timedelta(days=1)) == []
    (row,) = collect_shared(bron, group.id).rows
    assert row[5] == "55.00"
    assert collect_shared(outsider, group.id).rows == ()
    assert len(collect_shared(lead, group.id).rows) == 1


def test_a_person_is_told_all_and_an_erasure_leaves_amounts_and_days(lead: Viewer, farah: Viewer) -> None:
    add_shipped_cards(by=make_viewer("finance"), at=NOW)
    _offer, claim_id = make_claim(lead, farah, Choice("charity", charity_name="Secret charity"))
    send_claim_back(claim_id=claim_id, question="Which train, Farah?", by=lead, at=NOW)
    ServiceOffer.objects.update(answer_words="My skin is bad in winter")
    ExpenseLine.objects.update(need_words="A sitter for Tom")
    subject = Subject(person_ids=frozenset({farah.own_id}))
    told = " ".join(value for one in collect(subject) for _label, value in one.fields)
    secrets = ("My skin is bad", "Train to Larkmoor", "A sitter for Tom", "Which train, Farah?")
    for words in (*secrets, "Secret charity", "benefits/1"):
        assert words in told
    assert [one.table for one in collect(Subject(person_ids=frozenset({lead.own_id})))] == [
        "partnership_service_need"
    ]
    for _again in range(2):
        erase(subject, by=SYSTEM, at=NOW)
    told = " ".join(value for one in collect(subject) for _label, value in one.fields)
    for words in ("My skin is bad", "Train to Larkmoor", "A sitter for Tom", "Which train, Farah?"):
        assert words not in told
    assert ExpenseLine.objects.get().amount_pence == 1240
    assert ServiceOffer.objects.get().ask == ERASED
