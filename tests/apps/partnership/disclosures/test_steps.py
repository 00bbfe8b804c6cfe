"""From payments to rows that partners looked at: computed, never typed; asked, answered, silent."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.partnership.models import Disclosure, DisclosureCheck, DisclosureRow, Payment
from alongside.apps.partnership.operations.disclosures.checking import (
    answer_check,
    ask_partners,
    remind_partners,
    reply_to_check,
    send_to_approval,
)
from alongside.apps.partnership.operations.disclosures.collecting import (
    begin_year,
    collect_rows,
    finish_collecting,
    show_people,
)
from alongside.apps.partnership.operations.disclosures.notes import write_note
from alongside.apps.partnership.queries.disclosures.reconcile import (
    list_differences,
    list_gaps,
    list_left_out,
)
from alongside.apps.partnership.queries.disclosures.rows import list_people_lines
from alongside.apps.partnership.queries.disclosures.years import count_answers
from alongside.apps.people.models import Organisation, OrganisationIdentifier
from tests.factories.disclosures import SPRING, YEAR, get_check, make_paid, make_year
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW, make_person, make_viewer

pytestmark = pytest.mark.django_db


def test_rows_are_computed_from_what_was_paid_in_the_year(lead: Viewer, group: Organisation) -> None:
    OrganisationIdentifier.objects.create(organisation=group, scheme="GB-CHC", number="1234567", added_at=NOW)
    make_paid(group.id, paid_on=date(2024, 12, 31))
    make_paid(group.id, state="asked")
    trust = make_organisation("Larkmoor", kind="nhs_body")
    make_paid(trust.id, category="joint", amount_pence=900)
    supplier = make_organisation("Printers", kind="company")
    make_paid(supplier.id)

    year = make_year(lead, until="collecting")

    rows = list(DisclosureRow.objects.filter(disclosure=year))
    assert [(row.organisation_name, row.list, row.category) for row in rows] == [
        ("Second Stair", "organisations", "grant"), ("Larkmoor", "joint", "joint_working")
    ]  # fmt: skip
    assert rows[0].organisation_identifier == "GB-CHC-1234567"
    assert [one.because for one in list_left_out(year)] == [
        "A company is no patient organisation. What we buy is not disclosed here."
    ]
    assert year.due_on == date(2026, 6, 30)
    assert AuditLine.objects.filter(operation="collect_disclosure").count() == 1


def test_a_year_is_begun_once_and_not_before_its_time(lead: Viewer) -> None:
    make_year(lead, until="collecting")
    with pytest.raises(Refused, match="begun already"):
        begin_year(year=YEAR, by=lead, at=SPRING)
    with pytest.raises(Refused, match="has not begun"):
        begin_year(year=2030, by=lead, at=SPRING)
    with pytest.raises(Refused, match="not a year"):
        begin_year(year=25, by=lead, at=SPRING)
    with pytest.raises(Refused, match="No rules"):
        begin_year(year=2010, by=lead, at=SPRING)


def test_collecting_again_keeps_rows_that_are_the_same_and_follows_those_that_are_not(
    lead: Viewer, group: Organisation
) -> None:
    gone, changed = make_paid(group.id), make_paid(group.id)
    year = make_year(lead, until="collecting")
    before = dict(DisclosureRow.objects.values_list("source_key", "id"))
    Payment.objects.filter(id=gone.id).update(state="cancelled", paid_on=None)
    Payment.objects.filter(id=changed.id).update(amount_pence=77)
    added = make_paid(group.id, paid_on=date(YEAR, 1, 2))

    assert collect_rows(disclosure_id=year.id, by=lead, at=SPRING) == 3

    after = dict(DisclosureRow.objects.values_list("source_key", "id"))
    assert str(gone.id) not in after
    assert after[str(changed.id)] == before[str(changed.id)]
    assert DisclosureRow.objects.get(source_key=str(changed.id)).amount_pence == 77
    assert DisclosureRow.objects.get(source_key=str(added.id)).number == 1


def test_what_was_merged_is_named_as_what_it_lives_on_as(lead: Viewer, group: Organisation) -> None:
    into = make_organisation("Second Stair Heart Group")
    Organisation.objects.filter(id=group.id).update(merged_into=into)

    make_year(lead, until="collecting")

    assert DisclosureRow.objects.get().organisation_id == into.id


def test_reconciling_says_what_is_missing(lead: Viewer, group: Organisation) -> None:
    make_paid(group.id, is_in_kind=True, amount_pence=None, description="A room")
    make_paid(group.id, state="approved", paid_on=date(YEAR, 12, 1))
    make_paid(person_id=make_person("patient_partner").id, category="fee", state="asked")
    year = make_year(lead, until="reconciling")

    gaps = list_gaps(year)

    assert gaps[0].is_blocking
    assert [gap.kind for gap in gaps if not gap.is_blocking] == ["unpaid", "unpaid", "identifier"]
    with pytest.raises(Refused, match="1 rows cannot be published"):
        ask_partners(disclosure_id=year.id, by=lead, at=SPRING)


def test_an_agreement_that_promises_something_in_kind_is_asked_about(
    lead: Viewer, group: Organisation
) -> None:
    payment = Payment.objects.get()
    type(payment.agreement).objects.filter(id=payment.agreement_id).update(in_kind_description="A van")

    assert "not_given" in [gap.kind for gap in list_gaps(make_year(lead, until="collecting"))]


def test_sums_stand_beside_the_year_before(lead: Viewer, group: Organisation) -> None:
    make_paid(group.id, paid_on=date(2024, 3, 1), amount_pence=200_000)
    year = make_year(lead, until="collecting")
    assert [(one.before_pence, one.change_pence) for one in list_differences(year)] == [(None, None)]

    begin_year(year=2024, by=lead, at=SPRING)

    assert [one.change_pence for one in list_differences(year)] == [300_000]


def test_nobody_goes_on_before_the_year_is_over(lead: Viewer) -> None:
    year_id = begin_year(year=2026, by=lead, at=datetime(2026, 11, 1, tzinfo=UTC))
    with pytest.raises(Refused, match="2026 is not over"):
        finish_collecting(disclosure_id=year_id, by=lead, at=datetime(2026, 12, 31, 23, tzinfo=UTC))


def test_a_group_says_that_its_rows_are_right_or_what_to_look_at(lead: Viewer, group: Organisation) -> None:
    other = make_organisation("Plain Skin")
    make_paid(other.id)
    year = make_year(lead, until="checking")
    ours, theirs = make_partner_user(group.id), make_partner_user(other.id)

    answer_check(disclosure_id=year.id, answer="right", words="", by=ours, at=SPRING)
    with pytest.raises(Refused, match="what we should look at"):
        answer_check(disclosure_id=year.id, answer="look", words=" ", by=theirs, at=SPRING)
    with pytest.raises(Refused, match="Choose whether"):
        answer_check(disclosure_id=year.id, answer="maybe", words="x", by=theirs, at=SPRING)
    answer_check(disclosure_id=year.id, answer="look", words="It was January.", by=theirs, at=SPRING)

    answers = count_answers(year)
    assert (answers.asked, answers.right, answers.look, answers.silent) == (2, 1, 1, 0)
    with pytest.raises(Refused, match="have no answer yet"):
        send_to_approval(disclosure_id=year.id, by=lead, at=SPRING)
    check = get_check(year, other.id)
    with pytest.raises(Refused, match="asked nothing"):
        reply_to_check(check_id=get_check(year, group.id).id, words="x", by=lead, at=SPRING)
    with pytest.raises(Refused, match="not there"):
        reply_to_check(check_id=year.id, words="x", by=lead, at=SPRING)
    reply_to_check(check_id=check.id, words="It was paid on 31 December.", by=lead, at=SPRING)
    with pytest.raises(Refused, match="answered this already"):
        reply_to_check(check_id=check.id, words="Again", by=lead, at=SPRING)
    with pytest.raises(Refused, match="time to answer is over"):
        answer_check(disclosure_id=year.id, answer="right", words="", by=theirs, at=SPRING)
    send_to_approval(disclosure_id=year.id, by=lead, at=SPRING)


def test_silence_is_silence_and_never_a_yes(lead: Viewer, group: Organisation) -> None:
    year = make_year(lead, until="checking")

    with pytest.raises(Refused, match="may answer until 16 March 2026"):
        send_to_approval(disclosure_id=year.id, by=lead, at=SPRING + timedelta(days=14))
    send_to_approval(disclosure_id=year.id, by=lead, at=SPRING + timedelta(days=15))

    assert (count_answers(year).silent, count_answers(year).right) == (1, 0)


def test_whoever_has_not_answered_is_reminded_at_most_once_a_week(lead: Viewer, group: Organisation) -> None:
    year = make_year(lead, until="checking")

    reminded = [
        remind_partners(disclosure_id=year.id, by=lead, at=SPRING + timedelta(days=days))
        for days in (6, 7, 10, 14)
    ]

    assert reminded == [0, 1, 0, 1]
    approved = make_organisation("Never asked")
    with pytest.raises(Refused, match="was not asked"):
        answer_check(
            disclosure_id=year.id, answer="right", words="", by=make_partner_user(approved.id), at=SPRING
        )


def test_reminding_belongs_to_the_time_of_looking(lead: Viewer, group: Organisation) -> None:
    with pytest.raises(Refused, match="while they look"):
        remind_partners(disclosure_id=make_year(lead, until="reconciling").id, by=lead, at=SPRING)


def test_whose_rows_changed_is_asked_again_and_nobody_else(lead: Viewer, group: Organisation) -> None:
    other = make_organisation("Plain Skin")
    payment = make_paid(other.id)
    year = make_year(lead, until="checking")
    for one in (group, other):
        answer_check(disclosure_id=year.id, answer="right", words="", by=make_partner_user(one.id), at=SPRING)
    Payment.objects.filter(id=payment.id).update(amount_pence=12_300)

    collect_rows(disclosure_id=year.id, by=lead, at=SPRING)
    finish_collecting(disclosure_id=year.id, by=lead, at=SPRING)
    assert ask_partners(disclosure_id=year.id, by=lead, at=SPRING) == 1

    assert get_check(year, group.id).answer == "right"
    assert get_check(year, other.id).answer == ""
    assert DisclosureCheck.objects.filter(organisation=other).count() == 2


def test_people_are_shown_protected_until_a_certifier_decides_for_a_year(
    lead: Viewer, certifier: Viewer, group: Organisation
) -> None:
    patient = make_person("patient_partner")
    make_paid(person_id=patient.id, category="fee", amount_pence=5_500)
    make_paid(person_id=patient.id, category="expense", amount_pence=900)
    make_paid(person_id=patient.id, category="fee", amount_pence=100, currency="EUR")
    year = make_year(lead, until="collecting")
    lines = list_people_lines(lead, year)
    assert [(one.individuals, one.fees_pence, one.expenses_pence) for one in lines] == [
        (1, 100, 0), (1, 5_500, 900)
    ]  # fmt: skip
    assert {(one.shown_individuals, one.shown_fees_pence) for one in lines} == {("1 to 7", None)}

    with pytest.raises(Refused, match="Say why"):
        show_people(disclosure_id=year.id, showing="exact", because="", by=certifier, at=SPRING)
    with pytest.raises(Refused, match="Choose how"):
        show_people(disclosure_id=year.id, showing="all", because="x", by=certifier, at=SPRING)
    with pytest.raises(Refused):
        show_people(disclosure_id=year.id, showing="exact", because="x", by=lead, at=SPRING)
    show_people(
        disclosure_id=year.id, showing="exact", because="The Code asks for it.", by=certifier, at=SPRING
    )

    assert [one.shown_individuals for one in list_people_lines(lead, year)] == ["1", "1"]
    assert list_people_lines(make_viewer("owner"), year) == []


def test_a_method_note_keeps_every_version(lead: Viewer, group: Organisation) -> None:
    year = make_year(lead, until="checking")
    first = year.notes.get()
    assert "Second Stair" not in str(first.sections)
    assert "2025" in first.sections["scope"]

    again = write_note(disclosure_id=year.id, sections=dict(first.sections), why="", by=lead, at=SPRING)
    changed = {**first.sections, "vat": "No VAT is on any amount."}
    second = write_note(disclosure_id=year.id, sections=changed, why="VAT", by=lead, at=SPRING)

    assert again.id == first.id
    assert (second.number, second.sections["vat"]) == (2, "No VAT is on any amount.")
    with pytest.raises(Refused, match="not part of the note"):
        write_note(disclosure_id=year.id, sections={"weather": "Fine"}, why="", by=lead, at=SPRING)
    with pytest.raises(Refused, match="cannot be empty"):
        write_note(disclosure_id=year.id, sections={"vat": " "}, why="", by=lead, at=SPRING)


def test_a_note_can_be_written_before_anybody_is_asked(lead: Viewer) -> None:
    year = make_year(lead, until="collecting")

    note = write_note(disclosure_id=year.id, sections={"vat": "None."}, why="", by=lead, at=SPRING)

    assert note.number == 1
    assert len(note.sections) > 5


def test_only_whoever_may_prepare_prepares(certifier: Viewer, group: Organisation, lead: Viewer) -> None:
    with pytest.raises(Refused, match="does not let you prepare"):
        begin_year(year=YEAR, by=certifier, at=SPRING)
    year = make_year(lead, until="published")
    for operation in (collect_rows, finish_collecting, ask_partners, send_to_approval):
        with pytest.raises(Refused):
            operation(disclosure_id=year.id, by=lead, at=SPRING)
    with pytest.raises(Refused, match="not there"):
        collect_rows(disclosure_id=group.id, by=lead, at=SPRING)
    assert Disclosure.objects.get().state == "published"
