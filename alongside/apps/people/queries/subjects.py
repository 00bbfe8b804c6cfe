"""Who a request may be about: everybody in our records with this address, name or receipt, in any room."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.registry import registry, resolve
from alongside.apps.base.rules.subjects import CorrectableField, HeldRecord, Subject, SubjectMatch
from alongside.apps.people.models import RequestMatch


def find_subjects(viewer: Viewer, *, email: str = "", name: str = "", code: str = "") -> list[SubjectMatch]:
    """Return whoever any room knows under this address, name or receipt code, each once."""
    if not viewer.may("handle_data_requests"):
        return []
    found: dict[tuple[str, UUID], SubjectMatch] = {}
    for source in registry.list_personal_sources():
        matches: list[SubjectMatch] = []
        if source.find and (email.strip() or name.strip()):
            matches += resolve(source.find)(email, name)
        if source.find_by_code and code.strip():
            matches += resolve(source.find_by_code)(code)
        for match in matches:
            found.setdefault((match.kind, match.id), match)
    return list(found.values())


def get_chosen_subject(request_id: UUID) -> Subject:
    """Return the subject a handler made of the matches that are this person."""
    chosen = RequestMatch.objects.filter(request_id=request_id, is_this_person=True)
    return make_subject(chosen.values_list("kind", "subject_id"))


def make_subject(pairs: Iterable[tuple[str, UUID]]) -> Subject:
    """Return the subject with these ids of each kind."""
    listed = list(pairs)
    people, speakers, members, contacts = (
        frozenset(subject_id for one, subject_id in listed if one == kind)
        for kind in ("person", "speaker", "member", "contact")
    )
    return Subject(people, speakers, members, contact_ids=contacts)


def gather_names(subject: Subject) -> Subject:
    """Return the subject with everything that names them, gathered from every room."""
    names: set[str] = set(subject.names)
    for source in registry.list_personal_sources():
        if source.names:
            names |= resolve(source.names)(subject)
    return replace(subject, names=frozenset(names))


def collect_records(subject: Subject) -> list[tuple[str, HeldRecord]]:
    """Return every record held about a subject, each with the place it was found, room by room."""
    found: list[tuple[str, HeldRecord]] = []
    for source in registry.list_personal_sources():
        found += [(gettext(source.label), record) for record in resolve(source.collect)(subject)]
    return found


def list_correctable(subject: Subject) -> list[tuple[str, CorrectableField]]:
    """Return what can be put right about a subject, each with the name of the source that does it."""
    return [
        (source.name, field)
        for source in registry.list_personal_sources()
        if source.list_fields
        for field in resolve(source.list_fields)(subject)
    ]
