"""Joint projects in words: filters, pages for each move, the headings of an evaluation, rows for a spreadsheet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.contrib.staticfiles import finders
from django.http import QueryDict
from django.utils.translation import gettext as _

from alongside.apps.base.presenters import Chip, make_chips
from alongside.apps.partnership.models import JointProject, ProjectEvaluation
from alongside.apps.partnership.presenters.events import MovePage, Options, draw_options
from alongside.apps.partnership.rules.projects import list_next_states

State = JointProject.State
TONES = {
    State.IDEA: "neutral",
    State.CO_DESIGN: "neutral",
    State.AGREED: "waiting",
    State.PUBLISHED: "waiting",
    State.RUNNING: "info",
    State.EVALUATING: "waiting",
    State.SHARED: "good",
    State.CLOSED: "good",
}


@dataclass(frozen=True)
class ProjectFilterBoxes:
    """The drop-downs of the list and the chips of what is chosen."""

    states: Options
    partners: Options
    chips: list[Chip]


@dataclass(frozen=True)
class EvaluationSection:
    """One part of an evaluation with its heading."""

    heading: str
    words: str


def project_tone(state: str) -> str:
    """Return the tone of a project's state."""
    return TONES[State(state)]


def draw_project_filters(query: QueryDict, partners: Iterable[tuple[UUID, str]]) -> ProjectFilterBoxes:
    """Return the filters with what is chosen marked."""
    states = {value: str(label) for value, label in State.choices}
    with_whom = {str(key): name for key, name in partners}
    return ProjectFilterBoxes(
        states=draw_options(states, query.get("state", "")),
        partners=draw_options(with_whom, query.get("partner", "")),
        chips=make_chips(
            query,
            {"words": (_("Words"), {}), "state": (_("State"), states), "partner": (_("With"), with_whom)},
        ),
    )


def get_project_move_page(project: JointProject, to: str) -> MovePage | None:
    """Return the page for a change of state; None where there is no such change, or it has a page of its own."""
    if to == State.PUBLISHED or to not in list_next_states(project.state):
        return None
    note = _("A note for the history")
    why = _("Why? It stays in the history.")
    is_back = (project.state, to) in {
        (State.CO_DESIGN, State.IDEA),
        (State.AGREED, State.CO_DESIGN),
        (State.EVALUATING, State.RUNNING),
    }
    if is_back:
        heading = _("Go one step back")
        return MovePage(heading, "", why, heading, True)
    if to == State.CLOSED:
        is_early = project.state != State.SHARED
        heading = _("End this project")
        return MovePage(heading, "", why if is_early else note, heading, is_early)
    heading, lead = {
        State.CO_DESIGN: (
            _("Design it together"),
            _("From now on the partners see it on their own pages, and can agree to its aims."),
        ),
        State.AGREED: (
            _("Mark as agreed"),
            _("Every side has agreed to every aim and has said what it brings."),
        ),
        State.RUNNING: (
            _("Start this project"),
            _("Its summary must be public and its agreement in force. Both are looked at now."),
        ),
        State.EVALUATING: (
            _("Begin to evaluate"),
            _("The work is done. Look at it with the partners, also at what did not work."),
        ),
        State.SHARED: (
            _("Mark the results as shared"),
            _("The evaluation is complete, and everybody who took part has it."),
        ),
    }[State(to)]
    return MovePage(heading, lead, note, heading, False)


def list_evaluation_sections(evaluation: ProjectEvaluation | None) -> list[EvaluationSection]:
    """Return an evaluation's parts with their headings, in the order of the short form of GRIPP2."""
    headings = {
        "aim": _("1. Aim"),
        "methods": _("2. Methods"),
        "results": _("3. Results"),
        "negative_results": _("3. Results: what did not work, or did harm"),
        "influence": _("4. How far involvement had influence"),
        "reflections": _("5. Reflections"),
    }
    return [
        EvaluationSection(heading, str(getattr(evaluation, name, ""))) for name, heading in headings.items()
    ]


PROJECT_COLUMNS = (
    "title", "state", "partners", "starts_on", "ends_on", "patient_benefit", "summary_published_on",
)  # fmt: skip


def export_projects(projects: Iterable[JointProject]) -> Iterator[list[str]]:
    """Yield a row for each project, as text."""
    for one in projects:
        yield [
            one.title,
            str(one.get_state_display()),
            "; ".join(partner.name for partner in one.partners.all()),
            one.starts_on.isoformat(),
            one.ends_on.isoformat(),
            one.patient_benefit,
            one.published_at.date().isoformat() if one.published_at else "",
        ]


def read_print_stylesheet() -> str:
    """Return the stylesheet of printed pages, for a PDF that may fetch nothing."""
    found = finders.find("built/print.css")
    return Path(found).read_text() if isinstance(found, str) else ""
