"""Which column of a list of contacts or events means what: guessed from its names, chosen by a person."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from alongside.apps.base.rules import check

# Names people give to columns, compared without capitals, blanks and signs.
_CONTACT_NAMES: Mapping[str, tuple[str, ...]] = {
    "organisation": ("organisation", "organization", "group", "patientgroup", "partner", "charity", "org",
                     "organisationname", "sefydliad"),
    "organisation_kind": ("kind", "type", "organisationtype", "organisationkind", "typeoforganisation"),
    "identifier": ("identifier", "charitynumber", "registeredcharitynumber", "number", "orgid", "companynumber"),
    "website": ("website", "web", "url", "site"),
    "reach": ("reach", "area", "coverage", "region"),
    "conditions": ("conditions", "condition", "diseasearea", "therapyarea"),
    "nation": ("nation", "country"),
    "name": ("name", "contact", "contactname", "fullname", "person", "enw"),
    "role_words": ("role", "jobtitle", "title", "position", "swydd"),
    "email": ("email", "emailaddress", "mail", "ebost"),
    "phone": ("phone", "telephone", "mobile", "tel", "phonenumber", "ffon"),
    "preferred_way": ("preferredway", "preferredcontact", "contactby", "prefers"),
    "language": ("language", "lang", "iaith"),
    "mandated_from": ("mandatedfrom", "mandatefrom", "mandatestart"),
    "mandated_until": ("mandateduntil", "mandateuntil", "mandateend", "mandatedto"),
    "is_main": ("main", "maincontact", "primary", "primarycontact"),
}  # fmt: skip
_HISTORY_NAMES: Mapping[str, tuple[str, ...]] = {
    "organisation": _CONTACT_NAMES["organisation"],
    "on": ("date", "on", "day", "when", "meetingdate", "dyddiad"),
    "kind": ("kind", "type", "activity", "interaction", "channel"),
    "title": ("title", "subject", "about", "topic", "summary", "pwnc"),
    "notes": ("notes", "note", "details", "minutes", "comments", "nodiadau"),
    "contact": ("contact", "contactname", "person", "with", "email"),
}  # fmt: skip
MEANINGS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "contacts": _CONTACT_NAMES,
    "history": _HISTORY_NAMES,
}
NEEDED: Mapping[str, tuple[str, ...]] = {
    "contacts": ("organisation",),
    "history": ("organisation", "on", "title"),
}
DATE_ORDERS = ("dmy", "mdy", "ymd")
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class ListColumns:
    """What the columns of a list mean: pairs of a meaning and the name of its column; and how dates are written."""

    chosen: tuple[tuple[str, str], ...]
    date_order: str = "dmy"

    @cached_property
    def by_meaning(self) -> Mapping[str, str]:
        """Return the chosen column of each meaning that has one."""
        return {meaning: column for meaning, column in self.chosen if column}

    def as_json(self) -> dict[str, object]:
        """Return the choice as it is stored."""
        return {"chosen": [list(pair) for pair in self.chosen], "date_order": self.date_order}

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> "ListColumns":
        """Return a stored choice."""
        pairs = stored.get("chosen")
        chosen = tuple((str(one[0]), str(one[1])) for one in pairs) if isinstance(pairs, list) else ()
        return cls(chosen, str(stored.get("date_order") or "dmy"))


def guess_list_columns(kind: str, columns: Sequence[str]) -> ListColumns:
    """Return what the columns most likely mean by their names; each column is taken once."""
    plain = {_SIGNS.sub("", column).casefold(): column for column in reversed(columns)}
    taken: set[str] = set()
    chosen = []
    for meaning, names in MEANINGS[kind].items():
        column = next((plain[name] for name in names if plain.get(name, "") not in ("", *taken)), "")
        taken.add(column)
        chosen.append((meaning, column))
    return ListColumns(tuple(chosen))


def check_list_columns(kind: str, choice: ListColumns, columns: Sequence[str]) -> None:
    """Raise Refused unless what is needed is chosen, each chosen column exists, and none is chosen twice."""
    found = choice.by_meaning
    for meaning in NEEDED[kind]:
        check(
            meaning in found, _("Choose the column for this: a row cannot be read without it."), field=meaning
        )
    if kind == "contacts":
        check(
            "name" in found or not set(found) & {"email", "phone", "role_words", "is_main"},
            _("Choose the column with the contacts’ names too, or leave out what belongs to a contact."),
            field="name",
        )
    taken: set[str] = set()
    for meaning, column in found.items():
        check(
            column in columns, _("The file has no column “%(column)s”.") % {"column": column}, field=meaning
        )
        check(
            column not in taken,
            _("The column “%(column)s” was chosen twice. Give each column one meaning.") % {"column": column},
            field=meaning,
        )
        taken.add(column)
    check(choice.date_order in DATE_ORDERS, _("Choose the order of day, month and year."), field="date_order")
