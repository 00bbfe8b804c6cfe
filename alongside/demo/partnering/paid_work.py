"""Two years of paid work with people: needs, offers, every kind of answer, claims, payments, one gift."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from alongside.apps.agreements.operations import AgreementPlan
from alongside.apps.base.rules import Viewer, acting
from alongside.apps.base.rules.money import read_money
from alongside.apps.partnership.operations.payments import approve_payment, record_paid
from alongside.apps.partnership.operations.services.answers import (
    accept_offer,
    decline_offer,
    record_notice_shown,
)
from alongside.apps.partnership.operations.services.claims import (
    add_expense,
    check_claim,
    give_to_charity,
    send_claim,
)
from alongside.apps.partnership.operations.services.needs import approve_need, close_need, write_need
from alongside.apps.partnership.operations.services.offers import (
    finish_work,
    offer_work,
    start_work,
    use_agreement,
)
from alongside.apps.partnership.operations.services.rates import add_shipped_cards
from alongside.apps.partnership.queries.services.rates import list_rate_choices
from alongside.apps.partnership.rules.services import Choice, LineTerms, NeedTerms, OfferTerms
from alongside.demo.cast import Cast
from alongside.demo.partnering.papers import make_paper
from alongside.demo.words import as_day, at_noon, read_yaml

Words = Mapping[str, Any]
WHY = "alongside demo: paid work"
RATES_ON = date(2024, 10, 1)
CHECKED_AFTER_DAYS = 2


def pay_people(cast: Cast, engagements: Mapping[str, UUID]) -> None:
    """Write down needs, offer work, answer it, do it, claim and pay it, as far as each story got."""
    content = read_yaml("partnering/paid_work.yaml")
    with acting(cast["usha"], why=WHY):
        add_shipped_cards(by=cast["usha"], at=at_noon(RATES_ON))
    gifts = _make_gift_paper(cast, content["gifts"])
    for need in content["needs"]:
        need_id = _write_need(cast, need, engagements)
        for offer in need["offers"]:
            _tell_story(cast, need, need_id, offer, gifts)
        if "use_made" in need:
            last = max(as_day(one["ends_on"]) for one in need["offers"])
            with acting(cast[need["by"]], why=WHY):
                at = at_noon(last + timedelta(days=60))
                close_need(need_id=need_id, use_made=need["use_made"], by=cast[need["by"]], at=at)


def _pence(amount: float) -> int:
    return read_money(f"{amount:.2f}")


def _make_gift_paper(cast: Cast, words: Words) -> UUID:
    plan = AgreementPlan(
        kind="donation",
        capacity="organisation",
        title=words["title"],
        starts_on=as_day(words["starts_on"]),
        ends_on=as_day(words["ends_on"]),
        amount_pence=_pence(words["amount"]),
    )
    return make_paper(cast, words["charity"], plan, at_noon(words["written"]), until="active")


def _write_need(cast: Cast, words: Words, engagements: Mapping[str, UUID]) -> UUID:
    author, at = cast[words["by"]], at_noon(words["written"])
    terms = NeedTerms(
        title=words["title"],
        what=words["what"],
        why=words["why"],
        criteria=words["criteria"],
        selector=words["selector"],
        most_people=words["most"],
        engagement_id=engagements.get(words.get("engagement", "")),
    )
    with acting(author, why=WHY):
        need_id = write_need(terms=terms, by=author, at=at)
    if words["approved_by"]:
        approver = cast[words["approved_by"]]
        with acting(approver, why=WHY):
            approve_need(need_id=need_id, by=approver, at=at + timedelta(days=1))
    return need_id


def _tell_story(cast: Cast, need: Words, need_id: UUID, words: Words, gifts: UUID) -> None:
    """Walk one offer as far as its days go."""
    lead, person = cast[need["by"]], cast[words["person"]]
    offer_id = _offer(cast, lead, need_id, words)
    if "answer" not in words:
        return
    _answer(cast, person, offer_id, words["answer"])
    if "done" not in words:
        return
    _work(cast, lead, offer_id, words)
    if "claim" in words:
        _claim(cast, lead, person, offer_id, words)
    if "gift_on" in words:
        at = at_noon(words["gift_on"])
        with acting(lead, why=WHY):
            gift = give_to_charity(offer_id=offer_id, agreement_id=gifts, by=lead, at=at)
        _pay(cast, gift, at + timedelta(days=9))


def _offer(cast: Cast, lead: Viewer, need_id: UUID, words: Words) -> UUID:
    on = as_day(words["offered"])
    bands = read_bands(lead, on)
    line_id, pence = bands[words["band"]]
    terms = OfferTerms(
        person_id=cast.person_id(words["person"]),
        capacity=words.get("capacity", "themselves"),
        standing=words["standing"],
        title=words["title"],
        ask=words["ask"].strip(),
        time_words=words["time"],
        starts_on=as_day(words["starts_on"]),
        ends_on=as_day(words["ends_on"]),
        answer_by=as_day(words["answer_by"]),
        fee_pence=pence,
        rate_line_id=line_id,
        support=words.get("support", ""),
        expenses=words.get("expenses", ""),
        expenses_most_pence=_pence(words["expenses_most"]) if "expenses_most" in words else None,
        organisation_id=cast.partners[words["organisation"]] if "organisation" in words else None,
    )
    with acting(lead, why=WHY):
        return offer_work(terms=terms, need_id=need_id, by=lead, at=at_noon(on, 10), on=on)


def read_bands(viewer: Viewer, on: date) -> dict[str, tuple[UUID, int]]:
    """Return the id and the pence of each band of the cards that hold on a day."""
    return {one.band: (one.id, one.amount_pence) for one in list_rate_choices(viewer, on)}


def _answer(cast: Cast, person: Viewer, offer_id: UUID, words: Words) -> None:
    at = at_noon(words["day"], 19)
    said = words.get("words", "")
    with acting(person, why=WHY):
        if words["choice"] == "decline":
            decline_offer(offer_id=offer_id, words=said, by=person, at=at)
            return
        record_notice_shown(offer_id=offer_id, by=person, at=at - timedelta(hours=1))
        choice = Choice(
            words["choice"],
            _pence(words["own"]) if "own" in words else None,
            cast.partners[words["charity"]] if "charity" in words else None,
        )
        accept_offer(offer_id=offer_id, choice=choice, words=said, by=person, at=at)


def _work(cast: Cast, lead: Viewer, offer_id: UUID, words: Words) -> None:
    starts_on, done_on = as_day(words["starts_on"]), as_day(words["done"])
    capacity = words.get("capacity", "themselves")
    fee = read_bands(lead, as_day(words["offered"]))[words["band"]][1]
    answer = words["answer"]
    taken = {"all": fee, "nothing": 0, "charity": 0}.get(answer["choice"])
    own = _pence(answer["own"]) if taken is None else taken
    most = _pence(words["expenses_most"]) if "expenses_most" in words else 0
    plan = AgreementPlan(
        kind="service",
        capacity=capacity,
        title=words["title"],
        starts_on=starts_on,
        ends_on=as_day(words["ends_on"]) + timedelta(days=60),
        organisation_id=cast.partners[words["organisation"]] if "organisation" in words else None,
        person_id=cast.person_id(words["person"]),
        amount_pence=own + most or None,
        fields={
            "services": f"{words['ask'].strip()} {words['time']}",
            "expenses": words.get("expenses", "None."),
        },
    )
    written = at_noon(as_day(answer["day"]) + timedelta(days=1))
    agreement_id = make_paper(cast, words["person"], plan, written, until="active", author=_key(cast, lead))
    with acting(lead, why=WHY):
        use_agreement(offer_id=offer_id, agreement_id=agreement_id, by=lead, at=at_noon(starts_on, 13))
        start_work(offer_id=offer_id, by=lead, at=at_noon(starts_on, 14), on=starts_on)
        finish_work(offer_id=offer_id, done_on=done_on, by=lead, at=at_noon(done_on, 17), on=done_on)


def _key(cast: Cast, viewer: Viewer) -> str:
    return next(key for key, one in cast.viewers.items() if one.person_id == viewer.person_id)


def _claim(cast: Cast, lead: Viewer, person: Viewer, offer_id: UUID, words: Words) -> None:
    claim = words["claim"]
    on = as_day(claim["day"])
    with acting(person, why=WHY):
        for line in claim["lines"]:
            add_expense(offer_id=offer_id, terms=_line(line), by=person, at=at_noon(on, 18), on=on)
        claim_id = send_claim(offer_id=offer_id, by=person, at=at_noon(on, 18))
    if "paid_after" not in words and "checked_after" not in words:
        return
    at = at_noon(on + timedelta(days=words.get("checked_after", CHECKED_AFTER_DAYS)))
    with acting(lead, why=WHY):
        payments = check_claim(claim_id=claim_id, seen=[], by=lead, at=at)
    if "paid_after" in words:
        for payment_id in payments:
            _pay(cast, payment_id, at_noon(on + timedelta(days=words["paid_after"])))


def _line(words: Words) -> LineTerms:
    return LineTerms(
        kind=words["kind"],
        happened_on=as_day(words["day"]),
        words=words["words"],
        amount_pence=_pence(words["amount"]) if "amount" in words else None,
        miles=words.get("miles"),
        need_words=words.get("need", ""),
        is_need_withheld=words.get("withheld", False),
        has_receipt=words.get("receipt", False),
    )


def _pay(cast: Cast, payment_id: UUID, at: datetime) -> None:
    """Let the certifier approve and finance pay, two days apart."""
    with acting(cast["lionel"], why=WHY):
        approve_payment(payment_id=payment_id, by=cast["lionel"], at=at - timedelta(days=2))
    with acting(cast["usha"], why=WHY):
        record_paid(
            payment_id=payment_id,
            paid_on=at.date(),
            finance_reference=f"MP-{str(payment_id)[-6:]}",
            by=cast["usha"],
            at=at,
        )
