"""Needs, offers, answers, work that begins and ends, through the operations."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.partnership.bridge.paid_work import list_shipped_cards
from alongside.apps.partnership.models import (
    NoticeReading,
    Payment,
    RateCard,
    RateLine,
    ServiceNeed,
    ServiceOffer,
)
from alongside.apps.partnership.operations.services.answers import (
    accept_offer,
    decline_offer,
    record_notice_shown,
)
from alongside.apps.partnership.operations.services.claims import (
    add_expense,
    check_claim,
    send_claim,
)
from alongside.apps.partnership.operations.services.needs import (
    approve_need,
    change_need,
    close_need,
    write_need,
)
from alongside.apps.partnership.operations.services.offers import (
    draft_offer_agreement,
    finish_work,
    offer_work,
    start_work,
    use_agreement,
    withdraw_offer,
)
from alongside.apps.partnership.operations.services.rates import (
    add_rate_card,
    add_shipped_cards,
    end_rate_card,
)
from alongside.apps.partnership.queries.services.offers import get_offer
from alongside.apps.partnership.rules.services import CardTerms, Choice, LineWords
from tests.factories.agreements import make_agreement
from tests.factories.paid_work import (
    ALL,
    TODAY,
    give_agreement,
    line_terms,
    make_lead,
    make_need,
    make_offer,
    make_patient,
    need_terms,
    offer_terms,
    say_yes,
)
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db
LINES = (LineWords("hour", "An hour", 2750),)


@pytest.fixture
def lead() -> Viewer:
    return make_lead()


@pytest.fixture
def farah() -> Viewer:
    return make_patient()


def card(first: date, last: date | None = None, title: str = "Rates") -> CardTerms:
    return CardTerms("Ours", title, "our.example", first, last, LINES)


def test_cards_follow_each_other_and_an_overlap_is_refused() -> None:
    finance = make_viewer("finance")
    first = add_rate_card(terms=card(date(2025, 1, 1)), by=finance, at=NOW)
    with pytest.raises(Refused, match="already holds from 1 January 2025 with no end"):
        add_rate_card(terms=card(TODAY), by=finance, at=NOW)
    with pytest.raises(Refused, match="last day is before"):
        end_rate_card(card_id=first, last_day=date(2024, 1, 1), by=finance, at=NOW)
    end_rate_card(card_id=first, last_day=date(2025, 12, 31), by=finance, at=NOW)
    add_rate_card(terms=card(date(2026, 1, 1)), by=finance, at=NOW)
    with pytest.raises(Refused, match="has its last day already"):
        end_rate_card(card_id=first, last_day=TODAY, by=finance, at=NOW)
    with pytest.raises(Refused, match="not there"):
        end_rate_card(card_id=uuid4(), last_day=TODAY, by=finance, at=NOW)
    with pytest.raises(Refused, match="role does not let you"):
        add_rate_card(terms=card(TODAY), by=make_lead(), at=NOW)


def test_shipped_cards_are_added_once() -> None:
    finance = make_viewer("finance")
    assert add_shipped_cards(by=finance, at=NOW) == len(list_shipped_cards())
    assert add_shipped_cards(by=finance, at=NOW) == 0
    assert RateCard.objects.filter(is_shipped=True, valid_to=None).count() == 1


def test_a_need_is_approved_by_somebody_else_and_then_fixed_by_the_first_offer(
    lead: Viewer, farah: Viewer
) -> None:
    other = make_lead("Gareth")
    need_id = write_need(terms=need_terms(), by=lead, at=NOW)
    with pytest.raises(Refused, match="Somebody other than its author"):
        approve_need(need_id=need_id, by=lead, at=NOW)
    with pytest.raises(Refused, match="approved by somebody else"):
        make_offer(lead, farah, need_id=need_id)
    approve_need(need_id=need_id, by=make_viewer("certifier"), at=NOW)
    with pytest.raises(Refused, match="approved already"):
        approve_need(need_id=need_id, by=other, at=NOW)
    change_need(need_id=need_id, terms=need_terms("Another"), by=lead, at=NOW)
    assert ServiceNeed.objects.get(id=need_id).state == "draft"
    approve_need(need_id=need_id, by=other, at=NOW)
    make_offer(lead, farah, need_id=need_id)
    with pytest.raises(Refused, match="stays as it was approved"):
        change_need(need_id=need_id, terms=need_terms("A third"), by=lead, at=NOW)
    with pytest.raises(Refused, match="still has an offer"):
        close_need(need_id=need_id, use_made="Used", by=lead, at=NOW)
    with pytest.raises(Refused, match="no such need"):
        change_need(need_id=uuid4(), terms=need_terms(), by=lead, at=NOW)


def test_a_need_closes_with_what_its_work_was_used_for(lead: Viewer) -> None:
    need_id = make_need(lead)
    with pytest.raises(Refused, match="used for"):
        close_need(need_id=need_id, use_made=" ", by=lead, at=NOW)
    close_need(need_id=need_id, use_made="The leaflet was rewritten.", by=lead, at=NOW)
    with pytest.raises(Refused, match="closed already"):
        close_need(need_id=need_id, use_made="Again", by=lead, at=NOW)


def test_yes_needs_the_notice_to_have_been_shown_in_todays_words(lead: Viewer, farah: Viewer) -> None:
    offer_id = make_offer(lead, farah)
    with pytest.raises(Refused, match="First read what a payment can mean for benefits"):
        accept_offer(offer_id=offer_id, choice=ALL, by=farah, at=NOW)
    record_notice_shown(offer_id=offer_id, by=farah, at=NOW + timedelta(minutes=5))
    with pytest.raises(Refused, match="First read"):  # shown only later
        accept_offer(offer_id=offer_id, choice=ALL, by=farah, at=NOW)
    NoticeReading.objects.update(text_sha256="0" * 64)
    with pytest.raises(Refused, match="First read"):  # other words than today's
        accept_offer(offer_id=offer_id, choice=ALL, by=farah, at=NOW + timedelta(hours=1))
    record_notice_shown(offer_id=offer_id, by=farah, at=NOW)
    record_notice_shown(offer_id=offer_id, by=farah, at=NOW + timedelta(hours=1))
    assert NoticeReading.objects.exclude(text_sha256="0" * 64).get().shown_at == NOW
    accept_offer(offer_id=offer_id, choice=ALL, by=farah, at=NOW + timedelta(hours=1))
    offer = ServiceOffer.objects.get(id=offer_id)
    assert (offer.state, offer.taken_pence, offer.notice_version) == ("accepted", 5500, "benefits/1")


def test_the_database_too_refuses_a_yes_without_a_notice(lead: Viewer, farah: Viewer) -> None:
    offer_id = make_offer(lead, farah)
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceOffer.objects.filter(id=offer_id).update(state="accepted")


def test_only_the_person_answers_and_no_thank_you_needs_no_reason(lead: Viewer, farah: Viewer) -> None:
    offer_id = make_offer(lead, farah)
    for nobody in (make_patient("Idris"), lead):
        with pytest.raises(Refused):
            decline_offer(offer_id=offer_id, by=nobody, at=NOW)
    with pytest.raises(Refused, match="no such offer"):
        accept_offer(offer_id=uuid4(), choice=ALL, by=farah, at=NOW)
    decline_offer(offer_id=offer_id, by=farah, at=NOW)
    with pytest.raises(Refused, match="was declined"):
        say_yes(farah, offer_id)
    assert AuditLine.objects.filter(operation="decline_offer", object_id=offer_id).count() == 1


def test_somebody_can_step_back_before_the_work_begins_and_another_takes_the_place(
    lead: Viewer, farah: Viewer
) -> None:
    need_id = make_need(lead, most=1)
    first, second = (
        make_offer(lead, farah, need_id=need_id),
        make_offer(lead, make_patient("Idris"), need_id=need_id),
    )
    say_yes(farah, first)
    idris = make_patient("Ceri")
    with pytest.raises(Refused, match="as many have said yes"):
        make_offer(lead, idris, need_id=need_id)
    person = ServiceOffer.objects.get(id=second).person_id
    other = next(one for one in [Viewer(person, "Idris", farah.permissions, farah.roles)])
    with pytest.raises(Refused, match="as many have said yes"):
        say_yes(other, second)
    decline_offer(offer_id=first, words="My mother is ill", by=farah, at=NOW)
    say_yes(other, second)


def test_whom_to_ask_and_at_which_rate_is_checked(lead: Viewer, farah: Viewer) -> None:
    need_id = make_need(lead)
    add_rate_card(terms=card(date(2025, 1, 1), date(2025, 12, 31)), by=make_viewer("finance"), at=NOW)
    past = RateLine.objects.get()
    for more, words in (
        ({"person_id": lead.own_id}, "Choose a patient partner"),
        ({"capacity": "representing", "organisation_id": uuid4()}, "Name an organisation that is a partner"),
        ({"rate_line_id": past.id}, "does not hold today"),
        ({"rate_line_id": uuid4()}, "does not hold today"),
        ({"fee_reason": ""}, "how the fee was found"),
    ):
        terms = offer_terms(**{"person_id": farah.own_id, **more})  # type: ignore[arg-type]
        with pytest.raises(Refused, match=words):
            offer_work(terms=terms, need_id=need_id, by=lead, at=NOW, on=TODAY)
    make_offer(lead, farah, need_id=need_id)
    with pytest.raises(Refused, match="has an offer under this need already"):
        make_offer(lead, farah, need_id=need_id)


def test_no_work_before_the_agreement_is_in_force(lead: Viewer, farah: Viewer) -> None:
    offer_id = make_offer(lead, farah)
    with pytest.raises(Refused, match="follows a yes"):
        draft_offer_agreement(offer_id=offer_id, by=lead, at=NOW)
    say_yes(farah, offer_id)
    with pytest.raises(Refused, match="no agreement for this work yet"):
        start_work(offer_id=offer_id, by=lead, at=NOW, on=TODAY)
    with pytest.raises(Refused, match="agreement for this work comes first"):
        add_expense(offer_id=offer_id, terms=line_terms(), by=farah, at=NOW, on=TODAY)
    draft_offer_agreement(offer_id=offer_id, by=lead, at=NOW)
    with pytest.raises(Refused, match="already"):
        draft_offer_agreement(offer_id=offer_id, by=lead, at=NOW)
    agreement = get_offer(lead, offer_id)
    assert agreement is not None
    assert agreement.agreement is not None
    assert (agreement.agreement.amount_pence, agreement.agreement.person_id) == (15_500, farah.own_id)
    with pytest.raises(Refused, match="Work begins once it is certified"):
        start_work(offer_id=offer_id, by=lead, at=NOW, on=TODAY)
    give_agreement(offer_id)
    start_work(offer_id=offer_id, by=lead, at=NOW, on=TODAY)
    with pytest.raises(Refused, match="still to come"):
        finish_work(offer_id=offer_id, done_on=TODAY + timedelta(days=1), by=lead, at=NOW, on=TODAY)
    finish_work(offer_id=offer_id, done_on=TODAY, by=lead, at=NOW, on=TODAY)
    with pytest.raises(Refused, match="is done"):
        withdraw_offer(offer_id=offer_id, words="Too late", by=lead, at=NOW)


def test_work_goes_under_an_agreement_that_is_there_only_with_the_very_same_party(
    lead: Viewer, farah: Viewer
) -> None:
    offer_id = make_offer(lead, farah)
    mine = make_agreement(kind="service", capacity="themselves", person_id=farah.own_id)
    another = make_agreement(kind="service", capacity="themselves", person_id=make_patient("Idris").own_id)
    with pytest.raises(Refused, match="follows a yes"):
        use_agreement(offer_id=offer_id, agreement_id=mine.id, by=lead, at=NOW)
    say_yes(farah, offer_id)
    with pytest.raises(Refused, match="no service agreement with Farah Lodhi in this capacity"):
        use_agreement(offer_id=offer_id, agreement_id=another.id, by=lead, at=NOW)
    use_agreement(offer_id=offer_id, agreement_id=mine.id, by=lead, at=NOW)
    with pytest.raises(Refused, match="already"):
        use_agreement(offer_id=offer_id, agreement_id=mine.id, by=lead, at=NOW)
    start_work(offer_id=offer_id, by=lead, at=NOW, on=TODAY)


def test_a_guard_that_says_no_stops_the_work(lead: Viewer, farah: Viewer) -> None:
    offer_id = make_offer(lead, farah)
    say_yes(farah, offer_id)
    give_agreement(offer_id)
    offer = ServiceOffer.objects.get(id=offer_id)
    needed = offer._meta.apps.get_model("agreements", "NeededPaper")
    needed.objects.filter(subject_id=offer_id).update(agreement_id=None)
    with pytest.raises(Refused, match="may not start yet"):
        start_work(offer_id=offer_id, by=lead, at=NOW, on=TODAY)


def test_an_offer_is_taken_back_with_a_reason(lead: Viewer, farah: Viewer) -> None:
    offer_id = make_offer(lead, farah)
    withdraw_offer(offer_id=offer_id, words="The leaflet was dropped.", by=lead, at=NOW)
    with pytest.raises(Refused, match="was taken back"):
        say_yes(farah, offer_id)
    with pytest.raises(Refused, match="no such offer"):
        withdraw_offer(offer_id=uuid4(), words="x", by=lead, at=NOW)


def test_somebody_who_represents_a_group_chooses_no_money_and_the_group_is_paid(lead: Viewer) -> None:
    group = make_organisation()
    bron = make_partner_user(group.id)
    offer_id = make_offer(lead, bron, capacity="representing", organisation_id=group.id)
    accept_offer(offer_id=offer_id, choice=Choice("nothing"), by=bron, at=NOW)  # no notice, and no choice
    draft_offer_agreement(offer_id=offer_id, by=lead, at=NOW)
    give_agreement(offer_id)
    start_work(offer_id=offer_id, by=lead, at=NOW, on=TODAY)
    finish_work(offer_id=offer_id, done_on=TODAY, by=lead, at=NOW, on=TODAY)
    claim_id = send_claim(offer_id=offer_id, by=bron, at=NOW)
    (fee,) = check_claim(claim_id=claim_id, seen=[], by=lead, at=NOW)
    paid = Payment.objects.get(id=fee)
    assert (paid.organisation_id, paid.person_id) == (group.id, None)
    assert (paid.amount_pence, paid.capacity) == (5500, "representing")
