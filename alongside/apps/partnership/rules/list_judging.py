"""What a list's rows are beside what is here and beside each other: new, changed, the same, or wrong and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from alongside.apps.base.rules.cells import RowProblem
from alongside.apps.partnership.rules.duplicates import fold_name
from alongside.apps.partnership.rules.list_rows import SaidContact, SaidEvent

# What a row may say of a contact, in the order in which changes are shown.
CONTACT_FIELDS = (
    "name", "role_words", "email", "phone", "preferred_way", "language", "mandated_from", "mandated_until", "is_main",
)  # fmt: skip
ADD, LEAVE = "add", "leave"


@dataclass(frozen=True)
class KnownContact:
    """A contact that is here, as a row would say it."""

    id: UUID
    organisation_id: UUID
    said: SaidContact
    has_ended: bool = False


@dataclass
class Known:
    """What is here already, to be looked up. Organisations by folded name and by identifier; `names` are their names.

    `decisions` say for a folded name that is not here: "add", "leave", or the id of the one that is meant.
    """

    organisations: Mapping[str, UUID]
    identifiers: Mapping[str, UUID]
    names: Mapping[UUID, str]
    contacts: list[KnownContact] = field(default_factory=list)
    events: Mapping[tuple[UUID, str, str, str], str] = field(
        default_factory=dict
    )  # (who, when, kind, title) → notes
    decisions: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_email = {one.said.email.casefold(): one for one in self.contacts if one.said.email}
        self.by_name = {(one.organisation_id, fold_name(one.said.name)): one for one in self.contacts}

    def find_organisation(self, name: str, identifier: str, columns: Mapping[str, str]) -> UUID | None:
        """Return the organisation a row means, None for one to be added. Raise RowProblem where it is not clear."""
        by_name = self.organisations.get(fold_name(name))
        by_number = self.identifiers.get(fold_identifier(identifier)) if identifier else None
        if by_name and by_number and by_name != by_number:
            cure = f"The number belongs to {self.names[by_number]}. Change the name or the number."
            raise RowProblem(columns.get("identifier", ""), identifier, cure)
        found = by_number or by_name
        decided = self.decisions.get(fold_name(name), ADD)
        if found is None and decided == LEAVE:
            cure = "This organisation is not here, and you chose to leave its rows out."
            raise RowProblem(columns.get("organisation", ""), name, cure)
        return found or (UUID(decided) if decided != ADD else None)


@dataclass(frozen=True)
class Judged:
    """What a row is: its verdict, the organisation and contact that are here already, and what would change."""

    verdict: str
    organisation_id: UUID | None = None
    target_id: UUID | None = None
    changes: tuple[str, ...] = ()


def fold_identifier(text: str) -> str:
    """Return an official number as it is looked up: letters and figures alone, without capitals."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


class ContactJudge:
    """Judges the rows of a list of contacts in the order of the file."""

    def __init__(self, known: Known, columns: Mapping[str, str]) -> None:
        self.known, self.columns = known, columns
        self.added: set[str] = set()  # folded names of organisations this file adds
        self.earlier: dict[object, tuple[int, SaidContact]] = {}
        self.mains: dict[object, int] = {}

    def judge(self, row: int, said: SaidContact) -> Judged:
        """Return what one row is. Raise RowProblem where it contradicts what is here or an earlier row."""
        organisation_id = self.known.find_organisation(said.organisation, said.identifier, self.columns)
        place: object = organisation_id or fold_name(said.organisation)
        is_new_organisation = organisation_id is None and place not in self.added
        if not said.name:
            verdict = "new" if is_new_organisation else "same"
            self.added.add(fold_name(said.organisation))
            return Judged(verdict, organisation_id)
        if self._repeats_earlier(said, place):
            return Judged("same", organisation_id)
        found = self._find_contact(said, organisation_id)
        if found is None:
            self._check_mandate(said, said.mandated_from, said.mandated_until)
        changes = self._list_changes(found.said, said) if found else ()
        self._check_main(row, said, place)
        self._remember(row, said, place)
        self.added.add(fold_name(said.organisation))
        if found is None:
            return Judged("new", organisation_id)
        return Judged("changed" if changes else "same", organisation_id, found.id, changes)

    def _keys(self, said: SaidContact, place: object) -> list[object]:
        named: list[object] = [("name", place, fold_name(said.name))]
        return [*named, ("email", said.email.casefold())] if said.email else named

    def _repeats_earlier(self, said: SaidContact, place: object) -> bool:
        for key in self._keys(said, place):
            before = self.earlier.get(key)
            if before is None:
                continue
            if before[1] == said:
                return True
            meaning = "email" if isinstance(key, tuple) and key[0] == "email" else "name"
            cure = f"Row {before[0]:,} names the same person with other words. Keep one of the two."
            raise RowProblem(self.columns.get(meaning, ""), str(getattr(said, meaning)), cure)
        return False

    def _remember(self, row: int, said: SaidContact, place: object) -> None:
        for key in self._keys(said, place):
            self.earlier[key] = (row, said)

    def _check_main(self, row: int, said: SaidContact, place: object) -> None:
        if said.is_main != "yes":
            return
        other = self.mains.setdefault(place, row)
        if other != row:
            cure = f"Row {other:,} names another main contact of this organisation. Keep one."
            raise RowProblem(self.columns.get("is_main", ""), said.is_main, cure)

    def _find_contact(self, said: SaidContact, organisation_id: UUID | None) -> KnownContact | None:
        by_email = self.known.by_email.get(said.email.casefold()) if said.email else None
        if by_email and by_email.organisation_id != organisation_id:
            where = self.known.names.get(by_email.organisation_id, "")
            cure = f"This address is already that of a contact at {where}. Change the row, or add this person by hand."
            raise RowProblem(self.columns.get("email", ""), said.email, cure)
        by_name = self.known.by_name.get((organisation_id, fold_name(said.name))) if organisation_id else None
        if by_email and by_name and by_email.id != by_name.id:
            cure = f"The address belongs to {by_email.said.name}. Change the name or the address."
            raise RowProblem(self.columns.get("email", ""), said.email, cure)
        found = by_email or by_name
        if found and found.has_ended:
            cure = "This person’s time as a contact has ended. Open the contact and take the end away first."
            raise RowProblem(self.columns.get("name", ""), said.name, cure)
        return found

    def _list_changes(self, here: SaidContact, said: SaidContact) -> tuple[str, ...]:
        """Return what the row would change: an empty cell never takes anything away."""
        changes = tuple(
            name
            for name in CONTACT_FIELDS
            if getattr(said, name) and getattr(said, name) != getattr(here, name)
        )
        self._check_mandate(
            said, said.mandated_from or here.mandated_from, said.mandated_until or here.mandated_until
        )
        return changes

    def _check_mandate(self, said: SaidContact, begins: str, ends: str) -> None:
        if ends and not (begins and begins <= ends):
            cure = "A mandate that ends must begin before that. Give both days in this row."
            raise RowProblem(self.columns.get("mandated_until", ""), said.mandated_until, cure)


class HistoryJudge:
    """Judges the rows of a list of events in the order of the file."""

    def __init__(self, known: Known, columns: Mapping[str, str]) -> None:
        self.known, self.columns = known, columns
        self.earlier: dict[object, tuple[int, SaidEvent]] = {}

    def judge(self, row: int, said: SaidEvent) -> Judged:
        """Return what one row is: new or the same. Raise RowProblem where it contradicts what is here or earlier."""
        organisation_id = self.known.find_organisation(said.organisation, "", self.columns)
        contact_id = self._find_contact(said.contact, organisation_id)
        key = (organisation_id or fold_name(said.organisation), said.on, said.kind, fold_name(said.title))
        before = self.earlier.get(key)
        if before is not None:
            if before[1].notes == said.notes:
                return Judged("same", organisation_id, contact_id)
            cure = f"Row {before[0]:,} says the same with other notes. Keep one, or give each its own title."
            raise RowProblem(self.columns.get("title", ""), said.title, cure)
        if organisation_id is not None:
            here = self.known.events.get((organisation_id, said.on, said.kind, fold_name(said.title)))
            if here is not None and here == said.notes:
                return Judged("same", organisation_id, contact_id)
            if here is not None:
                cure = (
                    "This is here already with other notes. Change it there, or give this one another title."
                )
                raise RowProblem(self.columns.get("notes", ""), said.notes[:200], cure)
        self.earlier[key] = (row, said)
        return Judged("new", organisation_id, contact_id)

    def _find_contact(self, words: str, organisation_id: UUID | None) -> UUID | None:
        """Return the contact whose name or address a row gives; somebody who is not here stays unnamed."""
        if not words or organisation_id is None:
            return None
        by_email = self.known.by_email.get(words.strip().casefold())
        if by_email is not None and by_email.organisation_id == organisation_id:
            return by_email.id
        by_name = self.known.by_name.get((organisation_id, fold_name(words)))
        return by_name.id if by_name else None
