"""The table of states of a joint project, and what keeps it from starting."""

from collections.abc import Collection, Mapping

from alongside.apps.base.rules import check
from alongside.apps.partnership.models import JointProject, ProjectEvaluation

State = JointProject.State

MOVES: Mapping[str, tuple[str, ...]] = {
    State.IDEA: (State.CO_DESIGN, State.CLOSED),
    State.CO_DESIGN: (State.AGREED, State.IDEA, State.CLOSED),
    State.AGREED: (State.PUBLISHED, State.RUNNING, State.CO_DESIGN, State.CLOSED),
    State.PUBLISHED: (State.RUNNING, State.CLOSED),
    State.RUNNING: (State.EVALUATING, State.CLOSED),
    State.EVALUATING: (State.SHARED, State.RUNNING),
    State.SHARED: (State.CLOSED,),
    State.CLOSED: (),
}
# A step back, and an end before its time, say why.
BACKWARD = {(State.CO_DESIGN, State.IDEA), (State.AGREED, State.CO_DESIGN), (State.EVALUATING, State.RUNNING)}
CHANGEABLE = (State.IDEA, State.CO_DESIGN, State.AGREED, State.PUBLISHED)
# GRIPP2, short form: the five headings, the third in two parts, because what did not work is asked for by itself.
SECTIONS = ("aim", "methods", "results", "negative_results", "influence", "reflections")


def list_next_states(state: str) -> tuple[str, ...]:
    """Return the states a project may go to from this one."""
    return MOVES[state]


def check_can_move(project: JointProject, to: str, words: str) -> None:
    """Refuse a change of state that the table does not hold, or one that lacks its reason."""
    label = str(State(to).label) if to in State.values else to
    check(
        to in MOVES[project.state],
        f"A project that is “{project.get_state_display()}” cannot become “{label}”.",
    )
    is_early_end = to == State.CLOSED and project.state != State.SHARED
    check(
        bool(words) or not (is_early_end or (project.state, to) in BACKWARD),
        "Say why; it stays in the project's history.",
        field="words",
    )


def check_can_agree(
    *, aims: int, missing: Collection[str], contributors: Collection[object], sides: int
) -> None:
    """Refuse to call a project agreed before every side agreed to every aim and said what it brings."""
    check(aims > 0, "Write at least one shared aim.")
    check(not missing, f"Not every side has agreed to every aim yet: {', '.join(missing)}.")
    check(
        len(set(contributors)) >= sides,
        "Say what each side brings: every partner and we ourselves. Time counts, and so does knowing people.",
    )


def check_can_publish(project: JointProject, summary: str) -> None:
    """Refuse a public summary without words, or for what is not designed yet."""
    check(bool(summary.strip()), "Write the summary that everybody may read.", field="summary")
    check(
        project.state not in (State.IDEA, State.CO_DESIGN),
        "First agree the project with its partners; then its summary can be public.",
    )


def check_can_share(evaluation: ProjectEvaluation | None) -> None:
    """Refuse to share results while part of the evaluation is empty; what did not work is part of it."""
    empty = [name for name in SECTIONS if evaluation is None or not str(getattr(evaluation, name)).strip()]
    check(
        not empty,
        "The evaluation is not complete. Fill every part of it, also what did not work; "
        "where there is nothing to say, write that.",
    )


def check_changeable(project: JointProject) -> None:
    """Refuse to change the plan of what is running already."""
    check(
        project.state in CHANGEABLE,
        f"This project is “{project.get_state_display()}”, so its plan stays as it was agreed.",
    )


def check_not_closed(project: JointProject) -> None:
    """Refuse to add to what is closed."""
    check(project.state != State.CLOSED, "This project is closed.")
