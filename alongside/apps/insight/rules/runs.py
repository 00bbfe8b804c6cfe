"""What must hold before the engine is asked."""

from alongside.apps.base.rules import check
from alongside.apps.insight.models import ThemeRun

FEWEST_THEMES, MOST_THEMES = 2, 60


def check_number_of_themes(themes: int | None) -> None:
    """Raise Refused unless the engine chooses or the number is one a person can review."""
    check(
        themes is None or FEWEST_THEMES <= themes <= MOST_THEMES,
        f"{themes} themes cannot be looked for. Enter a number from {FEWEST_THEMES} to {MOST_THEMES}, or let the "
        "engine choose.",
        field="themes",
    )


def check_something_new(latest: ThemeRun | None, input_sha256: str) -> None:
    """Raise Refused where the latest run answered exactly this question already."""
    check(
        latest is None or latest.input_sha256 != input_sha256,
        "Nothing has changed since the last run: the same voices and the same number of themes would give the same "
        "proposals. Bring in more voices, or ask for another number of themes.",
    )


def check_voices_to_read(voices: int) -> None:
    """Raise Refused where there is nothing for the engine to read."""
    check(
        voices > 0,
        "There are no voices to look at. Bring voices into this engagement first, or look at all of them again.",
    )
