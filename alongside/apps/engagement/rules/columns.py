"""Which column of a file means what: guessed from its names, chosen by a person, remembered by its header."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from alongside.apps.base.rules import check

MOST_TEXT_COLUMNS = 10
# Names people give to columns, compared without capitals, blanks and signs.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "comment", "comments", "answer", "answertext", "response", "freetext", "feedback", "verbatim",
             "words", "voice", "ateb", "sylw", "sylwadau"),
    "id": ("id", "commentid", "answerid", "voiceid", "rowid", "reference", "ref"),
    "person": ("person", "personid", "respondent", "respondentid", "participant", "participantid", "patientid",
               "userid", "pseudonym", "speaker"),
    "question": ("question", "questiontype", "questiontext", "cwestiwn"),
    "service": ("service", "department", "ward", "site", "clinic", "gwasanaeth"),
    "said_on": ("date", "saidon", "submitted", "submittedon", "responsedate", "timestamp", "dyddiad"),
    "language": ("language", "lang", "iaith"),
    "contact_name": ("name", "contactname", "fullname", "enw"),
    "contact_email": ("email", "emailaddress", "contactemail", "mail", "ebost"),
    "age_band": ("age", "ageband", "agegroup", "agerange"),
    "sex": ("sex",),
    "gender": ("gender",),
    "ethnicity": ("ethnicity", "ethnicgroup"),
    "disability": ("disability", "disabled", "longtermcondition"),
    "deprivation_quintile": ("deprivation", "deprivationquintile", "imd", "imdquintile", "quintile"),
    "region": ("region", "area"),
    "capacity": ("capacity", "role", "patientorcarer", "respondenttype"),
}  # fmt: skip
FACT_COLUMNS = (
    "age_band", "sex", "gender", "ethnicity", "disability", "deprivation_quintile", "region", "capacity",
)  # fmt: skip
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class ColumnChoice:
    """What the columns of a table mean; "" means the file has no such column."""

    texts: tuple[str, ...]
    id: str = ""
    person: str = ""
    question: str = ""
    service: str = ""
    said_on: str = ""
    date_order: str = "dmy"
    language: str = ""
    contact_name: str = ""
    contact_email: str = ""
    age_band: str = ""
    sex: str = ""
    gender: str = ""
    ethnicity: str = ""
    disability: str = ""
    deprivation_quintile: str = ""
    region: str = ""
    capacity: str = ""

    def as_json(self) -> dict[str, object]:
        """Return the choice as it is stored."""
        return {**asdict(self), "texts": list(self.texts)}

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> "ColumnChoice":
        """Return a stored choice."""
        texts = stored.get("texts") or ()
        parts = {name: str(stored.get(name, "")) for name in cls.__dataclass_fields__ if name != "texts"}
        parts["date_order"] = parts["date_order"] or "dmy"
        return cls(
            texts=tuple(str(text) for text in texts) if isinstance(texts, list | tuple) else (), **parts
        )

    @cached_property
    def singles(self) -> Mapping[str, str]:
        """Return the chosen column of each meaning that has one."""
        return {
            name: column
            for name in self.__dataclass_fields__
            if name not in ("texts", "date_order") and (column := str(getattr(self, name)))
        }

    @cached_property
    def facts(self) -> Mapping[str, str]:
        """Return the chosen column of each fact about a person."""
        return {name: column for name, column in self.singles.items() if name in FACT_COLUMNS}


@dataclass(frozen=True)
class SpeakerChoice:
    """Who speaks in a transcript: for each name in the file a pseudonym, and who moderates."""

    pseudonyms: tuple[tuple[str, str], ...]
    moderators: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Return the choice as it is stored."""
        return {"pseudonyms": [list(pair) for pair in self.pseudonyms], "moderators": list(self.moderators)}

    @classmethod
    def from_json(cls, stored: Mapping[str, list[object]]) -> "SpeakerChoice":
        """Return a stored choice."""
        pairs = tuple(
            (str(pair[0]), str(pair[1])) for pair in stored.get("pseudonyms", []) if isinstance(pair, list)
        )
        return cls(pseudonyms=pairs, moderators=tuple(str(name) for name in stored.get("moderators", [])))


def hash_header(columns: Sequence[str]) -> str:
    """Return the digest under which a header is remembered."""
    return hashlib.sha256("\x1f".join(columns).encode()).hexdigest()


def guess_columns(columns: Sequence[str]) -> ColumnChoice:
    """Return what the columns most likely mean by their names; a person confirms it."""
    plain = {_SIGNS.sub("", column).casefold(): column for column in reversed(columns)}
    found = {
        meaning: next((plain[name] for name in names if name in plain), "")
        for meaning, names in _NAMES.items()
    }
    text = found.pop("text")
    return ColumnChoice(texts=(text,) if text else (), **found)


def check_choice(choice: ColumnChoice, columns: Sequence[str], *, may_contact_again: bool) -> None:
    """Raise Refused unless the chosen columns exist, each has one meaning, and contacts may be kept."""
    check(bool(choice.texts), _("Choose at least one column that holds what people said."), field="texts")
    check(
        len(choice.texts) <= MOST_TEXT_COLUMNS,
        _("Choose at most ten columns of words at once."),
        field="texts",
    )
    meanings = [("texts", column) for column in choice.texts] + list(choice.singles.items())
    taken: dict[str, str] = {}
    for meaning, column in meanings:
        check(
            column in columns,
            _("The file has no column “%(column)s”.") % {"column": column},
            field=meaning,
        )
        # The person column may also be the id: one answer for each person.
        clash = taken.get(column)
        check(
            clash is None or {clash, meaning} == {"id", "person"},
            _("The column “%(column)s” was chosen twice. Give each column one meaning.") % {"column": column},
            field=meaning,
        )
        taken.setdefault(column, meaning)
    check(
        may_contact_again or not (choice.contact_name or choice.contact_email),
        _(
            "These people did not agree to be contacted. Leave the contact columns out, "
            "or choose a basis that allows contact."
        ),
        field="contact_email",
    )
    check(
        bool(choice.contact_email) or not choice.contact_name,
        _("A name alone does not reach anybody. Choose the e-mail column too, or leave the name out."),
        field="contact_email",
    )
    check(
        choice.date_order in ("dmy", "mdy", "ymd"),
        _("Choose the order of day, month and year."),
        field="date_order",
    )
