"""A file arrives: streamed to a random name with its digest, looked at, its columns or speakers chosen."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePath
from uuid import UUID

from django.db import IntegrityError, transaction

from alongside.apps.base.operations import record_audit, start_job
from alongside.apps.base.rules import Refused, Viewer, check_may
from alongside.apps.engagement.bridge import peek_table, read_turns, store_file, stored_path
from alongside.apps.engagement.models import ColumnMapping, Engagement, Import
from alongside.apps.engagement.operations.engagements import check_has_papers
from alongside.apps.engagement.rules import (
    ColumnChoice,
    SpeakerChoice,
    check_choice,
    check_move,
    check_open,
    check_room_for_more,
    check_upload,
    hash_header,
)
from alongside.apps.people.queries import get_basis

ANOTHER_WAITS = "Another file is already on its way into this engagement. Bring it in or leave it out first."


def start_import(
    *, engagement_id: UUID, file_name: str, size_bytes: int, parts: Iterable[bytes], by: Viewer, at: datetime
) -> Import:
    """Keep an uploaded file under a random name and make sure that it can be read.

    Raise Refused, keeping nothing, where it cannot: with the place in the file and what would do.
    """
    check_may(by, "bring_in_voices")
    engagement = _get_open(by, engagement_id)
    check_has_papers(engagement, by, at)
    unread = Import.objects.filter(created_by_id=by.person_id, state=Import.State.UPLOADED)
    check_room_for_more(unread.count() if by.is_known else 0)
    name = PurePath(file_name.replace("\\", "/")).name
    kind = check_upload(name, size_bytes)
    stored_name = f"{secrets.token_hex(16)}{PurePath(name).suffix.lower()}"
    try:
        sha256, written = store_file(stored_name, parts)
        check_upload(name, written)
        header = _look_into(kind, stored_name, name)
        with transaction.atomic():
            new = Import.objects.create(
                engagement=engagement,
                file_name=name[-200:],
                stored_name=stored_name,
                sha256=sha256,
                bytes=written,
                kind=kind,
                header=header,
                created_by_id=by.person_id,
                created_at=at,
            )
            record_audit(
                by=by, at=at, operation="start_import", on=new, detail={"bytes": written, "kind": kind}
            )
    except BaseException:
        stored_path(stored_name).unlink(missing_ok=True)
        raise
    return new


@transaction.atomic
def choose_columns(
    *, import_id: UUID, choice: ColumnChoice, basis_id: UUID, language: str, by: Viewer, at: datetime
) -> None:
    """Say what a table's columns mean, remember it for the next file with this header, and begin to read."""
    found = lock_import(by, import_id, "reading")
    columns = peek_table(found.stored_name, found.file_name).columns
    basis = get_basis(basis_id)
    check_choice(choice, columns, may_contact_again=basis.may_contact_again)
    ColumnMapping.objects.update_or_create(
        header_sha256=hash_header(columns),
        defaults={"columns": choice.as_json(), "saved_by_id": by.person_id, "saved_at": at},
    )
    _begin(found, choice.as_json(), basis_id, language, by, at)


@transaction.atomic
def choose_speakers(
    *, import_id: UUID, choice: SpeakerChoice, basis_id: UUID, language: str, by: Viewer, at: datetime
) -> None:
    """Say who moderates a transcript and how each speaker is called here, and begin to read."""
    found = lock_import(by, import_id, "reading")
    speakers = read_turns(found.stored_name, found.file_name).speakers
    named = {name: pseudonym.strip() for name, pseudonym in choice.pseudonyms}
    for name in speakers:
        if not named.get(name):
            raise Refused("Give every speaker a name to stand here, such as P1.", field="pseudonyms")
    _begin(found, choice.as_json(), basis_id, language, by, at)


def lock_import(by: Viewer, import_id: UUID, wanted: str) -> Import:
    """Return an import, locked, that may become what is wanted. Raise Refused otherwise."""
    check_may(by, "bring_in_voices")
    found = Import.objects.for_viewer(by).select_for_update().filter(id=import_id).first()
    if found is None:
        raise Refused("There is no such import here.")
    check_move(found.state, wanted)
    return found


def _begin(
    found: Import, columns: dict[str, object], basis_id: UUID, language: str, by: Viewer, at: datetime
) -> None:
    _get_open(by, found.engagement_id)
    found.columns = columns
    found.basis_id = basis_id
    found.language = language
    found.state = Import.State.READING
    job = start_job(
        kind="engagement.read_import",
        arguments={"import_id": str(found.id)},
        by=by,
        at=at,
        back_url=f"/engagements/imports/{found.id}/",
    )
    found.job_id = job.id
    try:
        with transaction.atomic():
            found.save(update_fields=["columns", "basis", "language", "state", "job_id"])
    except IntegrityError as clash:
        raise Refused(ANOTHER_WAITS) from clash
    record_audit(by=by, at=at, operation="choose_columns", on=found)


def _get_open(by: Viewer, engagement_id: UUID) -> Engagement:
    engagement = Engagement.objects.for_viewer(by).filter(id=engagement_id).first()
    if engagement is None:
        raise Refused("There is no such engagement here.")
    check_open(engagement.closed_at)
    return engagement


def _look_into(kind: str, stored_name: str, name: str) -> list[str]:
    """Return the columns of a table, none of a transcript. Raise Refused where a file cannot be read."""
    if kind == "table":
        return list(peek_table(stored_name, name).columns)
    read_turns(stored_name, name)  # refuses a file in which nobody says anything
    return []
