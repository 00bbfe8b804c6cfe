"""What may not happen with paid work, and the laws of choices, rate cards and days."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.apps.base.rules import Refused
from alongside.apps.partnership.bridge.paid_work import (
    get_notice,
    get_paying_terms,
    list_notice_digests,
    list_notices,
    list_shipped_cards,
    read_card_lines,
)
from alongside.apps.partnership.rules.services import (
    CardTerms,
    Choice,
    LineTerms,
    LineWords,
    Span,
    check_another_person,
    check_can_claim_fee,
    check_can_offer,
    check_can_send,
    check_card,
    check_choice,
    check_fee_fits,
    check_line,
    check_move,
    check_need,
    check_need_is_free,
    check_no_overlap,
    check_notice_shown,
    check_offer,
    check_words,
    measure_days,
    miles_amount,
    read_choice,
)
from alongside.apps.partnership.rules.services.choices import CHOICES
from alongside.apps.partnership.rules.services.states import MOVES
from tests.factories.paid_work import line_terms, need_terms, offer_terms

TODAY = date(2026, 11, 22)
STANDINGS = ("patient", "carer", "public", "journalist")
FEW = settings(max_examples=60, deadline=None)


def read_line(terms: LineTerms, *, has_need: bool = False) -> tuple[str, int, str]:
    return check_line(
        terms,
        kinds=("travel", "carer", "access", "food", "other"),
        fee_words=get_paying_terms().fee_words,
        pence_a_mile=45,
        on=TODAY,
        has_need=has_need,
    )


@FEW
@given(fee=st.integers(2, 10**7), own=st.integers(1, 10**7), kind=st.sampled_from(CHOICES))
def test_no_choice_ever_pays_more_than_the_fee_and_each_can_be_read_back(
    fee: int, own: int, kind: str
) -> None:
    own = own % fee or 1
    taken, given_away = check_choice(Choice(kind, own, charity_name="Halfpenny"), fee)
    assert taken is not None
    assert 0 <= taken + given_away <= fee
    assert read_choice(fee, taken, given_away) == kind


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (Choice("half"), "Choose how"),
        (Choice("charity"), "Choose a charity"),
        (Choice("part"), "more than nothing and less than £55"),
        (Choice("part", 5500), "less than £55"),
        (Choice("part_charity", 0, charity_id=uuid4()), "more than nothing"),
    ],
)
def test_a_choice_that_does_not_add_up_is_refused_with_what_would_do(choice: Choice, words: str) -> None:
    with pytest.raises(Refused, match=words):
        check_choice(choice, 5500)


def test_where_there_is_no_fee_there_is_nothing_to_choose() -> None:
    assert check_choice(Choice("all"), None) == (None, 0)
    assert read_choice(None, None, 0) == ""
    assert read_choice(5500, None, 0) == ""


@FEW
@given(st.lists(st.tuples(st.integers(0, 400), st.one_of(st.none(), st.integers(0, 120))), max_size=6))
def test_cards_that_were_let_in_never_hold_on_one_day(spans: list[tuple[int, int | None]]) -> None:
    kept: list[Span] = []
    for start, length in spans:
        first = TODAY + timedelta(days=start)
        span = Span("A card", first, None if length is None else first + timedelta(days=length))
        try:
            check_no_overlap(span, kept)
        except Refused:
            continue
        kept.append(span)
    days = range(-1, 600)
    for day in (TODAY + timedelta(days=number) for number in days):
        assert (
            sum(one.valid_from <= day and (one.valid_to is None or day <= one.valid_to) for one in kept) <= 1
        )


def test_an_overlapping_card_is_told_which_other_holds() -> None:
    with pytest.raises(Refused, match="“Old” of this scheme already holds from 1 January 2026 with no end"):
        check_no_overlap(Span("New", TODAY, None), [Span("Old", date(2026, 1, 1), None)])


CARD = CardTerms("NIHR", "Rates", "nihr.example", TODAY, None, (LineWords("hour", "An hour", 2750),))


@pytest.mark.parametrize(
    ("card", "words"),
    [
        (replace(CARD, scheme=" "), "whose rates"),
        (replace(CARD, title=""), "title"),
        (replace(CARD, source=""), "can be read"),
        (replace(CARD, valid_to=date(2026, 1, 1)), "last day is before the first"),
        (replace(CARD, lines=()), "at least one line"),
        (replace(CARD, lines=CARD.lines * 2), "stands twice"),
        (replace(CARD, lines=(LineWords("hour", "", 10, "guessed"),)), "neither verified nor computed"),
        (replace(CARD, lines=(LineWords("hour", "", 0),)), "more than nothing"),
    ],
)
def test_a_card_that_is_not_whole_is_refused(card: CardTerms, words: str) -> None:
    with pytest.raises(Refused, match=words):
        check_card(card)


def test_rates_that_come_with_us_are_whole_and_do_not_overlap() -> None:
    cards = list_shipped_cards()
    for place, card in enumerate(cards):
        check_card(card)
        before = [Span(one.title, one.valid_from, one.valid_to) for one in cards[:place]]
        check_no_overlap(Span(card.title, card.valid_from, card.valid_to), before)
    now = next(card for card in cards if card.valid_to is None)
    assert (now.lines[0].amount_pence, now.lines[0].status) == (1380, "verified")
    assert {line.status for line in now.lines[1:-1]} == {"computed"}


def test_a_file_with_bad_rows_is_refused_with_every_row_and_what_would_do() -> None:
    good = read_card_lines("band,task,amount,status,note\nhour,An hour,£27.50,computed,\n".encode(), "a.csv")
    assert good == (LineWords("hour", "An hour", 2750, "computed"),)
    assert read_card_lines(b"band,task,amount\nhour,An hour,27.50\n", "a.csv")[0].status == "verified"
    with pytest.raises(Refused) as refused:
        read_card_lines(
            b"band,task,amount,status\n,An hour,27\nday,A day,much,\nhalf,Half,5,perhaps\n", "a.csv"
        )
    assert "Row 1: band is empty" in refused.value.reason
    assert "Row 2: amount: “much” is not an amount" in refused.value.reason
    assert "Row 3: status “perhaps”" in refused.value.reason
    with pytest.raises(Refused, match="no column “amount”"):
        read_card_lines(b"band,task,price\na,b,1\n", "a.csv")
    with pytest.raises(Refused, match="And 2 more rows"):
        read_card_lines(b"band,task,amount\n" + b"x,y,much\n" * 12, "a.csv")


@pytest.mark.parametrize(
    ("fee", "line", "reason", "words"),
    [
        (None, 5500, "", "why there is no fee"),
        (5500, None, "", "how the fee was found"),
        (5000, 5500, "", "The rate is £55"),
        (5500, 5500, "", ""),
        (5000, 5500, "Shorter", ""),
    ],
)
def test_a_fee_beside_its_rate_needs_a_reason(
    fee: int | None, line: int | None, reason: str, words: str
) -> None:
    if words:
        with pytest.raises(Refused, match=words):
            check_fee_fits(fee_pence=fee, line_pence=line, reason=reason)
    else:
        check_fee_fits(fee_pence=fee, line_pence=line, reason=reason)


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (line_terms(kind="fee"), "Choose what it was for"),
        (line_terms(words="My fee for the day"), "sounds like pay for your time"),
        (line_terms(words="An honorarium"), "claimed as your fee"),
        (line_terms(words=" "), "what it was for"),
        (line_terms(words="Please pay 20-00-00 12345678"), "Bank details"),
        (line_terms(happened_on=TODAY + timedelta(days=1)), "still to come"),
        (line_terms(miles=3), "either an amount or miles"),
        (line_terms(kind="food", amount_pence=None, miles=3), "Miles belong to travel"),
        (line_terms(amount_pence=None), "how much you paid"),
        (line_terms(amount_pence=0), "how much you paid"),
        (line_terms(kind="carer"), "which need this was for"),
    ],
)
def test_an_expense_that_is_none_is_refused_with_what_would_do(terms: LineTerms, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_line(terms)


def test_a_carers_cost_asks_for_a_need_and_is_never_stopped_by_it() -> None:
    carer = line_terms(kind="carer", words="A sitter for the morning")
    assert read_line(carer, has_need=True) == ("A sitter for the morning", 1240, "")
    assert read_line(replace(carer, need_words="He cannot be alone"))[2] == "He cannot be alone"
    assert read_line(replace(carer, is_need_withheld=True))[1] == 1240


def test_miles_come_to_money_at_the_rate_of_the_content() -> None:
    terms = line_terms(amount_pence=None, miles=20)
    assert read_line(terms)[1] == miles_amount(20, 45) == 900


def test_the_fee_is_claimed_once_and_only_when_the_work_is_done() -> None:
    assert check_can_claim_fee(state="done", taken_pence=1, has_claimed_fee=False)
    assert not check_can_claim_fee(state="working", taken_pence=1, has_claimed_fee=False)
    assert not check_can_claim_fee(state="done", taken_pence=0, has_claimed_fee=False)
    assert not check_can_claim_fee(state="done", taken_pence=1, has_claimed_fee=True)


def test_an_empty_claim_and_one_above_what_was_agreed_are_refused() -> None:
    with pytest.raises(Refused, match="nothing to claim"):
        check_can_send(fee_pence=None, lines_pence=0, most_pence=None, claimed_before_pence=0, currency="GBP")
    with pytest.raises(Refused, match="come to £12; we agreed up to £10"):
        check_can_send(
            fee_pence=1, lines_pence=700, most_pence=1000, claimed_before_pence=500, currency="GBP"
        )
    check_can_send(fee_pence=None, lines_pence=700, most_pence=None, claimed_before_pence=500, currency="GBP")
    check_can_send(fee_pence=None, lines_pence=500, most_pence=1000, claimed_before_pence=500, currency="GBP")


def test_nobody_checks_their_own_claim() -> None:
    mine = uuid4()
    check_another_person(uuid4(), mine)
    with pytest.raises(Refused, match="your own claim"):
        check_another_person(mine, mine)


@FEW
@given(st.lists(st.one_of(st.none(), st.integers(0, 90)), max_size=20), st.integers(1, 60))
def test_days_to_pay_agree_with_counting_by_hand(days: list[int | None], promised: int) -> None:
    sent = TODAY - timedelta(days=100)
    spans = [(sent, None if one is None else sent + timedelta(days=one)) for one in days]
    found = measure_days(spans, promised_days=promised, on=TODAY)
    paid = sorted(one for one in days if one is not None)
    assert found.paid == len(paid)
    assert found.within == len([one for one in paid if one <= promised])
    assert found.late_open == days.count(None)
    if paid:
        middle = len(paid) // 2
        assert found.median_days == (paid[middle] + paid[-1 - middle]) / 2
        assert found.share_within == found.within * 100 // len(paid)
    else:
        assert (found.median_days, found.share_within) == (None, None)


def test_a_claim_sent_yesterday_is_not_late() -> None:
    assert measure_days([(TODAY, None)], promised_days=30, on=TODAY).late_open == 0


@pytest.mark.parametrize("field", ["title", "what", "why", "criteria", "selector"])
def test_a_need_says_what_why_how_and_who(field: str) -> None:
    with pytest.raises(Refused) as refused:
        check_need(replace(need_terms(), **{field: " "}))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_need_is_for_somebody_and_for_no_crowd() -> None:
    for number in (0, 501):
        with pytest.raises(Refused, match="how many people"):
            check_need(need_terms(most=number))


def test_a_need_cannot_change_after_the_first_offer_or_its_end() -> None:
    check_need_is_free(offers=0, state="approved")
    with pytest.raises(Refused, match="stays as it was approved"):
        check_need_is_free(offers=1, state="approved")
    with pytest.raises(Refused, match="closed"):
        check_need_is_free(offers=0, state="closed")


def test_nobody_is_chosen_before_the_need_is_approved_or_above_its_number() -> None:
    check_can_offer(need_state="approved", accepted=0, most_people=1)
    with pytest.raises(Refused, match="approved by somebody else"):
        check_can_offer(need_state="draft", accepted=0, most_people=1)
    with pytest.raises(Refused, match="needs one person, and as many"):
        check_can_offer(need_state="approved", accepted=1, most_people=1)
    with pytest.raises(Refused, match="needs 2 people"):
        check_can_offer(need_state="approved", accepted=2, most_people=2)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"title": ""}, "short title"),
        ({"ask": ""}, "plain words"),
        ({"time_words": ""}, "how much time"),
        ({"standing": "nurse"}, "as whom"),
        ({"capacity": "representing"}, "Choose the organisation they represent"),
        ({"organisation_id": uuid4()}, "represents no organisation"),
        ({"capacity": "both"}, "for whom they would speak"),
        ({"ends_on": TODAY - timedelta(days=1)}, "last day is before"),
        ({"answer_by": TODAY - timedelta(days=1)}, "has passed"),
        ({"answer_by": TODAY + timedelta(days=1)}, "before the work begins"),
        ({"fee_pence": 0}, "Leave the fee empty"),
        ({"expenses_most_pence": 0}, "Leave the most for expenses"),
    ],
)
def test_an_offer_that_does_not_hold_together_is_refused(more: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        check_offer(offer_terms(uuid4(), **more), on=TODAY, standings=STANDINGS)


def test_every_step_leads_to_a_known_state_and_ends_stay_ends() -> None:
    assert {to for targets in MOVES.values() for to in targets} <= set(MOVES)
    for end in ("done", "declined", "withdrawn"):
        for to in MOVES:
            with pytest.raises(Refused, match="not possible now"):
                check_move(end, to)


def test_the_notice_comes_first_and_in_todays_words() -> None:
    with pytest.raises(Refused, match="First read"):
        check_notice_shown(shown=["old"], current=["new", "newydd"])
    check_notice_shown(shown=["newydd"], current=["new", "newydd"])


def test_every_version_of_the_notice_has_words_a_source_and_who_can_advise() -> None:
    for _first, notice in list_notices():
        assert notice.parts
        assert notice.source
        assert notice.who_can_advise
        assert "not advice" in notice.not_advice
    assert get_notice(date(2020, 1, 1)) == list_notices()[-1][1]


def test_the_notice_stands_in_welsh_version_by_version_with_a_digest_of_its_own() -> None:
    english, welsh = list_notices(), list_notices(language="cy")

    assert [(first, one.key, len(one.parts)) for first, one in welsh] == [
        (first, one.key, len(one.parts)) for first, one in english
    ]
    today = english[0][0]
    assert get_notice(today, "cy") == welsh[0][1]
    assert get_notice(today, "gd") == english[0][1]
    assert list_notice_digests(today) == {english[0][1].sha256, welsh[0][1].sha256}


def test_words_are_kept_short_and_hold_no_bank_details() -> None:
    assert check_words(" x ", what="x", field="x") == "x"
    assert check_words("", what="x", field="x", needed=False) == ""
    for words in ("", "x" * 11, "IBAN GB33BUKB20201555555555"):
        with pytest.raises(Refused):
            check_words(words, what="x", field="x", most=10 if words.startswith("x") else 100)
