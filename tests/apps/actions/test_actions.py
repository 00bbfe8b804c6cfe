"""Beginning, changing, ending and closing an action."""

from dataclasses import replace
from datetime import timedelta

import pytest

from alongside.apps.actions.models import Action
from alongside.apps.actions.operations.actions import (
    ActionPlan,
    add_note,
    change_action,
    close_action,
    move_action,
    start_action,
)
from alongside.apps.actions.operations.rounds import (
    change_round,
    send_round,
    take_back_round,
    write_round,
)
from alongside.apps.actions.operations.tellings import record_channel
from alongside.apps.actions.queries.actions import ActionFilters, list_actions, list_history
from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.engagement.models import EngagementAccess
from alongside.apps.people.models import Organisation
from tests.factories.actions import (
    AT,
    make_action,
    make_action_with_people,
    make_engagement,
    make_insight,
    make_person,
    make_round,
    make_speaker,
    make_viewer,
)

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


@pytest.fixture
def lead() -> Viewer:
    """An engagement lead."""
    return make_viewer("engagement_lead")


def make_plan() -> ActionPlan:
    return ActionPlan("Text people when it runs late", make_person("owner").id, AT.date(), "More")


def test_an_action_begins_with_an_insight_an_owner_and_a_date(lead: Viewer) -> None:
    insight = make_insight(make_engagement())
    action = start_action(plan=make_plan(), origin="insight", insight_ids=[insight.id], by=lead, at=AT)
    assert list(action.insights.all()) == [insight]
    assert action.state == Action.State.PLANNED
    assert AuditLine.objects.filter(operation="start_action", object_id=action.id).exists()


def test_an_action_from_a_promise_names_the_promise(lead: Viewer) -> None:
    with pytest.raises(Refused, match="which promise, rule or request"):
        start_action(plan=make_plan(), origin="promise", origin_note=" ", by=lead, at=AT)
    action = start_action(plan=make_plan(), origin="promise", origin_note="Made in May", by=lead, at=AT)
    assert action.origin_note == "Made in May"


@pytest.mark.parametrize(
    ("title", "origin", "match"),
    [
        (" ", "rule", "Write what will be done"),
        ("x" * 201, "rule", "the most is 200"),
        ("Paint it", "insight", "Choose the insight"),
        ("Paint it", "elsewhere", "where this action comes from"),
    ],
)
def test_an_action_without_what_it_needs_is_refused(
    lead: Viewer, title: str, origin: str, match: str
) -> None:
    with pytest.raises(Refused, match=match):
        start_action(
            plan=replace(make_plan(), title=title), origin=origin, origin_note="A rule", by=lead, at=AT
        )


def test_an_owner_must_be_able_to_work_on_actions(lead: Viewer) -> None:
    plan = replace(make_plan(), owner_id=make_person("clinician").id)
    with pytest.raises(Refused, match="Choose an owner"):
        start_action(plan=plan, origin="rule", origin_note="A rule", by=lead, at=AT)


def test_an_insight_one_may_not_see_cannot_be_acted_on() -> None:
    lead = make_viewer("engagement_lead")
    insight = make_insight(make_engagement())
    type(insight).objects.filter(id=insight.id).delete()
    with pytest.raises(Refused, match="not there or not yours"):
        start_action(plan=make_plan(), origin="insight", insight_ids=[insight.id], by=lead, at=AT)


def test_a_new_date_or_owner_needs_its_reason_and_stands_in_the_history(lead: Viewer) -> None:
    action, _ = make_action_with_people()
    new_owner = make_person("owner", "Sam")
    partner = Organisation.objects.create(name="A group", kind="patient_group", created_at=AT)
    plan = ActionPlan(action.title, new_owner.id, action.due_on + timedelta(days=30), "Words", (partner.id,))
    with pytest.raises(Refused, match="Say why"):
        change_action(action_id=action.id, plan=plan, reason="", by=lead, at=LATER)
    change_action(action_id=action.id, plan=plan, reason="The supplier is late.", by=lead, at=LATER)
    words = list_history(lead, Action.objects.get(id=action.id))[0].words
    assert "Due date moved from 3 June 2026 to 3 July 2026." in words
    assert "another owner" in words
    assert "Partners changed." in words
    assert "The supplier is late." in words


def test_changing_nothing_leaves_no_line(lead: Viewer) -> None:
    action, _ = make_action_with_people()
    plan = ActionPlan(action.title, action.owner_id, action.due_on, action.description)
    change_action(action_id=action.id, plan=plan, reason="", by=lead, at=LATER)
    assert not action.notes.exists()


@pytest.mark.parametrize(
    ("to", "match"),
    [
        ("done", "Say what came of it"),
        ("not_doing", "plainly why"),
        ("closed", "cannot become"),
        ("planned", "already"),
    ],
)
def test_a_change_of_state_without_its_words_is_refused(lead: Viewer, to: str, match: str) -> None:
    action, _ = make_action_with_people()
    with pytest.raises(Refused, match=match):
        move_action(action_id=action.id, to=to, words="", by=lead, at=LATER)


def test_an_end_can_be_undone_with_a_reason_and_is_not_forgotten(lead: Viewer) -> None:
    action, _ = make_action_with_people()
    move_action(action_id=action.id, to="done", words="Texts go out.", by=lead, at=LATER)
    with pytest.raises(Refused, match="open again"):
        move_action(action_id=action.id, to="in_progress", words="", by=lead, at=LATER)
    reopened = move_action(action_id=action.id, to="in_progress", words="They stopped.", by=lead, at=LATER)
    assert (reopened.what_came_of_it, reopened.done_at) == ("", None)
    assert any("Texts go out." in line.words for line in list_history(lead, reopened))


def test_a_closed_action_is_not_changed_but_may_be_opened_again(lead: Viewer) -> None:
    action, _ = make_action_with_people(silent=1, state="done")
    done = make_round(action, "done")
    record_channel(round_id=done.id, engagement_id=None, channel="poster", note="In the hall", by=lead, at=AT)
    close_action(action_id=action.id, by=lead, at=LATER)
    plan = ActionPlan(action.title, action.owner_id, action.due_on)
    with pytest.raises(Refused, match="closed"):
        change_action(action_id=action.id, plan=plan, reason="x", by=lead, at=LATER)
    with pytest.raises(Refused, match="closed"):
        write_round(action_id=action.id, stage="heard", message="m", thanks="t", by=lead, at=LATER)
    asked = write_round(
        action_id=action.id, stage="did_it_help", message="Did it?", thanks="t", by=lead, at=LATER
    )
    record_channel(
        round_id=asked.id, engagement_id=None, channel="group", note="At the meeting", by=lead, at=LATER
    )
    opened = move_action(action_id=action.id, to="in_progress", words="Again.", by=lead, at=LATER)
    assert opened.closed_at is None


def test_an_action_that_has_not_ended_says_so_when_asked_to_close(lead: Viewer) -> None:
    action, _ = make_action_with_people(silent=1)
    with pytest.raises(Refused, match=r"is “planned”\. It can close once it is done"):
        close_action(action_id=action.id, by=lead, at=LATER)


def test_an_action_nobody_was_heard_for_still_needs_a_channel(lead: Viewer) -> None:
    action = make_action([], state="done")
    with pytest.raises(Refused, match="no channel is recorded"):
        close_action(action_id=action.id, by=lead, at=LATER)
    record_channel(
        round_id=make_round(action, "done").id,
        engagement_id=None,
        channel="public_page",
        note="Since May",
        by=lead,
        at=LATER,
    )
    assert close_action(action_id=action.id, by=lead, at=LATER).state == Action.State.CLOSED


def test_closing_counts_the_people_who_still_wait(lead: Viewer) -> None:
    action, _ = make_action_with_people(mails=["a@example.org"], silent=2, state="done")
    done = make_round(action, "done")
    record_channel(
        round_id=done.id,
        engagement_id=action.insights.get().themes.get().engagement_id,
        channel="group",
        note="At the meeting",
        by=lead,
        at=AT,
    )
    send_round(round_id=done.id, by=lead, at=AT)
    with pytest.raises(Refused, match="1 people are still waiting for their mail"):
        close_action(action_id=action.id, by=lead, at=LATER)


def test_a_message_about_the_end_waits_for_the_end(lead: Viewer) -> None:
    action, _ = make_action_with_people()
    with pytest.raises(Refused, match="has not ended"):
        write_round(action_id=action.id, stage="done", message="m", thanks="t", by=lead, at=AT)
    with pytest.raises(Refused, match="what this message is about"):
        write_round(action_id=action.id, stage="maybe", message="m", thanks="t", by=lead, at=AT)


def test_one_message_is_finished_before_the_next(lead: Viewer) -> None:
    action, _ = make_action_with_people()
    first = write_round(action_id=action.id, stage="heard", message="m", thanks="t", by=lead, at=AT)
    with pytest.raises(Refused, match="not sent yet"):
        write_round(action_id=action.id, stage="decided", message="m", thanks="t", by=lead, at=AT)
    changed = change_round(round_id=first.id, message="Better", thanks="t", by=lead, at=AT)
    assert changed.message == "Better"
    assert take_back_round(round_id=first.id, by=lead, at=AT) == action.id
    with pytest.raises(Refused, match="taken back"):
        change_round(round_id=first.id, message="m", thanks="t", by=lead, at=AT)


def test_a_sent_message_is_never_changed(lead: Viewer) -> None:
    action, _ = make_action_with_people(mails=["a@example.org"])
    sent = make_round(action, sent=True)
    for attempt in (
        lambda: change_round(round_id=sent.id, message="m", thanks="t", by=lead, at=AT),
        lambda: take_back_round(round_id=sent.id, by=lead, at=AT),
    ):
        with pytest.raises(Refused, match="has been sent"):
            attempt()


def test_a_note_needs_words(lead: Viewer) -> None:
    action, _ = make_action_with_people()
    with pytest.raises(Refused, match="Write a note"):
        add_note(action_id=action.id, words=" ", by=lead, at=AT)
    assert add_note(action_id=action.id, words="Called the supplier.", by=lead, at=AT).words


def test_what_is_not_there_is_refused_in_words(lead: Viewer) -> None:
    with pytest.raises(Refused, match="no such action"):
        close_action(action_id=lead.own_id, by=lead, at=AT)
    with pytest.raises(Refused, match="no such message"):
        send_round(round_id=lead.own_id, by=lead, at=AT)


def test_a_patient_partner_sees_only_actions_of_their_engagements(lead: Viewer) -> None:
    mine, engagement = make_action_with_people()
    make_action_with_people()
    partner = make_viewer("patient_partner")
    EngagementAccess.objects.create(engagement=engagement, person_id=partner.own_id, given_at=AT)
    assert list(list_actions(partner, ActionFilters(), AT.date())) == [mine]
    assert list_actions(lead, ActionFilters(), AT.date()).count() == 2
    assert not list_actions(make_viewer("administrator"), ActionFilters(), AT.date()).exists()


def test_a_list_is_narrowed_by_each_filter(lead: Viewer) -> None:
    engagement = make_engagement()
    make_speaker(engagement)
    late = make_action([make_insight(engagement)], due_in_days=-1)
    soon = make_action([], due_in_days=10)
    ended = make_action([], state="done", due_in_days=40)
    partner = Organisation.objects.create(name="A group", kind="patient_group", created_at=AT)
    ended.partners.add(partner)
    Action.objects.filter(id=soon.id).update(title="Paint the gate")
    on = AT.date()
    for filters, found in [
        (ActionFilters(scope="late"), [late]),
        (ActionFilters(scope="soon"), [soon]),
        (ActionFilters(scope="untold"), [ended]),
        (ActionFilters(scope="mine"), []),
        (ActionFilters(state="done"), [ended]),
        (ActionFilters(origin="insight"), [late]),
        (ActionFilters(owner=str(soon.owner_id)), [soon]),
        (ActionFilters(partner=str(partner.id)), [ended]),
        (ActionFilters(words="gate"), [soon]),
        (ActionFilters(owner="not an id"), [late, soon, ended]),
    ]:
        assert list(list_actions(lead, filters, on)) == found


def test_what_is_closed_stands_last_on_both_databases(lead: Viewer) -> None:
    closed, late = make_action([], state="closed", due_in_days=-9), make_action([], due_in_days=9)
    Action.objects.filter(id=closed.id).update(closed_at=AT)
    assert list(list_actions(lead, ActionFilters(), AT.date())) == [late, closed]
