"""The years in the open, in the demonstration: two published, one of them corrected, and this year collecting."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from alongside.apps.base.rules import acting
from alongside.apps.partnership.operations.disclosures.checking import (
    answer_check,
    ask_partners,
    reply_to_check,
    send_to_approval,
)
from alongside.apps.partnership.operations.disclosures.collecting import begin_year, finish_collecting
from alongside.apps.partnership.operations.disclosures.correcting import (
    RightEntry,
    approve_correction,
    correct_row,
)
from alongside.apps.partnership.operations.disclosures.notes import write_note
from alongside.apps.partnership.operations.disclosures.publishing import (
    approve_disclosure,
    publish_disclosure,
)
from alongside.apps.partnership.queries.disclosures.checks import list_checks
from alongside.apps.partnership.queries.disclosures.rows import RowFilter, list_rows
from alongside.demo.cast import Cast
from alongside.demo.words import at_noon, read_yaml


def disclose(cast: Cast) -> None:
    """Walk each year as far as it got. Payments of these years must be there before."""
    for one in read_yaml("partnering/disclosures.yaml")["years"]:
        year_id = begin_year(year=one["year"], by=cast["ruth"], at=at_noon(one["begun"], 10))
        if "published" not in one:
            continue
        _let_partners_look(cast, year_id, one)
        send_to_approval(disclosure_id=year_id, by=cast["ruth"], at=at_noon(one["submitted"], 10))
        with acting(cast["lionel"], why="alongside demo: disclosure"):
            approve_disclosure(disclosure_id=year_id, by=cast["lionel"], at=at_noon(one["approved"], 11))
            publish_disclosure(disclosure_id=year_id, by=cast["lionel"], at=at_noon(one["published"], 9))
        if "correction" in one:
            _correct(cast, year_id, one["correction"])


def _let_partners_look(cast: Cast, year_id: UUID, one: Mapping[str, Any]) -> None:
    lead = cast["ruth"]
    finish_collecting(disclosure_id=year_id, by=lead, at=at_noon(one["reconciled"], 10))
    if "note" in one:
        note = one["note"]
        words = {note["section"]: note["words"]}
        write_note(
            disclosure_id=year_id,
            sections=words,
            why=note["why"],
            by=lead,
            at=at_noon(one["reconciled"], 15),
        )
    ask_partners(disclosure_id=year_id, by=lead, at=at_noon(one["asked"], 10))
    for said in one.get("answers", ()):
        by = cast[said["by"]]
        with acting(by, why="alongside demo: disclosure"):
            answer_check(
                disclosure_id=year_id,
                answer=said["answer"],
                words=said.get("words", ""),
                by=by,
                at=at_noon(said["on"], 14),
            )
        if "reply" in said:
            check = list_checks(lead, year_id, said["answer"])[0]
            reply_to_check(check_id=check.id, words=said["reply"], by=lead, at=at_noon(said["replied"], 9))


def _correct(cast: Cast, year_id: UUID, one: Mapping[str, Any]) -> None:
    row = list_rows(cast["ruth"], year_id, RowFilter(words=one["words"]))[0]
    same = RightEntry(
        row.category, row.description, row.amount_pence, row.is_in_kind, row.is_event_related, row.paid_on
    )
    made = correct_row(
        row_id=row.id,
        right=replace(same, description=one["right"]),
        reason=one["reason"],
        by=cast["ruth"],
        at=at_noon(one["made"], 10),
    )
    with acting(cast["lionel"], why="alongside demo: disclosure"):
        approve_correction(correction_id=made, by=cast["lionel"], at=at_noon(one["decided"], 10))
