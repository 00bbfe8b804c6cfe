"""The list of contacts: filters as drop-downs, chosen ones as chips, rows for a spreadsheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from alongside.apps.base.presenters import Chip, make_chips
from alongside.apps.partnership.models import ContactPerson

EXPORT_COLUMNS = (
    "organisation", "name", "role", "email", "phone", "prefers", "language", "mandated_from", "mandated_until",
    "main_contact", "ended_on", "source",
)  # fmt: skip


@dataclass(frozen=True)
class ContactFilterBox:
    """The drop-downs of the list, each a list of options, and the chips of what is chosen."""

    mandated: list[dict[str, object]]
    ended: list[dict[str, object]]
    chips: list[Chip]


def draw_contact_filters(query: QueryDict, organisation_names: dict[str, str]) -> ContactFilterBox:
    """Return the filters with what is chosen marked."""
    mandated = {
        "now": _("mandated today"),
        "soon": _("mandate ends in 60 days"),
        "none": _("no mandate today"),
    }
    ended = {"ended": _("those who have ended"), "all": _("everybody")}
    return ContactFilterBox(
        mandated=_options(mandated, query.get("mandated", ""), _("any")),
        ended=_options(ended, query.get("ended", ""), _("contacts now")),
        chips=make_chips(
            query,
            {
                "words": (_("Words"), {}),
                "organisation": (_("At"), organisation_names),
                "mandated": (_("Mandate"), mandated),
                "ended": (_("Show"), ended),
            },
        ),
    )


def _options(words: dict[str, str], chosen: str, none: str) -> list[dict[str, object]]:
    every: list[dict[str, object]] = [{"value": "", "text": none}]
    return every + [
        {"value": value, "text": label, "selected": value == chosen} for value, label in words.items()
    ]


def export_contact_rows(found: Iterable[ContactPerson]) -> Iterable[list[str]]:
    """Yield a row for each contact, as text."""
    for one in found:
        yield [
            one.organisation.name, one.name, one.role_words, one.email, one.phone, one.preferred_way, one.language,
            str(one.mandated_from or ""), str(one.mandated_until or ""), "yes" if one.is_main else "no",
            str(one.ended_on or ""), one.source,
        ]  # fmt: skip


def make_readme(organisation: str, day: str, kinds: Sequence[tuple[str, str, int, str]]) -> str:
    """Return what lies in the archive a partner takes away: each kind with its file, how many rows, and a note."""
    lines = [
        _("Everything %(name)s shares with us, as it stood on %(day)s.") % {"name": organisation, "day": day},
        "",
        _(
            "Each kind of record is a CSV file, which every spreadsheet opens; records.json is the same for programs."
        ),
        _(
            "Dates are written year-month-day; sums are in pounds. Private notes of either side are not in here."
        ),
        "",
    ]
    for file_name, label, number, note in kinds:
        lines.append(f"{file_name}: {label}, {number}. {note}".rstrip())
    return "\n".join([*lines, ""])
