"""A year is approved by another person and published once; afterwards nothing changes it, and a change is seen."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from alongside.apps.base.jobs import run_next_job
from alongside.apps.base.operations import start_job
from alongside.apps.base.rules import SYSTEM, Refused, Viewer
from alongside.apps.partnership.models import (
    Disclosure,
    DisclosureCorrection,
    DisclosurePeople,
    DisclosureRow,
    DisclosureSnapshot,
    DisclosureTotal,
    Payment,
)
from alongside.apps.partnership.operations.disclosures import (
    checking,
    collecting,
    correcting,
    notes,
    publishing,
)
from alongside.apps.partnership.operations.disclosures.correcting import RightEntry
from alongside.apps.partnership.queries.disclosures.document import look_at_snapshot
from alongside.apps.people.models import Organisation
from tests.factories.disclosures import (
    SPRING,
    YEAR,
    get_check,
    make_certifier,
    make_lead,
    make_paid,
    make_year,
)
from tests.factories.partners import make_partner_user
from tests.factories.people import make_viewer

pytestmark = pytest.mark.django_db
LATER = SPRING + timedelta(days=90)
RIGHT = RightEntry(
    category="donation", description="A year of phone friends", amount_pence=450_000, is_in_kind=False,
    is_event_related=False, paid_on=date(YEAR, 5, 6),
)  # fmt: skip


def freeze(year: Disclosure) -> str:
    """Return everything a published year says, to compare."""
    rows = DisclosureRow.objects.filter(disclosure=year, correction=None).order_by("id").values()
    people = DisclosurePeople.objects.filter(disclosure=year).order_by("id").values()
    totals = DisclosureTotal.objects.filter(disclosure=year, after=0).order_by("id").values()
    snapshot = DisclosureSnapshot.objects.filter(disclosure=year).values()
    return str([list(rows), list(people), list(totals), list(snapshot)])


def test_another_person_approves_than_who_prepared_it(group: Organisation) -> None:
    both = make_viewer("engagement_lead", "certifier")
    year = make_year(both, until="to_approve")

    with pytest.raises(Refused, match="another person approves"):
        publishing.approve_disclosure(disclosure_id=year.id, by=both, at=LATER)
    with pytest.raises(Refused, match="does not let you approve"):
        publishing.approve_disclosure(disclosure_id=year.id, by=make_lead(), at=LATER)


def test_a_year_is_published_once(lead: Viewer, certifier: Viewer, group: Organisation) -> None:
    year = make_year(lead, until="approved", certifier=certifier)

    sha256 = publishing.publish_disclosure(disclosure_id=year.id, by=certifier, at=LATER)

    year.refresh_from_db()
    assert (year.state, year.public_until, year.retain_until) == (
        "published", LATER.date().replace(year=2029), date(2030, 12, 31)
    )  # fmt: skip
    snapshot = DisclosureSnapshot.objects.get()
    assert (snapshot.sha256, snapshot.rows, snapshot.organisations) == (sha256, 1, 1)
    assert json.loads(snapshot.text)["organisations"][0]["amount_pence"] == 500_000
    with pytest.raises(Refused, match="is public already"):
        publishing.publish_disclosure(disclosure_id=year.id, by=make_certifier(), at=LATER)


def test_a_payment_that_changed_meanwhile_stops_approval_and_publication(
    lead: Viewer, certifier: Viewer, group: Organisation
) -> None:
    year = make_year(lead, until="approved", certifier=certifier)
    Payment.objects.update(amount_pence=1)

    with pytest.raises(Refused, match="changed after the rows were collected"):
        publishing.publish_disclosure(disclosure_id=year.id, by=certifier, at=LATER)


def test_what_was_approved_is_what_is_published(lead: Viewer, certifier: Viewer, group: Organisation) -> None:
    year = make_year(lead, until="approved", certifier=certifier)
    year.notes.update(sections={"vat": "Quite different."})

    with pytest.raises(Refused, match="not what was approved"):
        publishing.publish_disclosure(disclosure_id=year.id, by=certifier, at=LATER)


def test_a_certifier_sends_a_year_back_with_the_reason(
    lead: Viewer, certifier: Viewer, group: Organisation
) -> None:
    year = make_year(lead, until="approved", certifier=certifier)

    with pytest.raises(Refused, match="what must change"):
        publishing.send_back(disclosure_id=year.id, words="", by=certifier, at=LATER)
    publishing.send_back(disclosure_id=year.id, words="Name the affiliate.", by=certifier, at=LATER)

    year.refresh_from_db()
    assert (year.state, year.approved_sha256, year.prepared_by_id) == ("collecting", "", None)
    assert year.events.order_by("-at").first().words == "Name the affiliate."  # type: ignore[union-attr]
    with pytest.raises(Refused, match="cannot become"):
        publishing.send_back(disclosure_id=year.id, words="Again", by=certifier, at=LATER)


def list_attempts(year: Disclosure, group: Organisation) -> list[Callable[[], object]]:
    """Return every operation of the room, called on a published year by somebody who may."""
    lead, certifier, user = make_lead(), make_certifier(), make_partner_user(group.id)
    by_lead: dict[str, Any] = {"disclosure_id": year.id, "by": lead, "at": LATER}
    by_certifier = {**by_lead, "by": certifier}
    row = DisclosureRow.objects.get(disclosure=year, correction=None)
    made = correcting.correct_row(row_id=row.id, right=RIGHT, reason="Wrong", by=lead, at=LATER)
    check = get_check(year, group.id)
    return [
        lambda: collecting.begin_year(year=year.year, by=lead, at=LATER),
        lambda: collecting.collect_rows(**by_lead),
        lambda: collecting.finish_collecting(**by_lead),
        lambda: collecting.show_people(showing="exact", because="x", **by_certifier),
        lambda: checking.ask_partners(**by_lead),
        lambda: checking.remind_partners(**by_lead),
        lambda: checking.answer_check(answer="look", words="x", **{**by_lead, "by": user}),
        lambda: checking.reply_to_check(check_id=check.id, words="x", by=lead, at=LATER),
        lambda: checking.send_to_approval(**by_lead),
        lambda: notes.write_note(sections={"vat": "x"}, why="", **by_lead),
        lambda: publishing.approve_disclosure(**by_certifier),
        lambda: publishing.send_back(words="x", **by_certifier),
        lambda: publishing.publish_disclosure(**by_certifier),
        lambda: publishing.verify_disclosure(**by_certifier),
        lambda: correcting.approve_correction(correction_id=made, by=certifier, at=LATER),
        lambda: correcting.correct_row(row_id=row.id, right=None, reason="x", by=lead, at=LATER),
        lambda: correcting.refuse_correction(correction_id=made, words="x", by=certifier, at=LATER),
    ]


def test_no_operation_changes_what_is_published(lead: Viewer, group: Organisation) -> None:
    year = make_year(lead)
    before, refused = freeze(year), 0

    for attempt in list_attempts(year, group):
        try:
            attempt()
        except Refused:
            refused += 1

    assert freeze(year) == before
    assert refused == 15  # all but looking at it and approving a correction beside it
    assert look_at_snapshot(year).is_intact


TAMPERINGS: list[tuple[str, Callable[[Disclosure], object]]] = [
    ("rows", lambda year: year.rows.update(amount_pence=1)),
    ("rows", lambda year: year.rows.all()[0].delete()),
    ("text", lambda year: DisclosureSnapshot.objects.update(text="{}")),
    ("gone", lambda year: DisclosureSnapshot.objects.all().delete()),
    ("Correction 1", lambda year: year.corrections.update(reason="Nothing was wrong")),
]


@pytest.mark.parametrize(("words", "tamper"), TAMPERINGS)
def test_tampering_is_found_and_shown(
    words: str, tamper: Callable[[Disclosure], object], lead: Viewer, certifier: Viewer, group: Organisation
) -> None:
    make_paid(group.id, description="A second thing, for a film about asthma")
    year = make_year(lead)
    row = DisclosureRow.objects.filter(disclosure=year).order_by("-number")[0]
    if words.startswith("Correction"):
        made = correcting.correct_row(row_id=row.id, right=None, reason="Twice", by=lead, at=LATER)
        correcting.approve_correction(correction_id=made, by=certifier, at=LATER)

    tamper(year)
    found = publishing.verify_disclosure(disclosure_id=year.id, by=SYSTEM, at=LATER)

    assert not found.is_intact
    assert words in found.words
    year.refresh_from_db()
    assert year.is_intact is False


def test_only_what_is_published_has_a_checksum(lead: Viewer, group: Organisation) -> None:
    year = make_year(lead, until="approved")
    with pytest.raises(Refused, match="Only what is published"):
        publishing.verify_disclosure(disclosure_id=year.id, by=lead, at=LATER)


def correct(row: DisclosureRow, lead: Viewer, right: RightEntry | None = RIGHT) -> UUID:
    return correcting.correct_row(row_id=row.id, right=right, reason="It was a donation.", by=lead, at=LATER)


def test_a_correction_stands_beside_the_old_entry_once_another_person_agrees(
    lead: Viewer, certifier: Viewer, group: Organisation
) -> None:
    year = make_year(lead)
    row = DisclosureRow.objects.get()
    made = correct(row, lead)
    assert DisclosureRow.objects.public().count() == 1
    with pytest.raises(Refused, match="does not let you approve"):
        correcting.approve_correction(correction_id=made, by=lead, at=LATER)

    correcting.approve_correction(correction_id=made, by=certifier, at=LATER)

    old, new = DisclosureRow.objects.public().order_by("id")
    assert (old.amount_pence, new.amount_pence, new.category) == (500_000, 450_000, "donation")
    assert (old.number, new.number) == (1, 1)
    assert [one.amount_pence for one in year.totals.filter(after=0)] == [500_000]
    assert [one.amount_pence for one in year.totals.filter(after=1)] == [450_000]
    assert Disclosure.objects.get().state == "corrected"
    assert look_at_snapshot(year).is_intact
    again = correct(new, lead, replace(RIGHT, amount_pence=440_000))
    correcting.approve_correction(correction_id=again, by=certifier, at=LATER)
    assert look_at_snapshot(year).is_intact
    assert [one.number for one in year.corrections.order_by("number")] == [1, 2]
    with pytest.raises(Refused, match="decided already"):
        correcting.refuse_correction(correction_id=again, words="No", by=certifier, at=LATER)


def test_nobody_approves_their_own_correction(group: Organisation, lead: Viewer) -> None:
    make_year(lead)
    both = make_viewer("engagement_lead", "certifier")
    made = correct(DisclosureRow.objects.get(), both)

    with pytest.raises(Refused, match="another person approves"):
        correcting.approve_correction(correction_id=made, by=both, at=LATER)


def test_a_refused_correction_is_kept_and_never_public(
    lead: Viewer, certifier: Viewer, group: Organisation
) -> None:
    make_year(lead)
    row = DisclosureRow.objects.get()
    made = correct(row, lead)

    correcting.refuse_correction(correction_id=made, words="It was a grant.", by=certifier, at=LATER)

    assert DisclosureRow.objects.public().count() == 1
    assert DisclosureCorrection.objects.get().refused_because == "It was a grant."
    correct(row, lead, None)  # a refused one stands in nobody's way


WRONG: list[tuple[str, RightEntry]] = [
    ("one of the categories", replace(RIGHT, category="bribe")),
    ("what it was for", replace(RIGHT, description=" ")),
    ("Enter the amount", replace(RIGHT, amount_pence=None)),
    ("above nought", replace(RIGHT, amount_pence=0)),
    ("stands in 2025", replace(RIGHT, paid_on=date(2024, 5, 6))),
]


@pytest.mark.parametrize(("words", "right"), WRONG)
def test_a_correction_says_something_that_can_be_right(
    words: str, right: RightEntry, lead: Viewer, group: Organisation
) -> None:
    make_year(lead)
    with pytest.raises(Refused, match=words):
        correct(DisclosureRow.objects.get(), lead, right)


def test_a_correction_differs_and_stands_alone(lead: Viewer, certifier: Viewer, group: Organisation) -> None:
    year = make_year(lead)
    row = DisclosureRow.objects.get()
    same = RightEntry(row.category, row.description, row.amount_pence, False, False, row.paid_on)
    with pytest.raises(Refused, match="says the same"):
        correct(row, lead, same)
    with pytest.raises(Refused, match="what was wrong"):
        correcting.correct_row(row_id=row.id, right=None, reason="", by=lead, at=LATER)
    correct(row, lead, None)
    with pytest.raises(Refused, match="corrected already"):
        correct(row, lead)
    with pytest.raises(Refused, match="not there"):
        correcting.correct_row(row_id=year.id, right=None, reason="x", by=lead, at=LATER)
    with pytest.raises(Refused, match="not there"):
        correcting.approve_correction(correction_id=year.id, by=certifier, at=LATER)
    with pytest.raises(Refused, match="made by a person"):
        correcting.add_missing(
            disclosure_id=year.id, payment_id=make_paid(group.id).id, reason="x", by=SYSTEM, at=LATER
        )


def test_what_was_left_behind_is_added_from_its_payment(
    lead: Viewer, certifier: Viewer, group: Organisation
) -> None:
    year = make_year(lead)
    late = make_paid(group.id, amount_pence=7_000, description="A film about asthma at school")

    made = correcting.add_missing(
        disclosure_id=year.id, payment_id=late.id, reason="Booked late.", by=lead, at=LATER
    )
    with pytest.raises(Refused, match="stands in the year already"):
        correcting.add_missing(disclosure_id=year.id, payment_id=late.id, reason="Again.", by=lead, at=LATER)
    correcting.approve_correction(correction_id=made, by=certifier, at=LATER)

    row = DisclosureRow.objects.get(correction_id=made)
    assert (row.number, row.amount_pence) == (2, 7_000)
    assert [one.amount_pence for one in year.totals.filter(after=1)] == [507_000]
    with pytest.raises(Refused, match="no payment of this year"):
        correcting.add_missing(disclosure_id=year.id, payment_id=year.id, reason="x", by=lead, at=LATER)


def test_before_publication_the_payment_is_mended_instead(lead: Viewer, group: Organisation) -> None:
    make_year(lead, until="approved")
    with pytest.raises(Refused, match="Only what is published is corrected"):
        correct(DisclosureRow.objects.get(), lead)


def test_every_published_year_is_compared_each_day(lead: Viewer, group: Organisation) -> None:
    year = make_year(lead)
    year.rows.update(amount_pence=1)
    job = start_job(kind="partnership.verify_published", arguments={}, by=SYSTEM, at=timezone.now())

    run_next_job()

    job.refresh_from_db()
    assert job.result == {"years": 1, "changed": 1}
    year.refresh_from_db()
    assert year.is_intact is False
