"""The list of actions: filters as drop-downs, chosen ones as chips, rows for a spreadsheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from alongside.apps.actions.models import Action
from alongside.apps.base.presenters import Chip, make_chips

FILTER_NAMES = ("words", "scope", "state", "owner", "origin", "partner")
TONES = {
    Action.State.PLANNED: "neutral",
    Action.State.IN_PROGRESS: "info",
    Action.State.DONE: "waiting",
    Action.State.NOT_DOING: "waiting",
    Action.State.CLOSED: "good",
}
People = Sequence[tuple[UUID, str]]


@dataclass(frozen=True)
class Filters:
    """The drop-downs of the list, each a list of options, and the chips of what is chosen."""

    scopes: list[dict[str, object]]
    states: list[dict[str, object]]
    owners: list[dict[str, object]]
    origins: list[dict[str, object]]
    partners: list[dict[str, object]]
    chips: list[Chip]


def state_tone(state: str) -> str:
    """Return the tone of a state; an end that nobody was told of yet still waits."""
    return TONES[Action.State(state)]


def draw_filters(query: QueryDict, owners: People, partners: People) -> Filters:
    """Return the filters with what is chosen marked."""
    scopes = {
        "mine": _("mine"),
        "late": _("late"),
        "soon": _("due in two weeks"),
        "untold": _("ended, not closed"),
    }
    states = {value: str(label) for value, label in Action.State.choices}
    origins = {value: str(label) for value, label in Action.Origin.choices}
    owner_words = {str(key): name for key, name in owners}
    partner_words = {str(key): name for key, name in partners}
    return Filters(
        scopes=_options(scopes, query.get("scope", "")),
        states=_options(states, query.get("state", "")),
        owners=_options(owner_words, query.get("owner", "")),
        origins=_options(origins, query.get("origin", "")),
        partners=_options(partner_words, query.get("partner", "")),
        chips=make_chips(
            query,
            {
                "words": (_("Words"), {}),
                "scope": (_("Show"), scopes),
                "state": (_("State"), states),
                "owner": (_("Owner"), owner_words),
                "origin": (_("From"), origins),
                "partner": (_("With"), partner_words),
            },
        ),
    )


def _options(words: dict[str, str], chosen: str) -> list[dict[str, object]]:
    every: list[dict[str, object]] = [{"value": "", "text": _("any")}]
    return every + [
        {"value": value, "text": label, "selected": value == chosen} for value, label in words.items()
    ]


EXPORT_COLUMNS = (
    "title",
    "state",
    "origin",
    "owner",
    "partners",
    "due_on",
    "what_came_of_it",
    "is_public",
    "created_at",
    "closed_at",
)


def export_rows(actions: Iterable[Action]) -> Iterable[list[str]]:
    """Yield a row for each action, as text."""
    for action in actions:
        yield [
            action.title,
            action.get_state_display(),
            action.get_origin_display(),
            action.owner.name,
            "; ".join(partner.name for partner in action.partners.all()),
            action.due_on.isoformat(),
            action.what_came_of_it,
            "yes" if action.is_public else "no",
            action.created_at.date().isoformat(),
            action.closed_at.date().isoformat() if action.closed_at else "",
        ]
