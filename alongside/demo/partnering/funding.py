"""Requests for funding of the demonstration: asked, judged, decided, paid, reported in time or late."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from alongside.apps.agreements.operations import AgreementPlan
from alongside.apps.base.rules import Viewer, acting
from alongside.apps.partnership.operations.funding.criteria import publish_criteria
from alongside.apps.partnership.operations.funding.decisions import (
    begin_funding,
    close_funding,
    decline_request,
    grant_request,
)
from alongside.apps.partnership.operations.funding.hands_off import (
    OtherFunderTerms,
    add_other_funder,
    answer_hands_off,
    fill_hands_off,
)
from alongside.apps.partnership.operations.funding.papers import PaymentTerms, ask_to_pay, choose_agreement
from alongside.apps.partnership.operations.funding.reports import ReportWords, remind_of_report, send_report
from alongside.apps.partnership.operations.funding.requests import (
    FundingPlan,
    ask_for_funding,
    withdraw_request,
)
from alongside.apps.partnership.operations.funding.reviews import (
    begin_review,
    declare_interest,
    score_request,
    send_to_decision,
)
from alongside.apps.partnership.operations.payments import approve_payment, record_paid
from alongside.apps.partnership.queries.funding.criteria import get_warning_level
from alongside.apps.partnership.queries.funding.hands_off import get_hands_off_text
from alongside.apps.partnership.rules.funding import Checked, Scored
from alongside.demo.cast import Cast
from alongside.demo.partnering.papers import make_paper
from alongside.demo.words import as_day, at_noon, read_yaml

KEYS = UUID("3b1c7e2a-6a43-4f6b-8f0e-5d1f2c9a7b21")
ORDER = ("requested", "review", "decision", "funded", "reported", "closed")
SHORT = {"met": "Yes, and they show it.", "partly": "In part; a word with them would do.", "not": "No."}
Words = Mapping[str, Any]


def fund(cast: Cast) -> None:
    """Let every request go as far as it went, in the order of their days."""
    content = read_yaml("partnering/funding.yaml")
    requests = sorted(content["requests"], key=lambda one: as_day(one["day"]))
    editions = list(content["criteria"])
    for number, one in enumerate(requests):
        while editions and as_day(editions[0]["published"]) <= as_day(one["day"]):
            _publish(cast, editions.pop(0))
        _Telling(cast, one, number).tell()
    for one in content["funders"]:
        by = cast[one.get("by", "gareth")]
        amount = round(one["amount"] * 100) if "amount" in one else None
        terms = OtherFunderTerms(one["name"], one["year"], one["source"], amount)
        with acting(by, why="alongside demo: funding"):
            add_other_funder(
                organisation_id=cast.partners[one["with"]], terms=terms, by=by, at=at_noon("2026-09-01")
            )


def _publish(cast: Cast, one: Words) -> None:
    now, ruth = get_warning_level(as_day(one["published"])), cast["ruth"]
    lines = [f"{each.title}: {each.words}" for each in now.criteria] + [one["add"]]
    with acting(ruth, why="alongside demo: funding"):
        publish_criteria(
            valid_from=as_day(one["valid_from"]),
            intro=now.intro,
            criteria="\n".join(lines),
            warn_from_percent=one["warn_from_percent"],
            source=one["source"],
            by=ruth,
            at=at_noon(one["published"]),
        )


class _Telling:
    """One request while it is being told."""

    def __init__(self, cast: Cast, one: Words, number: int) -> None:
        self.cast, self.one, self.number = cast, one, number
        self.day: date = as_day(one["day"])
        self.writer = cast[one.get("by", "gareth" if number % 2 else "ruth")]
        self.lead, self.second = cast["ruth"], cast["lionel"]
        self.id = self._ask()

    def tell(self) -> None:
        """Walk the request as far as it got."""
        until = self.one["until"]
        if until == "withdrawn":
            self._do(self.writer, withdraw_request, 12, why=self.one["why"])
            return
        reached = ORDER.index(until) if until in ORDER else ORDER.index("decision")
        if reached >= 1:
            self._review(is_whole=reached >= 2)
        if until == "declined":
            self._do(self.second, decline_request, 24, reason=self.one["reason"])
        if reached >= 3:
            self._grant_and_begin()
        if reached >= 4:
            self._report(until)

    def _at(self, days: int) -> datetime:
        return at_noon(self.day + timedelta(days=days), 10)

    def _do(self, by: Viewer, operation: Any, days: int, **more: object) -> None:
        with acting(by, why="alongside demo: funding"):
            operation(request_id=self.id, by=by, at=self._at(days), **more)

    def _ask(self) -> UUID:
        one = self.one
        plan = FundingPlan(
            kind=one["kind"],
            title=one["title"],
            purpose=one["purpose"],
            benefit=one["benefit"],
            starts_on=as_day(one["starts_on"]),
            ends_on=as_day(one["ends_on"]),
            amount_pence=_pence(one.get("amount")),
            is_in_kind="in_kind" in one,
            in_kind_description=one.get("in_kind", ""),
            in_kind_value_pence=_pence(one.get("value")),
            other_funders=one.get("other_funders", ""),
        )
        with acting(self.writer, why="alongside demo: funding"):
            return ask_for_funding(
                organisation_id=self.cast.partners[one["with"]],
                plan=plan,
                way="letter" if self.number % 2 else "mail",
                received_on=self.day,
                request_key=uuid5(KEYS, one["title"]),
                by=self.writer,
                at=self._at(0),
            )

    def _review(self, *, is_whole: bool) -> None:
        one = self.one
        self._do(self.lead, begin_review, 4)
        if conflict := one.get("conflict"):
            tied = self.cast[conflict["by"]]
            self._do(tied, declare_interest, 6, has_conflict=True, words=conflict["words"])
        self._do(self.lead, declare_interest, 7, has_conflict=False, words="")
        if not is_whole:
            return
        self._do(self.lead, score_request, 9, scores=self._scores(), advice=one["advice"], words="")
        self._fill_hands_off()
        self._do(self.lead, send_to_decision, 16)
        if reply := one.get("reply"):
            group = self.cast["bronwen"]
            with acting(group, why="alongside demo: funding"):
                answer_hands_off(
                    request_id=self.id, agrees=False, words=reply["words"], by=group, at=at_noon(reply["day"])
                )

    def _scores(self) -> list[Scored]:
        """Return what the reviewer found: all met, one in part, or one not met where it was declined."""
        answers = {"part": ("cost", "partly"), "decline": ("not_begun", "not")}
        key, answer = answers.get(self.one["advice"], ("cost", "met"))
        criteria = get_warning_level(self.day).criteria
        given = {each.key: answer if each.key == key else "met" for each in criteria}
        return [Scored(each, said, SHORT[said]) for each, said in given.items()]

    def _fill_hands_off(self) -> None:
        broken = self.one.get("broken", {})
        answers = [
            Checked(
                line.key,
                line.key != broken.get("line"),
                broken["words"] if line.key == broken.get("line") else "",
            )
            for line in get_hands_off_text(self.day).lines
        ]
        self._do(self.lead, fill_hands_off, 12, answers=answers)

    def _grant_and_begin(self) -> None:
        one, starts_on = self.one, as_day(self.one["starts_on"])
        granted = _pence(one.get("granted", one.get("amount")))
        self._do(self.second, grant_request, 21, granted_pence=granted, reason=one["reason"])
        plan = AgreementPlan(
            kind=one["kind"],
            capacity="organisation",
            title=one["title"],
            starts_on=starts_on,
            ends_on=as_day(one["ends_on"]),
            amount_pence=granted,
            in_kind_description=one.get("in_kind", ""),
            in_kind_value_pence=_pence(one.get("value")),
            fields={"description": one["purpose"], "objective": one["benefit"]},
        )
        agreement_id = make_paper(self.cast, one["with"], plan, self._at(22), until="active")
        self._do(self.lead, choose_agreement, 24, agreement_id=agreement_id)
        with acting(self.lead, why="alongside demo: funding"):
            begin_funding(request_id=self.id, by=self.lead, at=at_noon(starts_on, 9), on=starts_on)
        self._pay(starts_on, granted or _pence(one.get("value")))
        if "reminded" in one:
            with acting(self.lead, why="alongside demo: funding"):
                remind_of_report(request_id=self.id, by=self.lead, at=at_noon(one["reminded"]))

    def _pay(self, starts_on: date, pence: int | None) -> None:
        """Ask for the payment, or write down what was given; another approves and finance pays."""
        terms, at = PaymentTerms(pence, starts_on + timedelta(days=30)), at_noon(starts_on, 11)
        with acting(self.lead, why="alongside demo: funding"):
            payment_id = ask_to_pay(
                request_id=self.id,
                terms=terms,
                request_key=uuid5(KEYS, f"pay {self.one['title']}"),
                by=self.lead,
                at=at,
            )
        usha, later = self.cast["usha"], at + timedelta(days=3)
        with acting(self.second, why="alongside demo: funding"):
            became = approve_payment(payment_id=payment_id, by=self.second, at=later)
        with acting(usha, why="alongside demo: funding"):
            if became == "approved_once":
                approve_payment(payment_id=payment_id, by=usha, at=later)
            paid = later + timedelta(days=8)
            record_paid(
                payment_id=payment_id,
                paid_on=paid.date(),
                finance_reference=f"BF{paid:%y%m%d}",
                by=usha,
                at=paid,
            )

    def _report(self, until: str) -> None:
        raw = self.one["report"]
        words = ReportWords(
            raw["did"], raw["difference"], raw["spent"], raw.get("hard", ""), raw.get("people")
        )
        came, by = (
            at_noon(raw["day"], 9),
            self.cast["bronwen"] if self.one["with"] == "side_door" else self.lead,
        )
        with acting(by, why="alongside demo: funding"):
            send_report(request_id=self.id, report=words, received_on=came.date(), by=by, at=came)
        if until == "closed":
            with acting(self.lead, why="alongside demo: funding"):
                close_funding(request_id=self.id, words="", by=self.lead, at=came + timedelta(days=9))


def _pence(pounds: float | None) -> int | None:
    return None if pounds is None else round(pounds * 100)
