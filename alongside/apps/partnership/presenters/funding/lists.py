"""The list of requests: filters as drop-downs, chosen ones as chips, rows for a spreadsheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from alongside.apps.base.presenters import Chip, make_chips
from alongside.apps.base.rules.money import write_money
from alongside.apps.partnership.models import FundingRequest
from alongside.apps.partnership.queries.funding.telling import write_given

TONES = {
    FundingRequest.State.REQUESTED: "waiting",
    FundingRequest.State.REVIEW: "waiting",
    FundingRequest.State.DECISION: "waiting",
    FundingRequest.State.AGREEMENT: "info",
    FundingRequest.State.FUNDED: "info",
    FundingRequest.State.REPORTED: "good",
    FundingRequest.State.CLOSED: "good",
    FundingRequest.State.DECLINED: "neutral",
    FundingRequest.State.WITHDRAWN: "neutral",
}
COLUMNS = (
    "reference", "group", "title", "kind", "state", "asked", "value_known", "received_on", "starts_on", "ends_on",
    "decided_on", "granted", "reason", "report_due_on",
)  # fmt: skip


@dataclass(frozen=True)
class FundingListFilters:
    """The drop-downs of the list, each a list of options, and the chips of what is chosen."""

    scopes: list[dict[str, object]]
    states: list[dict[str, object]]
    kinds: list[dict[str, object]]
    partners: list[dict[str, object]]
    chips: list[Chip]


def state_tone(state: str) -> str:
    """Return the tone of a state."""
    return TONES[FundingRequest.State(state)]


def draw_filters(query: QueryDict, partners: Sequence[tuple[UUID, str]]) -> FundingListFilters:
    """Return the filters with what is chosen marked."""
    scopes = {
        "me": _("waiting for me"),
        "open": _("not decided or begun"),
        "late": _("report late"),
        "in_kind": _("in kind"),
    }
    states = {value: str(label) for value, label in FundingRequest.State.choices}
    kinds = {value: str(label) for value, label in FundingRequest.Kind.choices}
    names = {str(key): name for key, name in partners}
    labels = {
        "words": (_("Words"), {}),
        "scope": (_("Show"), scopes),
        "state": (_("State"), states),
        "kind": (_("Kind"), kinds),
        "partner": (_("Group"), names),
    }
    return FundingListFilters(
        scopes=_options(scopes, query.get("scope", "")),
        states=_options(states, query.get("state", "")),
        kinds=_options(kinds, query.get("kind", "")),
        partners=_options(names, query.get("partner", "")),
        chips=make_chips(query, labels),
    )


def _options(words: dict[str, str], chosen: str) -> list[dict[str, object]]:
    every: list[dict[str, object]] = [{"value": "", "text": _("any")}]
    return every + [
        {"value": value, "text": label, "selected": value == chosen} for value, label in words.items()
    ]


def export_rows(requests: Iterable[FundingRequest]) -> Iterable[list[str]]:
    """Yield a row for each request, as text; what is not valued says so and has no number."""
    for one in requests:
        yield [
            one.reference,
            one.organisation.name,
            one.title,
            one.get_kind_display(),
            one.get_state_display(),
            write_given(one),
            "no" if one.is_in_kind and one.in_kind_value_pence is None else "yes",
            one.received_on.isoformat(),
            one.starts_on.isoformat(),
            one.ends_on.isoformat(),
            one.decided_at.date().isoformat() if one.decided_at else "",
            write_money(one.granted_pence, one.currency) if one.granted_pence else "",
            one.decision_reason,
            one.report_due_on.isoformat() if one.report_due_on else "",
        ]
