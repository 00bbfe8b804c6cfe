"""Keeping a relationship, what partners want step by step, and what an organisation is."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from alongside.apps.actions.operations.actions import move_action
from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import SYSTEM, Refused
from alongside.apps.base.rules.subjects import Subject
from alongside.apps.engagement.models import Voice
from alongside.apps.partnership.models import Interaction, Priority, PriorityEvent, Relationship
from alongside.apps.partnership.operations.relations import (
    PriorityPlan,
    RelationshipPlan,
    end_relationship,
    keep_relationship,
    make_promise,
    move_priority,
    record_priority,
    remind_later,
    reopen_relationship,
)
from alongside.apps.partnership.operations.relations.personal import erase
from alongside.apps.partnership.queries.relations.day import find_interactions, find_partners_by_words
from alongside.apps.partnership.queries.relations.partners import (
    get_priority,
    get_relationship,
    list_priorities,
    list_priority_steps,
    list_promises,
)
from alongside.apps.partnership.queries.relations.personal import collect
from alongside.apps.partnership.queries.relations.shared import (
    collect_notes,
    collect_priorities,
    collect_promises,
)
from alongside.apps.partnership.queries.relations.timeline import list_entries, list_timeline
from alongside.apps.partnership.rules.relations import MOVES, State, check_can_move, list_next_states
from alongside.apps.people.models import OrganisationIdentifier, Person
from alongside.apps.people.operations import (
    IncomeTerms,
    OrganisationDetails,
    assure_organisation,
    change_organisation,
    remove_income,
    set_identifiers,
    set_income,
)
from alongside.apps.people.queries import (
    get_organisation,
    list_identifier_schemes,
    list_identifier_warnings,
    list_people_of,
    select_partners,
)
from alongside.apps.people.rules.identifiers import find_misfit
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW, make_viewer
from tests.factories.relations import TODAY, make_note, make_promise_plan

WANTED = PriorityPlan("A number to ring at night", "first", "their chair")


def test_every_state_leads_somewhere_and_no_step_skips_checking_back() -> None:
    assert set(MOVES) == set(State.values)
    assert list_next_states(State.HEARD) == (State.CHECKED_BACK,)
    for state, steps in MOVES.items():
        for to in State.values:
            if to not in steps:
                with pytest.raises(Refused, match="cannot become"):
                    check_can_move(state, to, "words")
    with pytest.raises(Refused, match="“flown”"):
        check_can_move(State.HEARD, "flown", "words")


@pytest.mark.parametrize(("state", "to", "words"), [
    (State.CHECKED_BACK, State.DECLINED, "Say plainly why"),
    (State.ADOPTED, State.ACTED_ON, "what was done"),
    (State.ACTED_ON, State.FED_BACK, "how and when"),
    (State.DECLINED, State.ADOPTED, "taken up again"),
])  # fmt: skip
def test_a_step_that_needs_words_is_refused_without(state: str, to: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        check_can_move(state, to, " ")
    check_can_move(state, to, "Because.")
    check_can_move(State.CHECKED_BACK, State.ADOPTED, "")


@pytest.mark.django_db
def test_a_priority_goes_from_heard_to_fed_back_and_the_partner_reads_why() -> None:
    lead, group = make_viewer("engagement_lead"), make_organisation()
    bronwen = make_partner_user(group.id)
    wanted = record_priority(organisation_id=group.id, priority=WANTED, heard_on=TODAY, by=lead, at=NOW)
    for to, words in (
        ("checked_back", ""), ("declined", "No money this year."), ("adopted", "There is money now."),
        ("acted_on", "The line opened."), ("fed_back", "Told their chair by telephone."),
    ):  # fmt: skip
        move_priority(priority_id=wanted, to=to, words=words, by=lead, at=NOW)
        if to == "declined":
            (read,) = list_priorities(bronwen)
            assert (read.reason, read.answer) == ("No money this year.", "No money this year.")
    (read,) = list_priorities(bronwen)
    assert (read.state, read.reason, read.answer) == ("fed_back", "", "The line opened.")
    assert [step.became for step in list_priority_steps(lead, wanted)][-1] == "heard"
    assert PriorityEvent.objects.count() == 6
    with pytest.raises(Refused, match="no such priority"):
        move_priority(priority_id=uuid4(), to="adopted", words="", by=lead, at=NOW)
    assert get_priority(lead, uuid4()) is None
    assert list_priority_steps(bronwen, uuid4()) == []
    assert list_priorities(make_viewer("analyst")) == []


@pytest.mark.django_db
def test_a_relationship_is_kept_ended_and_taken_up_again() -> None:
    lead, other, group = make_viewer("engagement_lead"), make_viewer("engagement_lead"), make_organisation()
    with pytest.raises(Refused, match="Begin one first"):
        end_relationship(organisation_id=group.id, because="x", by=lead, at=NOW)
    assert get_relationship(lead, group.id) is None
    plan = RelationshipPlan(other.person_id, "Know each other", 60, TODAY)
    keep_relationship(organisation_id=group.id, plan=plan, by=lead, at=NOW)
    keep_relationship(organisation_id=group.id, plan=plan, by=lead, at=NOW)
    kept = get_relationship(lead, group.id)
    assert kept is not None
    assert (kept.lead_id, kept.contact_every_days, kept.began_on) == (other.person_id, 60, TODAY)
    analyst = RelationshipPlan(make_viewer("analyst").person_id)
    with pytest.raises(Refused, match="whose role lets them"):
        keep_relationship(organisation_id=group.id, plan=analyst, by=lead, at=NOW)
    for days in (0, 731):
        with pytest.raises(Refused, match="from 1 to 730"):
            keep_relationship(
                organisation_id=group.id, plan=RelationshipPlan(None, "", days), by=lead, at=NOW
            )
    with pytest.raises(Refused, match="has not ended"):
        reopen_relationship(organisation_id=group.id, by=lead, at=NOW)
    with pytest.raises(Refused, match="Say why"):
        end_relationship(organisation_id=group.id, because=" ", by=lead, at=NOW)
    end_relationship(organisation_id=group.id, because="They closed.", by=lead, at=NOW)
    with pytest.raises(Refused, match="ended already"):
        end_relationship(organisation_id=group.id, because="Again", by=lead, at=NOW)
    reopen_relationship(organisation_id=group.id, by=lead, at=NOW)
    assert Relationship.objects.get().ended_on is None
    for until in (TODAY, TODAY + timedelta(days=367)):
        with pytest.raises(Refused, match="Choose a day"):
            remind_later(organisation_id=group.id, until=until, by=lead, at=NOW)


@pytest.mark.django_db
def test_one_timeline_holds_what_every_part_did_and_a_partner_sees_its_own_shared_things() -> None:
    lead, group, other = make_viewer("engagement_lead"), make_organisation(), make_organisation()
    bronwen = make_partner_user(group.id)
    hidden = make_note(group.id, by=lead, title="Not shared", happened_on=TODAY - timedelta(days=3))
    shown = make_note(group.id, by=lead, title="Shared " * 20, shared_notes="word " * 90, share=True)
    make_note(other.id, by=lead, title="Of others", share=True)
    promise = make_promise_plan(lead.own_id, "Send the minutes")
    make_promise(organisation_id=group.id, promise=promise, made_on=TODAY, by=lead, at=NOW)
    record_priority(organisation_id=group.id, priority=WANTED, heard_on=TODAY, by=lead, at=NOW)
    entries = list_timeline(lead, group.id, date.min)
    assert [entry.on for entry in entries] == sorted((entry.on for entry in entries), reverse=True)
    assert {entry.kind for entry in entries} == {"meeting", "promise", "priority"}
    assert "short of money" not in repr(entries)
    assert [entry.title for entry in list_timeline(lead, group.id, TODAY)].count("Not shared") == 0
    theirs = list_timeline(bronwen, group.id, date.min)
    assert len(theirs) == 3
    assert all(entry.is_shared for entry in theirs)
    assert not any(str(hidden) in entry.url or "/partners/" in entry.url for entry in theirs)
    assert any(str(shown) in entry.url and len(entry.words) == 240 for entry in theirs)
    assert list_timeline(bronwen, other.id, date.min) == []
    auditor = make_viewer("auditor")
    assert {
        entry.url for entry in list_entries(auditor, [group.id], date.min) if entry.kind == "promise"
    } == {""}


@pytest.mark.django_db
def test_what_is_shared_can_be_taken_away_by_its_partner_alone() -> None:
    lead, group = make_viewer("engagement_lead"), make_organisation()
    bronwen, stranger = make_partner_user(group.id), make_partner_user(make_organisation().id)
    make_note(group.id, by=lead, share=True)
    make_note(group.id, by=lead)
    promise = make_promise_plan(lead.own_id)
    make_promise(organisation_id=group.id, promise=promise, made_on=TODAY, by=lead, at=NOW)
    record_priority(organisation_id=group.id, priority=WANTED, heard_on=TODAY, by=lead, at=NOW)
    for collect_one in (collect_notes, collect_promises, collect_priorities):
        table = collect_one(bronwen, group.id)
        assert [len(row) for row in table.rows] == [len(table.columns)]
        assert "short of money" not in repr(table)
        assert collect_one(stranger, group.id).rows == ()


@pytest.mark.django_db
def test_a_promise_says_whether_it_is_late_and_what_came_of_it() -> None:
    lead, group = make_viewer("engagement_lead"), make_organisation()
    for words in ("Kept", "Open"):
        plan = make_promise_plan(lead.own_id, words, days=5)
        make_promise(organisation_id=group.id, promise=plan, made_on=TODAY, by=lead, at=NOW)
    kept = list_promises(lead, TODAY)
    done = next(one for one in kept if one.words == "Kept")
    move_action(action_id=done.action_id, to="done", words="It went out.", by=lead, at=NOW)
    first, last = list_promises(make_partner_user(group.id), TODAY + timedelta(days=6))
    assert (first.words, first.is_late, first.outcome) == ("Open", True, "")
    assert (last.words, last.is_late, last.outcome) == ("Kept", False, "It went out.")


@pytest.mark.django_db
def test_search_finds_private_words_for_colleagues_only() -> None:
    lead, group = make_viewer("engagement_lead"), make_organisation("Side Door")
    bronwen, analyst = make_partner_user(group.id), make_viewer("analyst")
    make_note(group.id, by=lead, share=True, shared_notes=f"{'long ' * 40}the leaflet {'long ' * 40}")
    assert [hit.title for hit in find_interactions(lead, "SHORT OF MONEY", 5)] == ["First meeting"]
    assert find_interactions(bronwen, "short of money", 5) == []
    (hit,) = find_interactions(bronwen, "leaflet", 5)
    assert hit.excerpt.startswith("…")
    assert "/our-organisation/" in hit.url
    assert find_interactions(analyst, "leaflet", 5) == []
    assert [hit.title for hit in find_partners_by_words(analyst, "side", 5)] == ["Side Door"]
    assert find_partners_by_words(bronwen, "side", 5) == []
    assert f"/{group.id}/" in find_partners_by_words(lead, "side", 5)[0].url


@pytest.mark.django_db
def test_an_erased_person_leads_nothing_and_the_acts_stay_under_no_name() -> None:
    lead, group = make_viewer("engagement_lead"), make_organisation()
    note = make_note(group.id, by=lead, share=True)
    Interaction.objects.get(id=note).our_people.add(Person.objects.get(id=lead.own_id))
    wanted = record_priority(organisation_id=group.id, priority=WANTED, heard_on=TODAY, by=lead, at=NOW)
    plan = make_promise_plan(lead.own_id)
    make_promise(organisation_id=group.id, promise=plan, made_on=TODAY, by=lead, at=NOW)
    person = Subject(person_ids=frozenset({lead.own_id}))
    held = {record.table for record in collect(person)}
    assert held == {
        "partnership_relationship", "partnership_interaction", "partnership_priority",
        "partnership_priority_event", "partnership_promise",
    }  # fmt: skip
    for _again in range(2):
        rows = {row.table: row for row in erase(person, by=SYSTEM, at=NOW)}
    assert rows["partnership_promise"].kept == 1
    assert rows["partnership_promise"].because
    assert Relationship.objects.get().lead is None
    assert not Interaction.objects.get().our_people.exists()
    assert Priority.objects.get(id=wanted).words == WANTED.words
    speaker = Voice.objects.get().speaker_id
    assert speaker is not None
    erase(Subject(speaker_ids=frozenset({speaker})), by=SYSTEM, at=NOW)
    assert Priority.objects.get(id=wanted).words == "[erased]"


@pytest.mark.django_db
def test_a_note_answered_by_somebody_is_told_to_them() -> None:
    from_partner = make_partner_user(make_organisation().id)
    assert collect(Subject(person_ids=frozenset({from_partner.own_id}))) == []


@pytest.mark.django_db
def test_an_organisation_is_changed_by_those_who_may_and_its_name_stays_its_own() -> None:
    lead, group = make_viewer("engagement_lead"), make_organisation("Side Door")
    make_organisation("Plain Skin")
    details = OrganisationDetails(
        " Side Door Wales ", "carers", membership=40, conditions="asthma", nation="Wales"
    )
    change_organisation(organisation_id=group.id, details=details, by=lead, at=NOW)
    page = get_organisation(lead, group.id)
    assert page is not None
    assert (page.name, page.kind_words, page.membership) == ("Side Door Wales", "carers’ organisation", 40)
    assert AuditLine.objects.get(operation="change_organisation").detail["changed"]
    for wrong, words in (
        (OrganisationDetails("Plain Skin", "charity"), "already here"),
        (OrganisationDetails("", "charity"), "Enter the organisation's name"),
        (OrganisationDetails("Side Door", "club"), "not a kind"),
        (OrganisationDetails("Side Door", "own"), "own organisation"),
    ):
        with pytest.raises(Refused, match=words):
            change_organisation(organisation_id=group.id, details=wrong, by=lead, at=NOW)
    with pytest.raises(Refused, match="no such organisation"):
        assure_organisation(organisation_id=uuid4(), by=lead, at=NOW)
    with pytest.raises(Refused, match="manage partners"):
        assure_organisation(organisation_id=group.id, by=make_viewer("finance"), at=NOW)
    assure_organisation(organisation_id=group.id, by=lead, at=NOW)
    assert [one.name for one in select_partners(lead, words="asthma", kind="carers", nation="Wales")] == [
        page.name
    ]
    assert [one.name for one in select_partners(make_viewer("analyst"), words="asthma")] == []
    bronwen = make_partner_user(group.id)
    assert [one.id for one in select_partners(bronwen)] == [group.id]
    assert list_people_of(lead, group.id) == [(bronwen.own_id, "Bron Maddox")]
    assert list_people_of(bronwen, group.id) == []
    assert get_organisation(make_viewer("analyst"), group.id) is None


@pytest.mark.django_db
def test_numbers_that_look_wrong_are_kept_and_said() -> None:
    lead, group, other = make_viewer("engagement_lead"), make_organisation(), make_organisation("Other group")
    pairs = [("gb-chc", " 109 0095 "), ("GB-CHC", "12"), ("XX-OLD", "7")]
    set_identifiers(organisation_id=group.id, identifiers=pairs, by=lead, at=NOW)
    set_identifiers(organisation_id=other.id, identifiers=[("GB-CHC", "1090095")], by=lead, at=NOW)
    page = get_organisation(lead, group.id)
    assert page is not None
    assert [(one.number, bool(one.misfit)) for one in page.identifiers] == [
        ("1090095", False), ("12", True), ("7", True),
    ]  # fmt: skip
    warnings = list_identifier_warnings(group.id, [("GB-CHC", "1090095"), ("GB-SC", "1090095")])
    assert len(warnings) == 2
    assert "stands at Other group too" in warnings[1]
    set_identifiers(organisation_id=group.id, identifiers=[("GB-CHC", "12")], by=lead, at=NOW)
    assert OrganisationIdentifier.objects.filter(organisation=group).count() == 1
    for wrong, words in (
        ([("", "1")], "Choose the list"), ([("GB-CHC", " ")], "Write the number"),
        ([("GB-CHC", "1" * 61)], "at most 60"), ([("GB-CHC", str(n)) for n in range(21)], "at most 20"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            set_identifiers(organisation_id=group.id, identifiers=wrong, by=lead, at=NOW)


def test_the_example_of_every_list_fits_its_own_pattern() -> None:
    schemes = list_identifier_schemes()
    assert {"GB-CHC", "GB-SC", "GB-NIC", "GB-COH", "GB-NHS"} <= set(schemes)
    assert [find_misfit(schemes, one.code, one.example) for one in schemes.values()] == [""] * len(schemes)


@pytest.mark.django_db
def test_an_income_has_its_year_and_its_source_and_a_second_figure_takes_its_place() -> None:
    lead, group = make_viewer("engagement_lead"), make_organisation()
    ended = date(2026, 3, 31)
    for pounds in (100, 182_400):
        terms = IncomeTerms(ended, pounds * 100, "Annual return")
        set_income(organisation_id=group.id, income=terms, by=lead, at=NOW)
    page = get_organisation(lead, group.id)
    assert page is not None
    assert [one.amount_pence for one in page.incomes] == [18_240_000]
    for wrong, words in (
        (IncomeTerms(ended, -1, "x"), "not below nothing"), (IncomeTerms(ended, 1, " "), "where this figure"),
        (IncomeTerms(date(2027, 3, 31), 1, "x"), "has ended"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            set_income(organisation_id=group.id, income=wrong, by=lead, at=NOW)
    remove_income(organisation_id=group.id, year_ends_on=ended, by=lead, at=NOW)
    with pytest.raises(Refused, match="no income for that year"):
        remove_income(organisation_id=group.id, year_ends_on=ended, by=lead, at=NOW)
