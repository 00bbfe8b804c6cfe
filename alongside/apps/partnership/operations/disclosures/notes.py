"""The method note: begins with the content's words, is edited by the team, keeps every version."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Viewer, check, check_may
from alongside.apps.partnership.models import Disclosure, MethodNote
from alongside.apps.partnership.operations.disclosures.moving import lock_disclosure
from alongside.apps.partnership.queries.disclosures.notes import fill_note, get_words
from alongside.apps.partnership.queries.disclosures.years import get_note
from alongside.apps.partnership.rules.disclosure_content import list_note_sections
from alongside.apps.partnership.rules.disclosures import check_is_open, check_words


def begin_note(disclosure: Disclosure, by: Viewer, at: datetime) -> MethodNote:
    """Write the first version from the content where none is there yet; return the latest."""
    held = get_note(disclosure)
    if held is not None:
        return held
    return MethodNote.objects.create(
        disclosure=disclosure,
        number=1,
        sections=dict(fill_note(disclosure)),
        written_by_id=by.person_id,
        written_at=at,
    )


@transaction.atomic
def write_note(
    *, disclosure_id: UUID, sections: Mapping[str, str], why: str, by: Viewer, at: datetime
) -> MethodNote:
    """Keep another version of how the year is counted; the same words make no new version."""
    check_may(by, "prepare_disclosures")
    disclosure = lock_disclosure(disclosure_id)
    check_is_open(disclosure)
    known = {one.key for one in list_note_sections(disclosure.year)}
    check(set(sections) <= known, "One of these sections is not part of the note. Load the page again.")
    words = {key: said.strip() for key, said in sections.items()}
    for key, said in words.items():
        check_words(said, field=key, ask="A section cannot be empty. Write what holds, or that nothing does.")
    held = get_note(disclosure)
    if held is not None and dict(held.sections) == words:
        return held
    note = MethodNote.objects.create(
        disclosure=disclosure,
        number=held.number + 1 if held else 1,
        sections={**dict(get_words(disclosure)), **words},
        why=why.strip()[:300],
        written_by_id=by.person_id,
        written_at=at,
    )
    record_audit(by=by, at=at, operation="write_method_note", on=note, detail={"version": note.number})
    return note
