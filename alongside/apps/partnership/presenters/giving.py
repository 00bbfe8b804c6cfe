"""The list of published grants: filters as drop-downs, chosen ones as chips, rows for a spreadsheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from alongside.apps.base.presenters import Chip, make_chips
from alongside.apps.partnership.models import PublishedGrant

GRANT_COLUMNS = (
    "grant", "awarded_on", "funder", "funder_id", "recipient", "recipient_id", "partner", "amount", "currency",
    "title", "description", "programme",
)  # fmt: skip


@dataclass(frozen=True)
class GrantFiltersShown:
    """The drop-downs of the list, each a list of options, and the chips of what is chosen."""

    scopes: list[dict[str, object]]
    funders: list[dict[str, object]]
    years: list[dict[str, object]]
    chips: list[Chip]


def draw_grant_filters(
    query: QueryDict, funders: Sequence[str], years: Sequence[int], partner: str
) -> GrantFiltersShown:
    """Return the filters with what is chosen marked."""
    scopes = {"ours": _("to partners of ours")}
    by_funder = {one: one for one in funders}
    by_year = {str(year): str(year) for year in years}
    return GrantFiltersShown(
        scopes=_options(scopes, query.get("scope", "")),
        funders=_options(by_funder, query.get("funder", "")),
        years=_options(by_year, query.get("year", "")),
        chips=make_chips(
            query,
            {
                "words": (_("Words"), {}),
                "scope": (_("Show"), scopes),
                "funder": (_("Funder"), by_funder),
                "year": (_("Year"), by_year),
                "partner": (_("Partner"), {query.get("partner", ""): partner}),
            },
        ),
    )


def _options(words: dict[str, str], chosen: str) -> list[dict[str, object]]:
    every: list[dict[str, object]] = [{"value": "", "text": _("any")}]
    return every + [
        {"value": value, "text": label, "selected": value == chosen} for value, label in words.items()
    ]


def export_grant_rows(grants: Iterable[PublishedGrant]) -> Iterable[list[str]]:
    """Yield a row for each grant, as text."""
    for one in grants:
        pence, sign = abs(one.amount_pence), "-" if one.amount_pence < 0 else ""
        yield [
            one.grant_id,
            one.awarded_on.isoformat(),
            one.funder_name,
            one.funder_identifier,
            one.recipient_name,
            one.recipient_identifier,
            one.recipient.name if one.recipient else "",
            f"{sign}{pence // 100}.{pence % 100:02}",
            one.currency,
            one.title,
            one.description,
            one.programme,
        ]
