"""Joint projects: agreed by every side, public before they start, evaluated with what did not work."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from alongside.apps.base.queries import list_blockers
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.base.rules.starting import Starting
from alongside.apps.partnership.models import AimAgreement, JointProject, ProjectEvaluation
from alongside.apps.partnership.operations.project_moves import (
    EvaluationWords,
    move_project,
    publish_summary,
    write_evaluation,
)
from alongside.apps.partnership.operations.projects import (
    Contribution,
    MeasurePlan,
    ProjectPlan,
    add_aim,
    add_contribution,
    add_measure,
    add_meeting,
    agree_to_aim,
    change_project,
    drop_aim,
    link_to_chain,
    plan_project,
    record_aim_agreement,
    record_result,
)
from alongside.apps.partnership.queries.event_day import find_events, list_day
from alongside.apps.partnership.queries.event_guards import (
    find_event_blockers,
    find_project_blockers,
    list_papers_to_name,
    list_project_agreements,
)
from alongside.apps.partnership.queries.event_partners import (
    collect_shared_events,
    collect_shared_projects,
    judge_health,
    list_timeline,
)
from alongside.apps.partnership.queries.projects import (
    ProjectFilters,
    get_evaluation,
    get_project,
    get_public_project,
    list_aims,
    list_chain_links,
    list_contributions,
    list_project_history,
    list_projects,
    list_public_projects,
)
from tests.factories import actions, insight
from tests.factories.events import hold, make_event, make_project, name_agreement
from tests.factories.partners import make_organisation, make_partner_user
from tests.factories.people import NOW, make_viewer

pytestmark = pytest.mark.django_db
FULL = EvaluationWords("Why", "How", "What came", "What did not", "How far", "Looking back")


@pytest.fixture
def lead() -> Viewer:
    return make_viewer("engagement_lead")


@pytest.fixture
def group() -> Viewer:
    return make_partner_user(make_organisation("Side Door").id)


@pytest.fixture
def project(lead: Viewer, group: Viewer) -> JointProject:
    assert group.partner_id is not None
    return make_project(lead, group.partner_id)


def move(project: JointProject, to: str, by: Viewer, words: str = "") -> None:
    move_project(project_id=project.id, to=to, words=words, by=by, at=NOW)
    project.refresh_from_db()


def bring(project: JointProject, by: Viewer, **changes: object) -> None:
    brought = replace(Contribution("time", "Evenings", hours=40), **changes)  # type: ignore[arg-type]
    add_contribution(project_id=project.id, contribution=brought, by=by, at=NOW)


def agree(project: JointProject, lead: Viewer, group: Viewer) -> None:
    """Bring a project to where every side agreed to its aim and brings something."""
    move(project, "co_design", lead)
    aim = add_aim(project_id=project.id, words="A diary that fits a pocket", by=lead, at=NOW)
    for _twice in range(2):
        agree_to_aim(project_id=project.id, aim_id=aim, by=group, at=NOW)
    bring(project, lead)
    bring(project, lead, organisation_id=group.partner_id, kind="in_kind", words="A room")
    move(project, "agreed", lead)


def test_a_project_is_agreed_once_every_side_agreed_to_every_aim_and_brings_something(
    project: JointProject, lead: Viewer, group: Viewer
) -> None:
    with pytest.raises(Refused):
        agree_to_aim(project_id=project.id, aim_id=uuid4(), by=group, at=NOW)  # an idea is not theirs yet
    move(project, "co_design", lead)
    with pytest.raises(Refused, match="at least one shared aim"):
        move(project, "agreed", lead)
    aim = add_aim(project_id=project.id, words="A diary that fits a pocket", by=lead, at=NOW)
    gone = add_aim(project_id=project.id, words="Another", by=lead, at=NOW)
    drop_aim(project_id=project.id, aim_id=gone, by=lead, at=NOW)
    assert [item.detail for item in list_day(group, NOW.date())] == ["Aims that wait for your yes: 1"]
    with pytest.raises(Refused, match="Side Door"):
        move(project, "agreed", lead)
    agree_to_aim(project_id=project.id, aim_id=aim, by=group, at=NOW)
    assert list_day(group, NOW.date()) == []
    bring(project, lead)
    with pytest.raises(Refused, match="what each side brings"):
        move(project, "agreed", lead)
    bring(project, lead, organisation_id=group.partner_id)
    move(project, "agreed", lead)

    assert [line.is_shared for line in list_aims(project, "Us")] == [True]
    assert [(side.name, len(side.lines)) for side in list_contributions(project, "Us")] == [
        ("Us", 1),
        ("Side Door", 1),
    ]


def test_the_start_is_blocked_until_the_summary_is_public_and_the_agreement_in_force(
    project: JointProject, lead: Viewer, group: Viewer
) -> None:
    agree(project, lead, group)
    with pytest.raises(Refused, match="public before the work begins"):
        move(project, "running", lead)
    with pytest.raises(Refused, match="Write the summary"):
        publish_summary(project_id=project.id, summary=" ", by=lead, at=NOW)
    with pytest.raises(Refused, match="that is how"):
        move(project, "published", lead)
    publish_summary(project_id=project.id, summary="We make a diary.", by=lead, at=NOW)
    assert list_public_projects().count() == 1
    assert get_public_project(project.id) is not None
    project.refresh_from_db()
    assert project.state == "published"
    with pytest.raises(Refused, match="formal written agreement"):
        move(project, "running", lead)
    name_agreement("project", project.id, group.partner_id)
    assert len(list_project_agreements(lead, project.id)) == 1
    assert len(list_papers_to_name(lead, project)) == 1
    move(project, "running", lead)
    publish_summary(project_id=project.id, summary="We make a small diary.", by=lead, at=NOW)
    project.refresh_from_db()
    assert (project.state, project.summary) == ("running", "We make a small diary.")


def test_a_summary_is_public_only_once_the_project_is_agreed(project: JointProject, lead: Viewer) -> None:
    with pytest.raises(Refused, match="First agree"):
        publish_summary(project_id=project.id, summary="Words", by=lead, at=NOW)
    assert get_public_project(project.id) is None


def test_results_are_shared_with_a_whole_evaluation_and_then_the_project_ends(
    project: JointProject, lead: Viewer, group: Viewer
) -> None:
    agree(project, lead, group)
    publish_summary(project_id=project.id, summary="We make a diary.", by=lead, at=NOW)
    name_agreement("project", project.id, group.partner_id)
    move(project, "running", lead)
    with pytest.raises(Refused, match="stays as it was agreed"):
        drop_aim(project_id=project.id, aim_id=uuid4(), by=lead, at=NOW)
    move(project, "evaluating", lead)
    with pytest.raises(Refused, match="not complete"):
        move(project, "shared", lead)
    half = replace(FULL, negative_results=" ")
    write_evaluation(project_id=project.id, words=half, by=lead, at=NOW)
    with pytest.raises(Refused, match="not complete"):
        move(project, "shared", lead)
    with pytest.raises(Refused, match="Say why"):
        move(project, "running", lead)
    write_evaluation(project_id=project.id, words=FULL, by=lead, at=NOW)
    assert ProjectEvaluation.objects.count() == 1
    move(project, "shared", lead)
    move(project, "closed", lead)
    kept = get_evaluation(project)
    assert kept is not None
    assert kept.negative_results == "What did not"
    with pytest.raises(Refused, match="closed"):
        write_evaluation(project_id=project.id, words=FULL, by=lead, at=NOW)
    assert next(line.label for line in list_project_history(lead, project)) == "closed"
    assert list_project_history(group, project) == []


def test_an_early_end_and_a_step_the_table_lacks_are_refused_without_a_reason(
    project: JointProject, lead: Viewer
) -> None:
    for to, message in (("closed", "Say why"), ("running", "cannot become"), ("nonsense", "cannot become")):
        with pytest.raises(Refused, match=message):
            move(project, to, lead)
    move(project, "closed", lead, "The group has no time")


def test_a_plan_says_what_is_missing_and_can_change_before_it_runs(
    project: JointProject, lead: Viewer, group: Viewer
) -> None:
    other = make_organisation()
    good = ProjectPlan("A diary", "Fits a pocket", NOW.date(), NOW.date(), (group.partner_id,))  # type: ignore[arg-type]
    for change, field in (
        ({"title": ""}, "title"),
        ({"patient_benefit": " "}, "patient_benefit"),
        ({"ends_on": NOW.date() - timedelta(days=1)}, "ends_on"),
        ({"partner_ids": ()}, "partners"),
        ({"partner_ids": (uuid4(),)}, "partners"),
    ):
        with pytest.raises(Refused) as refusal:
            plan_project(plan=replace(good, **change), by=lead, at=NOW)  # type: ignore[arg-type]
        assert refusal.value.field == field
    move(project, "co_design", lead)
    aim = add_aim(project_id=project.id, words="An aim", by=lead, at=NOW)
    agree_to_aim(project_id=project.id, aim_id=aim, by=group, at=NOW)
    change_project(project_id=project.id, plan=replace(good, partner_ids=(other.id,)), by=lead, at=NOW)
    assert AimAgreement.objects.filter(organisation__isnull=False).count() == 0
    with pytest.raises(Refused):
        agree_to_aim(project_id=project.id, aim_id=aim, by=group, at=NOW)  # no longer their project
    with pytest.raises(Refused):
        agree_to_aim(project_id=project.id, aim_id=uuid4(), by=make_partner_user(other.id), at=NOW)


def test_parts_say_what_is_missing(project: JointProject, lead: Viewer, group: Viewer) -> None:
    with pytest.raises(Refused):
        add_aim(project_id=project.id, words=" ", by=lead, at=NOW)
    for change, field in (
        ({"kind": "gold"}, "kind"),
        ({"words": ""}, "words"),
        ({"organisation_id": uuid4()}, "side"),
        ({"kind": "money"}, "amount"),
        ({"amount_pence": 0}, "amount"),
    ):
        with pytest.raises(Refused) as refusal:
            bring(project, lead, **change)
        assert refusal.value.field == field
    bring(project, lead, kind="money", amount_pence=1000)
    good = MeasurePlan("Fewer lost diaries", "Counted at visits", "None lost")
    for name in ("outcome", "measure", "target"):
        with pytest.raises(Refused) as refusal:
            add_measure(project_id=project.id, plan=replace(good, **{name: ""}), by=lead, at=NOW)
        assert refusal.value.field == name
    measure = add_measure(project_id=project.id, plan=good, by=lead, at=NOW)
    for id, words in ((measure, " "), (uuid4(), "Two lost")):
        with pytest.raises(Refused):
            record_result(project_id=project.id, measure_id=id, result=words, on=NOW.date(), by=lead, at=NOW)
    record_result(
        project_id=project.id, measure_id=measure, result="Two lost", on=NOW.date(), by=lead, at=NOW
    )
    day = NOW.date()
    for held_on, notes in ((day + timedelta(days=1), "Too early"), (day, " ")):
        with pytest.raises(Refused):
            add_meeting(project_id=project.id, held_on=held_on, notes=notes, decisions="", by=lead, at=NOW)
    add_meeting(project_id=project.id, held_on=day, notes="", decisions="Go on", by=lead, at=NOW)
    found = get_project(lead, project.id)
    assert found is not None
    assert [one.result for one in found.measures.all()] == ["Two lost"]
    with pytest.raises(Refused):
        add_aim(project_id=uuid4(), words="x", by=lead, at=NOW)


def test_results_are_linked_to_insights_and_actions(project: JointProject) -> None:
    lead = insight.make_lead()
    heard = insight.make_engagement()
    theme = insight.make_theme(heard, [insight.make_voice(heard, "Two buses")], "Getting there", lead)
    found = insight.make_insight(theme, lead)
    action = actions.make_action([found], state="planned")  # type: ignore[list-item]
    link_to_chain(project_id=project.id, insight_ids=[found], action_ids=[action.id], by=lead, at=NOW)
    assert [kind for kind, _id, _words in list_chain_links(lead, project)] == ["insight", "action"]
    assert list_chain_links(make_viewer("finance"), project) == []
    with pytest.raises(Refused):
        link_to_chain(project_id=project.id, insight_ids=[uuid4()], action_ids=[], by=lead, at=NOW)


def test_partners_see_their_own_alone_everywhere(project: JointProject, lead: Viewer, group: Viewer) -> None:
    other = make_partner_user(make_organisation().id)
    own = group.partner_id
    assert own is not None
    assert list_projects(group, ProjectFilters()).count() == 0  # an idea is ours alone
    move(project, "co_design", lead)
    words = {"acknowledgement": "Together.", "acknowledged_where": "Invitation"}
    event = make_event(lead, kind="joint", partner_ids=(own,), visibility="invited", **words)
    bring(project, lead, kind="money", amount_pence=1000)
    add_aim(project_id=project.id, words="An aim", by=lead, at=NOW)

    assert [list_projects(one, ProjectFilters()).count() for one in (group, other)] == [1, 0]
    assert get_project(other, project.id) is None
    since = NOW.date()
    kinds = [entry.kind for entry in list_timeline(group, [own], since)]
    assert kinds == ["event", "project"]
    assert list_timeline(other, [own], since) == []
    assert {entry.is_shared for entry in list_timeline(lead, [own], since)} == {True}
    assert len(collect_shared_events(group, own).rows) == 1
    assert [row[1] for row in collect_shared_projects(group, own).rows] == ["project", "aim", "money"]
    for collect in (collect_shared_events, collect_shared_projects):
        with pytest.raises(Refused):
            collect(other, own)
    assert judge_health(lead, [own], NOW.date()) == []
    hold(event, lead)
    (reason,) = judge_health(lead, [own], event.ends_at.date() + timedelta(days=9))
    assert (reason.words, reason.weight) == ("1 event report late", 1)
    assert judge_health(group, [own], NOW.date()) == []
    assert [hit.kind for hit in find_events(lead, "diary", 5)] == ["Joint project"]
    assert [hit.kind for hit in find_events(lead, "together", 5)] == ["Event"]
    assert [len(find_events(one, "diary", 5)) for one in (group, other)] == [1, 0]


def test_a_partner_without_an_account_agrees_in_a_meeting(
    project: JointProject, lead: Viewer, group: Viewer
) -> None:
    aim = add_aim(project_id=project.id, words="An aim", by=lead, at=NOW)
    terms = {
        "project_id": project.id,
        "aim_id": aim,
        "organisation_id": group.partner_id,
        "by": lead,
        "at": NOW,
    }
    for _twice in range(2):
        record_aim_agreement(**terms)  # type: ignore[arg-type]
    assert [line.is_shared for line in list_aims(project, "Us")] == [True]
    for wrong in ({"aim_id": uuid4()}, {"organisation_id": uuid4()}):
        with pytest.raises(Refused):
            record_aim_agreement(**{**terms, **wrong})  # type: ignore[arg-type]


def test_the_list_narrows(project: JointProject, lead: Viewer, group: Viewer) -> None:
    for filters, number in (
        (ProjectFilters(words="diary", state="idea", partner=group.partner_id), 1),
        (ProjectFilters(state="running"), 0),
    ):
        assert list_projects(lead, filters).count() == number


def test_guards_answer_for_their_own_things_alone(lead: Viewer) -> None:
    for find, kind in ((find_event_blockers, "event"), (find_project_blockers, "project")):
        assert find(lead, Starting("payment", uuid4(), "x", NOW.date())) == []
        assert find(lead, Starting(kind, uuid4(), "x", NOW.date())) == []
    assert list_blockers(lead, Starting("event", uuid4(), "x", NOW.date())) == []
