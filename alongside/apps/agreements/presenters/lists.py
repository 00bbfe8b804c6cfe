"""The list of agreements: filters as drop-downs, chosen ones as chips, rows for a spreadsheet."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from alongside.apps.agreements.models import Agreement
from alongside.apps.base.presenters import Chip, make_chips
from alongside.apps.base.rules.money import write_money

State = Agreement.State
TONES = {
    State.DRAFT: "neutral",
    State.PARTNER_REVIEW: "waiting",
    State.CERTIFIED: "info",
    State.SIGNED: "info",
    State.ACTIVE: "good",
    State.COMPLETED: "good",
    State.CLOSED: "neutral",
    State.REJECTED: "bad",
    State.TERMINATED: "bad",
}


@dataclass(frozen=True)
class Filters:
    """The drop-downs of the list, each a list of options, and the chips of what is chosen."""

    kinds: list[dict[str, object]]
    states: list[dict[str, object]]
    scopes: list[dict[str, object]]
    chips: list[Chip]


def state_tone(state: str) -> str:
    """Return the tone of a state."""
    return TONES[State(state)]


def draw_filters(query: QueryDict, organisation: str) -> Filters:
    """Return the filters with what is chosen marked; `organisation` is the name of the one chosen elsewhere."""
    kinds = {value: str(label) for value, label in Agreement.Kind.choices}
    states = {value: str(label) for value, label in State.choices}
    scopes = {
        "unsigned": _("not signed yet"),
        "waiting": _("waiting for the partner"),
        "comments": _("with comments to answer"),
        "soon": _("ending within 60 days"),
    }
    return Filters(
        kinds=_options(kinds, query.get("kind", "")),
        states=_options(states, query.get("state", "")),
        scopes=_options(scopes, query.get("scope", "")),
        chips=make_chips(
            query,
            {
                "words": (_("Words"), {}),
                "kind": (_("Kind"), kinds),
                "state": (_("State"), states),
                "scope": (_("Show"), scopes),
                "organisation": (_("Partner"), {query.get("organisation", ""): organisation or _("unknown")}),
            },
        ),
    )


def _options(words: dict[str, str], chosen: str) -> list[dict[str, object]]:
    every: list[dict[str, object]] = [{"value": "", "text": _("any")}]
    return every + [
        {"value": value, "text": label, "selected": value == chosen} for value, label in words.items()
    ]


EXPORT_COLUMNS = (
    "reference", "title", "kind", "capacity", "state", "organisation", "person", "starts_on", "ends_on", "amount",
    "currency", "in_kind_description", "in_kind_value", "certified_on", "signed_on",
)  # fmt: skip


def export_rows(agreements: Iterable[Agreement]) -> Iterable[list[str]]:
    """Yield a row for each agreement, as text; amounts in pounds, empty where there is none."""
    for one in agreements:
        yield [
            one.reference,
            one.title,
            one.get_kind_display(),
            one.get_capacity_display(),
            one.get_state_display(),
            one.organisation.name if one.organisation else "",
            one.person.name if one.person else "",
            one.starts_on.isoformat(),
            one.ends_on.isoformat(),
            _pounds(one.amount_pence),
            one.currency,
            one.in_kind_description,
            _pounds(one.in_kind_value_pence),
            one.certified_at.date().isoformat() if one.certified_at else "",
            one.signed_on.isoformat() if one.signed_on else "",
        ]


def _pounds(pence: int | None) -> str:
    return "" if pence is None else f"{pence / 100:.2f}"


def say_what_is_given(agreement: Agreement) -> str:
    """Return what is given in a few words: an amount, something in kind, or both; never an invented £0."""
    parts = []
    if agreement.amount_pence is not None:
        parts.append(write_money(agreement.amount_pence, agreement.currency))
    if agreement.in_kind_description:
        parts.append(_("in kind"))
    return _(" and ").join(parts)
