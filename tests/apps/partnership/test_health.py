"""How a relationship stands: laws of the pure rules, and facts that agree with an obvious count."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.apps.actions.operations.actions import move_action
from alongside.apps.base.rules import PUBLIC, SYSTEM
from alongside.apps.base.rules.partnering import HealthReason
from alongside.apps.partnership.models import Interaction, Promise, Relationship
from alongside.apps.partnership.operations.relations import (
    RelationshipPlan,
    answer_notes,
    end_relationship,
    judge_relationships,
    keep_relationship,
    remind_later,
)
from alongside.apps.partnership.queries.relations.day import list_day
from alongside.apps.partnership.queries.relations.health import gather_facts, judge, list_asking, list_health
from alongside.apps.partnership.rules.health import ContactFacts, judge_contact, weigh
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW, make_viewer
from tests.factories.relations import TODAY, make_note, make_promise_plan

days = st.integers(0, 1000)
SOMEBODY = uuid4()


def say(facts: ContactFacts) -> list[tuple[str, int]]:
    return [(reason.words, reason.weight) for reason in judge_contact(facts, TODAY)]


def ago(number: int) -> date:
    return TODAY - timedelta(days=number)


@pytest.mark.parametrize(("facts", "said"), [
    (ContactFacts(90, ago(90)), []),
    (ContactFacts(90, ago(91)), [("no contact yet, 91 days after it began", 1)]),
    (ContactFacts(90, ago(900), ago(96)), [("no contact for 96 days", 1)]),
    (ContactFacts(90, ago(900), ago(181)), [("no contact for 181 days", 2)]),
    (ContactFacts(90, TODAY, review_on=TODAY), [("its review is due", 1)]),
    (ContactFacts(90, TODAY, review_on=TODAY + timedelta(days=1)), []),
    (ContactFacts(90, TODAY, unanswered=1, unanswered_since=ago(30)), [("1 note not confirmed yet", 0)]),
    (ContactFacts(90, TODAY, unanswered=2, unanswered_since=ago(31)), [("2 notes not confirmed yet", 1)]),
    (ContactFacts(90, TODAY, unanswered=2), [("2 notes not confirmed yet", 0)]),
    (ContactFacts(90, TODAY, late_promises=1, latest_due_on=ago(30)), [("1 promise late", 1)]),
    (ContactFacts(90, TODAY, late_promises=1, latest_due_on=ago(31)), [("1 promise late", 2)]),
    (ContactFacts(90, TODAY, late_promises=2), [("2 promises late", 2)]),
])  # fmt: skip
def test_each_fact_gives_its_reason(facts: ContactFacts, said: list[tuple[str, int]]) -> None:
    assert say(facts) == said


@settings(max_examples=60)
@given(every=st.integers(1, 365), silent=days, more=days)
def test_longer_silence_never_stands_better(every: int, silent: int, more: int) -> None:
    def weight(number: int) -> int:
        facts = ContactFacts(every, ago(2000), ago(number))
        return sum(reason.weight for reason in judge_contact(facts, TODAY))

    assert weight(silent) <= weight(silent + more)


@settings(max_examples=60)
@given(weights=st.lists(st.integers(0, 2), max_size=6), more=st.integers(0, 2))
def test_one_more_reason_never_makes_it_better(weights: list[int], more: int) -> None:
    order = ("good", "attention", "strained")

    def level(of: list[int]) -> int:
        return order.index(weigh([HealthReason(SOMEBODY, "words", one) for one in of]).level)

    assert level(weights) <= level([*weights, more])


def test_three_light_reasons_strain_and_the_heaviest_stands_first() -> None:
    light = [HealthReason(SOMEBODY, "light", 1)] * 3
    assert weigh(light).level == "strained"
    assert weigh(light[:2]).level == "attention"
    assert weigh([*light[:1], HealthReason(SOMEBODY, "heavy", 2)]).reasons[0].words == "heavy"


@pytest.mark.django_db
def test_facts_agree_with_an_obvious_count() -> None:
    lead, owner = make_viewer("engagement_lead"), make_viewer("owner")
    groups = [make_organisation() for _ in range(3)]
    for number, group in enumerate(groups[:2], start=1):
        promises = [make_promise_plan(owner.own_id, f"Promise {n}", days=10 * n - 40) for n in range(1, 4)]
        make_note(group.id, by=lead, share=True, happened_on=ago(50 * number), promises=promises)
        make_note(group.id, by=lead, happened_on=ago(70 * number))
    done = Promise.objects.filter(organisation=groups[0], words="Promise 1").get()
    move_action(action_id=done.action_id, to="done", words="It was sent.", by=lead, at=NOW)
    keep_relationship(
        organisation_id=groups[2].id, plan=RelationshipPlan(None, review_on=TODAY), by=lead, at=NOW
    )
    on = TODAY + timedelta(days=15)
    found = gather_facts(lead, [group.id for group in groups], on)
    for group in groups:
        met = list(Interaction.objects.filter(organisation=group))
        late = [
            one.action.due_on
            for one in Promise.objects.filter(organisation=group)
            if one.action.state == "planned" and one.action.due_on < on
        ]
        assert found[group.id].last_contact_on == max((one.happened_on for one in met), default=None)
        assert found[group.id].unanswered == sum(one.note_state == "shared" for one in met)
        assert (found[group.id].late_promises, found[group.id].latest_due_on) == (
            len(late),
            min(late, default=None),
        )
    assert found[groups[2].id].review_on == TODAY
    words = {(one.organisation_id, one.words) for one in judge(lead, [one.id for one in groups], on)}
    assert (groups[1].id, "3 promises late") in words
    assert judge(PUBLIC, [one.id for one in groups], on) == []
    assert list_health(PUBLIC, [one.id for one in groups], on) == {}


@pytest.mark.django_db
def test_the_start_page_says_one_line_a_partner_until_it_is_put_off() -> None:
    lead = make_viewer("engagement_lead")
    groups = [make_organisation(f"Group of {letter}") for letter in "abcdefg"]
    for group in groups:
        make_note(group.id, by=lead, happened_on=ago(100))
    make_note(groups[0].id, by=lead, happened_on=ago(95))
    assert list_day(lead, TODAY) == []
    assert judge_relationships(on=TODAY, by=SYSTEM, at=NOW) == 7
    assert judge_relationships(on=TODAY, by=SYSTEM, at=NOW) == 0
    assert Relationship.objects.filter(level="attention").count() == 7
    items = list_day(lead, TODAY)
    assert [item.title for item in items][:2] == ["Group of a", "Group of b"]
    assert items[0].detail == "no contact for 95 days"
    assert items[-1].title == "2 more relationships ask for attention"
    remind_later(organisation_id=groups[0].id, until=TODAY + timedelta(days=9), by=lead, at=NOW)
    assert "Group of a" not in [item.title for item in list_day(lead, TODAY + timedelta(days=8))]
    assert "Group of a" in [name for _id, name, _health in list_asking(lead, TODAY + timedelta(days=9), 9)[0]]
    end_relationship(organisation_id=groups[1].id, because="They closed.", by=lead, at=NOW)
    assert "Group of b" not in [name for _id, name, _health in list_asking(lead, TODAY, 9)[0]]
    assert list_health(lead, [groups[1].id], TODAY)[groups[1].id].level == "ended"
    make_note(groups[2].id, by=lead)  # good again before anybody looks
    shown, left = list_asking(lead, TODAY, 3)
    assert ([name[-1] for _id, name, _health in shown], left) == (["d", "e", "f"], 1)
    assert list_day(make_viewer("engagement_lead"), TODAY) == []
    assert list_day(make_viewer("analyst"), TODAY) == []


@pytest.mark.django_db
def test_a_partner_is_asked_for_its_yes_and_a_correction_is_news_for_the_lead() -> None:
    lead, group = make_viewer("engagement_lead"), make_organisation("Side Door")
    bronwen = make_partner_user(group.id)
    assert list_day(bronwen, TODAY) == []
    note = make_note(group.id, by=lead, share=True, title="The leaflet")
    assert [item.title for item in list_day(bronwen, TODAY)] == ["1 note waits for your yes"]
    answer_notes(
        interaction_id=note, answer="corrected", words="It was June.", read_version=1, by=bronwen, at=NOW
    )
    (item,) = list_day(lead, TODAY)
    assert (item.group, item.title, item.detail) == ("new", "The leaflet", "Side Door corrected these notes")
