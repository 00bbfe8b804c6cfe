"""What must hold before a decision about themes."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from alongside.apps.base.rules import Viewer, check
from alongside.apps.insight.models import ProposedTheme, Theme, ThemeDecision

SHOWN_NAME = 80
DECIDING = ("engagement_lead", "analyst", "patient_partner")


def get_deciding_role(viewer: Viewer) -> str:
    """Return the role in which somebody decides or disagrees: the one that lets them, else any they hold."""
    held = [role for role in DECIDING if role in viewer.roles]
    return next(iter([*held, *sorted(viewer.roles)]), "")


def clean_name(name: str) -> str:
    """Return a name on one line; raise Refused where it is empty or too long for a label."""
    line = " ".join(name.split())
    check(bool(line), "A theme needs a name. Say in a few words what these voices are about.", field="name")
    check(
        len(line) <= SHOWN_NAME,
        f"This name has {len(line)} characters. Use {SHOWN_NAME} or fewer; the description can hold the rest.",
        field="name",
    )
    return line


def check_name_is_free(name: str, others: Iterable[str]) -> None:
    """Raise Refused where another standing theme of the engagement has this name."""
    check(
        name.casefold() not in {other.casefold() for other in others},
        f"There is already a theme called “{name}”. Merge into it, or choose another name.",
        field="name",
    )


def check_open(proposal: ProposedTheme, latest_run_id: UUID, decision: ThemeDecision | None) -> None:
    """Raise Refused where a proposal belongs to an older run or somebody has already decided it."""
    check(
        decision is None,
        f"Somebody has already decided about “{proposal.name}”. Load the page again to see what they decided.",
    )
    check(
        proposal.run_id == latest_run_id,
        f"“{proposal.name}” belongs to an earlier run. Open the review again to see what is proposed now.",
    )


def check_stands(theme: Theme) -> None:
    """Raise Refused where a theme was merged away or withdrawn."""
    check(
        theme.state == Theme.State.STANDS,
        f"The theme “{theme.name}” no longer stands. Load the page again to see what became of it.",
    )


def check_reason(reason: str, what: str) -> str:
    """Return the reason without spaces around it; raise Refused where there is none."""
    words = reason.strip()
    check(
        bool(words),
        f"Say why you {what}. One sentence is enough, so that others can follow it later.",
        field="reason",
    )
    return words


def check_some_voices(found: Sequence[UUID], asked: Sequence[UUID]) -> None:
    """Raise Refused where nothing was chosen, or a chosen voice is not one of this engagement's."""
    check(bool(asked), "Choose at least one voice first: tick the box beside it.", field="voices")
    missing = len(set(asked)) - len(set(found))
    check(
        missing == 0,
        f"{missing} of the chosen voices cannot be placed: not part of this engagement, corrected since, or not "
        "yours to read. Load the page again and choose from what it shows.",
        field="voices",
    )
