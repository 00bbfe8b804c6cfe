"""Planning a joint project with its partners: aims that each side agrees to, what each brings, how it is measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.apps.agreements.operations import need_paper
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.partnership.models import (
    AimAgreement,
    JointProject,
    ProjectAim,
    ProjectChange,
    ProjectContribution,
    ProjectMeasure,
    ProjectMeeting,
)
from alongside.apps.partnership.queries.event_guards import PROJECT_KINDS
from alongside.apps.partnership.queries.events import list_possible_partners
from alongside.apps.partnership.queries.projects import list_chain_choices
from alongside.apps.partnership.rules.projects import check_changeable, check_not_closed

WORDS = ("title", "about", "patient_benefit", "risks", "way_out")


@dataclass(frozen=True)
class ProjectPlan:
    """What a joint project is to be."""

    title: str
    patient_benefit: str
    starts_on: date
    ends_on: date
    partner_ids: Sequence[UUID]
    about: str = ""
    risks: str = ""
    way_out: str = ""


@dataclass(frozen=True)
class Contribution:
    """What one side brings; `organisation_id` is None for us. Amounts are pence; what has no value has none."""

    kind: str
    words: str
    organisation_id: UUID | None = None
    amount_pence: int | None = None
    hours: int | None = None


@dataclass(frozen=True)
class MeasurePlan:
    """One outcome, how it is measured, where it stands and where it should go."""

    outcome: str
    measure: str
    target: str
    baseline: str = ""


@transaction.atomic
def plan_project(*, plan: ProjectPlan, by: Viewer, at: datetime) -> UUID:
    """Write down the idea of a joint project; return its id."""
    check_may(by, "run_projects")
    _check_plan(plan, by)
    project = JointProject.objects.create(
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        lead_id=by.own_id,
        created_by_id=by.person_id,
        created_at=at,
        **{name: getattr(plan, name).strip() for name in WORDS},
    )
    project.partners.set(plan.partner_ids)  # type: ignore[arg-type]  # the stubs know numbers as keys only
    ProjectChange.objects.create(project=project, became=project.state, by_id=by.person_id, at=at)
    need_paper(
        subject_kind="project",
        subject_id=project.id,
        kinds=PROJECT_KINDS,
        why="Working together has a formal written agreement before it begins.",
        by=by,
        at=at,
    )
    record_audit(by=by, at=at, operation="plan_project", on=project)
    return project.id


@transaction.atomic
def change_project(*, project_id: UUID, plan: ProjectPlan, by: Viewer, at: datetime) -> None:
    """Change a project's plan before it runs. A partner who leaves takes their agreement to the aims with them."""
    check_may(by, "run_projects")
    project = lock_project(by, project_id)
    check_changeable(project)
    _check_plan(plan, by)
    for name in WORDS:
        setattr(project, name, getattr(plan, name).strip())
    project.starts_on, project.ends_on = plan.starts_on, plan.ends_on
    project.save()
    project.partners.set(plan.partner_ids)  # type: ignore[arg-type]  # the stubs know numbers as keys only
    gone = AimAgreement.objects.filter(aim__project=project, organisation__isnull=False)
    gone.exclude(organisation_id__in=plan.partner_ids).delete()
    record_audit(by=by, at=at, operation="change_project", on=project)


def _check_plan(plan: ProjectPlan, by: Viewer) -> None:
    check(bool(plan.title.strip()), "Give the project a title.", field="title")
    check(
        bool(plan.patient_benefit.strip()),
        "Write what patients have of it; without that it is no joint project.",
        field="patient_benefit",
    )
    check(plan.ends_on >= plan.starts_on, "It ends before it begins. Check the days.", field="ends_on")
    check(bool(plan.partner_ids), "Choose the partner this is done with.", field="partners")
    known = {one for one, _name in list_possible_partners(by)}
    check(set(plan.partner_ids) <= known, "Choose partners from the list.", field="partners")


def lock_project(by: Viewer, project_id: UUID) -> JointProject:
    """Return a project for writing, where the viewer may see it. Raise Refused where there is none."""
    seen = JointProject.objects.for_viewer(by).filter(id=project_id)
    project = JointProject.objects.select_for_update().filter(id__in=seen.values("id")).first()
    if project is None:
        raise Refused(_("That project is not there, or not yours to see."))
    return project


@transaction.atomic
def add_aim(*, project_id: UUID, words: str, by: Viewer, at: datetime) -> UUID:
    """Add a shared aim; whoever writes it agrees to it for our side."""
    check_may(by, "run_projects")
    project = lock_project(by, project_id)
    check_changeable(project)
    check(bool(words.strip()), "Write the aim.", field="words")
    aim = ProjectAim.objects.create(project=project, words=words.strip(), added_at=at)
    AimAgreement.objects.create(aim=aim, organisation=None, by_id=by.person_id, at=at)
    record_audit(by=by, at=at, operation="add_aim", on=project)
    return aim.id


@transaction.atomic
def drop_aim(*, project_id: UUID, aim_id: UUID, by: Viewer, at: datetime) -> None:
    """Take an aim away while the project is being designed; once gone, again changes nothing."""
    check_may(by, "run_projects")
    project = lock_project(by, project_id)
    check_changeable(project)
    ProjectAim.objects.filter(id=aim_id, project=project).delete()
    record_audit(by=by, at=at, operation="drop_aim", on=project)


@transaction.atomic
def agree_to_aim(*, project_id: UUID, aim_id: UUID, by: Viewer, at: datetime) -> None:
    """Agree to an aim for the partner organisation somebody speaks for; twice changes nothing."""
    check_may(by, "speak_for_organisation")
    project = lock_project(by, project_id)
    check_not_closed(project)
    aim = ProjectAim.objects.filter(id=aim_id, project=project).first()
    if aim is None or by.partner_id is None:
        raise Refused(_("That aim is not there any more. Load the page again."))
    _given, is_new = AimAgreement.objects.get_or_create(
        aim=aim, organisation_id=by.partner_id, defaults={"by_id": by.person_id, "at": at}
    )
    if is_new:
        record_audit(by=by, at=at, operation="agree_to_aim", on=project)


@transaction.atomic
def record_aim_agreement(
    *, project_id: UUID, aim_id: UUID, organisation_id: UUID, by: Viewer, at: datetime
) -> None:
    """Write down that a partner without an account agreed to an aim, in a meeting or a letter; twice is as once."""
    check_may(by, "run_projects")
    project = lock_project(by, project_id)
    check_changeable(project)
    aim = ProjectAim.objects.filter(id=aim_id, project=project).first()
    if aim is None or not project.partners.filter(id=organisation_id).exists():
        raise Refused("That aim, or that partner, is not there any more. Load the page again.")
    _given, is_new = AimAgreement.objects.get_or_create(
        aim=aim, organisation_id=organisation_id, defaults={"by_id": by.person_id, "at": at}
    )
    if is_new:
        record_audit(by=by, at=at, operation="record_aim_agreement", on=project)


@transaction.atomic
def add_contribution(*, project_id: UUID, contribution: Contribution, by: Viewer, at: datetime) -> UUID:
    """Add what one side brings."""
    check_may(by, "run_projects")
    project = lock_project(by, project_id)
    check_not_closed(project)
    kinds, side = ProjectContribution.Kind, contribution.organisation_id
    check(contribution.kind in kinds.values, "Choose money, time or something in kind.", field="kind")
    check(bool(contribution.words.strip()), "Say what it is.", field="words")
    check(
        side is None or project.partners.filter(id=side).exists(),
        "Choose one of the project's partners, or us.",
        field="side",
    )
    check(
        contribution.kind != kinds.MONEY or contribution.amount_pence is not None,
        "Write how much money it is.",
        field="amount",
    )
    check(
        contribution.amount_pence is None or contribution.amount_pence > 0,
        "Leave the value empty where there is none; nobody writes £0.",
        field="amount",
    )
    kept = ProjectContribution.objects.create(
        project=project,
        organisation_id=side,
        kind=contribution.kind,
        words=contribution.words.strip(),
        amount_pence=contribution.amount_pence,
        hours=contribution.hours,
    )
    record_audit(by=by, at=at, operation="add_contribution", on=project, detail={"kind": contribution.kind})
    return kept.id


@transaction.atomic
def add_measure(*, project_id: UUID, plan: MeasurePlan, by: Viewer, at: datetime) -> UUID:
    """Add an outcome and how it is measured."""
    check_may(by, "run_projects")
    project = lock_project(by, project_id)
    check_not_closed(project)
    for name, words in (
        ("outcome", "Say what should be different."),
        ("measure", "Say how you will know."),
        ("target", "Say where it should go."),
    ):
        check(bool(getattr(plan, name).strip()), words, field=name)
    kept = ProjectMeasure.objects.create(
        project=project,
        outcome=plan.outcome.strip(),
        measure=plan.measure.strip(),
        baseline=plan.baseline.strip(),
        target=plan.target.strip(),
        added_at=at,
    )
    record_audit(by=by, at=at, operation="add_measure", on=project)
    return kept.id


@transaction.atomic
def record_result(
    *, project_id: UUID, measure_id: UUID, result: str, on: date, by: Viewer, at: datetime
) -> None:
    """Write down where a measure came out; a later result takes the place of an earlier one."""
    check_may(by, "run_projects")
    project = lock_project(by, project_id)
    check_not_closed(project)
    check(bool(result.strip()), "Write the result, also where nothing changed.", field="result")
    measure = ProjectMeasure.objects.select_for_update().filter(id=measure_id, project=project).first()
    if measure is None:
        raise Refused("That measure is not there any more. Load the page again.")
    measure.result, measure.result_on = result.strip(), on
    measure.save(update_fields=["result", "result_on"])
    record_audit(by=by, at=at, operation="record_result", on=project)


@transaction.atomic
def add_meeting(
    *, project_id: UUID, held_on: date, notes: str, decisions: str, by: Viewer, at: datetime
) -> UUID:
    """Write down a steering meeting: what was said, what was decided."""
    check_may(by, "run_projects")
    project = lock_project(by, project_id)
    check_not_closed(project)
    check(held_on <= at.date(), "Choose a day that has come.", field="held_on")
    check(bool(notes.strip() or decisions.strip()), "Write what was said or what was decided.", field="notes")
    kept = ProjectMeeting.objects.create(
        project=project,
        held_on=held_on,
        notes=notes.strip(),
        decisions=decisions.strip(),
        written_by_id=by.person_id,
        written_at=at,
    )
    record_audit(by=by, at=at, operation="add_meeting", on=project)
    return kept.id


@transaction.atomic
def link_to_chain(
    *, project_id: UUID, insight_ids: Sequence[UUID], action_ids: Sequence[UUID], by: Viewer, at: datetime
) -> None:
    """Link a project to the insights it rests on and the actions that came of it."""
    check_may(by, "run_projects")
    project = lock_project(by, project_id)
    insights, actions = list_chain_choices(by, at.date())
    known = {one for one, _words in (*insights, *actions)}
    check({*insight_ids, *action_ids} <= known, "Something you chose is not there, or not yours to see.")
    project.insights.set(insight_ids)  # type: ignore[arg-type]  # the stubs know numbers as keys only
    project.actions.set(action_ids)  # type: ignore[arg-type]  # the stubs know numbers as keys only
    record_audit(
        by=by,
        at=at,
        operation="link_project",
        on=project,
        detail={"insights": len(insight_ids), "actions": len(action_ids)},
    )
