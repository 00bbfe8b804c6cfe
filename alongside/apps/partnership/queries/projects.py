"""Joint projects as a viewer may see them: the list, one project, what each side agreed to and brings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.apps.actions.queries.actions import ActionFilters, list_actions
from alongside.apps.base.rules import Viewer
from alongside.apps.insight.queries import InsightFilter, list_insights
from alongside.apps.partnership.models import (
    AimAgreement,
    JointProject,
    ProjectAim,
    ProjectChange,
    ProjectContribution,
    ProjectEvaluation,
)
from alongside.apps.people.queries import get_names

OURS = "ours"
MOST_PARTNERS = 200  # in a drop-down


@dataclass(frozen=True)
class ProjectFilters:
    """What a list of projects is narrowed to; empty means everything."""

    words: str = ""
    state: str = ""
    partner: UUID | None = None


@dataclass(frozen=True)
class SideOfAim:
    """One side and whether it agreed to an aim, and when. `organisation_id` is None for us."""

    organisation_id: UUID | None
    name: str
    agreed_at: datetime | None


@dataclass(frozen=True)
class AimLine:
    """One shared aim with every side's answer."""

    id: UUID
    words: str
    sides: tuple[SideOfAim, ...]

    @property
    def is_shared(self) -> bool:
        """Return whether every side agreed."""
        return all(side.agreed_at is not None for side in self.sides)


@dataclass(frozen=True)
class SideContributions:
    """What one side brings."""

    name: str
    lines: tuple[ProjectContribution, ...]


@dataclass(frozen=True)
class ProjectChangeLine:
    """One line of a project's history."""

    at: datetime
    who: str
    label: str
    words: str


def list_projects(viewer: Viewer, filters: ProjectFilters) -> "QuerySet[JointProject]":
    """Return the projects a viewer may see, narrowed, the newest first."""
    found = JointProject.objects.for_viewer(viewer)
    if filters.state in JointProject.State.values:
        found = found.filter(state=filters.state)
    if filters.words:
        named = JointProject.partners.through.objects.filter(organisation__name__icontains=filters.words)
        found = found.filter(
            Q(title__icontains=filters.words)
            | Q(about__icontains=filters.words)
            | Q(id__in=named.values("jointproject_id"))
        )
    if filters.partner:
        chosen = JointProject.partners.through.objects.filter(organisation_id=filters.partner)
        found = found.filter(id__in=chosen.values("jointproject_id"))
    return found.prefetch_related("partners").order_by("-created_at", "-id")


def get_project(viewer: Viewer, project_id: UUID) -> JointProject | None:
    """Return one project the viewer may see."""
    found = JointProject.objects.for_viewer(viewer).filter(id=project_id)
    return found.prefetch_related("partners", "measures", "meetings").first()


def list_public_projects() -> "QuerySet[JointProject]":
    """Return the projects whose summary anybody may read, the newest first."""
    return (
        JointProject.objects.that_are_public().prefetch_related("partners").order_by("-published_at", "-id")
    )


def get_public_project(project_id: UUID) -> JointProject | None:
    """Return one project whose summary anybody may read."""
    found = JointProject.objects.that_are_public().filter(id=project_id)
    return found.prefetch_related("partners", "measures").first()


def list_aims(project: JointProject, own_name: str) -> list[AimLine]:
    """Return the aims with each side's answer, ours first."""
    partners = sorted((one.name, one.id) for one in project.partners.all())
    sides: list[tuple[UUID | None, str]] = [(None, own_name), *((one, name) for name, one in partners)]
    given: dict[tuple[UUID, UUID | None], datetime] = {
        (aim_id, organisation_id): at
        for aim_id, organisation_id, at in AimAgreement.objects.filter(aim__project=project).values_list(
            "aim_id", "organisation_id", "at"
        )
    }
    return [
        AimLine(
            aim.id,
            aim.words,
            tuple(SideOfAim(side, name, given.get((aim.id, side))) for side, name in sides),
        )
        for aim in ProjectAim.objects.filter(project=project).order_by("added_at", "id")
    ]


def list_contributions(project: JointProject, own_name: str) -> list[SideContributions]:
    """Return what each side brings, ours first; a side that brings nothing yet is there with no lines."""
    lines = list(ProjectContribution.objects.filter(project=project).order_by("kind", "id"))
    partners = sorted((one.name, one.id) for one in project.partners.all())
    sides: list[tuple[UUID | None, str]] = [(None, own_name), *((one, name) for name, one in partners)]
    return [
        SideContributions(name, tuple(line for line in lines if line.organisation_id == side))
        for side, name in sides
    ]


def get_evaluation(project: JointProject) -> ProjectEvaluation | None:
    """Return a project's evaluation as far as it is written."""
    return ProjectEvaluation.objects.filter(project=project).first()


def list_project_history(viewer: Viewer, project: JointProject) -> list[ProjectChangeLine]:
    """Return what happened to a project, newest first, for the team."""
    if not viewer.may("see_relations"):
        return []
    changes = list(ProjectChange.objects.filter(project=project).order_by("-at", "-id"))
    names = get_names(viewer, {one.by_id for one in changes if one.by_id})
    labels: dict[str, str] = {value: str(label) for value, label in JointProject.State.choices}
    return [
        ProjectChangeLine(
            one.at, names.get(one.by_id, "") if one.by_id else "", labels.get(one.became, ""), one.words
        )
        for one in changes
    ]


def list_project_partners_in_use(viewer: Viewer, chosen: UUID | None) -> list[tuple[UUID, str]]:
    """Return the partners of projects the viewer sees, by name, to filter by: the first, and the one that is chosen.

    Where there are more, the list's search by words finds the others by their names.
    """
    done = JointProject.partners.through.objects.filter(
        jointproject__in=JointProject.objects.for_viewer(viewer)
    )
    named = (
        done.order_by("organisation__name").values_list("organisation_id", "organisation__name").distinct()
    )
    first = list(named[:MOST_PARTNERS])
    if chosen is None or chosen in dict(first):
        return first
    return [*first, *named.filter(organisation_id=chosen)]


def list_chain_choices(viewer: Viewer, on: date) -> tuple[list[tuple[UUID, str]], list[tuple[UUID, str]]]:
    """Return insights and actions a project's results may be linked to, as far as the viewer sees them."""
    insights = [(one.id, one.statement) for one in list_insights(viewer, InsightFilter())[:200]]
    actions = [(one.id, one.title) for one in list_actions(viewer, ActionFilters(), on)[:200]]
    return insights, actions


def list_chain_links(viewer: Viewer, project: JointProject) -> Sequence[tuple[str, UUID, str]]:
    """Return the insights and actions a project is linked to that the viewer may see: kind, id, words."""
    insights: Any = project.insights.all()
    actions: Any = project.actions.all()
    return [
        *(("insight", one.id, one.statement) for one in insights.for_viewer(viewer)),
        *(("action", one.id, one.title) for one in actions.for_viewer(viewer)),
    ]
