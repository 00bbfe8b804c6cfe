"""A joint project's way: designed together, agreed, its summary public, running, evaluated, shared."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.queries import check_may_start
from alongside.apps.base.rules import Viewer, check, check_may
from alongside.apps.base.rules.starting import Starting
from alongside.apps.partnership.models import JointProject, ProjectChange, ProjectEvaluation
from alongside.apps.partnership.operations.projects import lock_project
from alongside.apps.partnership.queries.projects import list_aims
from alongside.apps.partnership.rules.projects import (
    check_can_agree,
    check_can_move,
    check_can_publish,
    check_can_share,
    check_not_closed,
)

State = JointProject.State


@dataclass(frozen=True)
class EvaluationWords:
    """An evaluation under the headings of the short form of GRIPP2; results that were not hoped for by themselves."""

    aim: str = ""
    methods: str = ""
    results: str = ""
    negative_results: str = ""
    influence: str = ""
    reflections: str = ""


@transaction.atomic
def move_project(*, project_id: UUID, to: str, words: str, by: Viewer, at: datetime) -> None:
    """Bring a project to another state.

    To agree it, every side must have agreed to every aim. To start it, everybody who may stand in the way is asked:
    its summary must be public, and the agreement in force.
    """
    check_may(by, "run_projects")
    project = lock_project(by, project_id)
    words = words.strip()
    check_can_move(project, to, words)
    check(to != State.PUBLISHED, "Publish the summary; that is how it becomes public.")
    if to == State.AGREED:
        _check_agreed(project)
    elif to == State.RUNNING:
        check_may_start(by, Starting("project", project.id, project.title, at.date()))
    elif to == State.SHARED:
        check_can_share(ProjectEvaluation.objects.filter(project=project).first())
    _change_state(project, to, words, by, at)


def _check_agreed(project: JointProject) -> None:
    aims = list_aims(project, "our side")
    missing = sorted({side.name for aim in aims for side in aim.sides if side.agreed_at is None})
    check_can_agree(
        aims=len(aims),
        missing=missing,
        contributors=list(project.contributions.values_list("organisation_id", flat=True)),
        sides=project.partners.count() + 1,
    )


@transaction.atomic
def publish_summary(*, project_id: UUID, summary: str, by: Viewer, at: datetime) -> None:
    """Make a project's summary public, or change its words; once public it stays so."""
    check_may(by, "run_projects")
    project = lock_project(by, project_id)
    check_can_publish(project, summary)
    project.summary = summary.strip()
    if project.published_at is None:
        project.published_at, project.published_by_id = at, by.person_id
    project.save(update_fields=["summary", "published_at", "published_by_id"])
    if project.state == State.AGREED:
        _change_state(project, State.PUBLISHED, "", by, at)
    else:
        record_audit(by=by, at=at, operation="change_project_summary", on=project)


@transaction.atomic
def write_evaluation(*, project_id: UUID, words: EvaluationWords, by: Viewer, at: datetime) -> None:
    """Keep what is written of an evaluation so far; it may be kept half done."""
    check_may(by, "run_projects")
    project = lock_project(by, project_id)
    check_not_closed(project)
    kept, _new = ProjectEvaluation.objects.select_for_update().get_or_create(
        project=project, defaults={"changed_at": at}
    )
    for name, value in vars(words).items():
        setattr(kept, name, value.strip())
    kept.written_by_id, kept.changed_at = by.person_id, at
    kept.save()
    record_audit(by=by, at=at, operation="write_evaluation", on=project)


def _change_state(project: JointProject, to: str, words: str, by: Viewer, at: datetime) -> None:
    was = project.state
    project.state = to
    project.save(update_fields=["state"])
    ProjectChange.objects.create(project=project, was=was, became=to, words=words, by_id=by.person_id, at=at)
    record_audit(by=by, at=at, operation="move_project", on=project, detail={"became": to})
