"""A list of contacts or events arrives, its columns are chosen, unknown organisations decided on, or it is left out."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import PurePath
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.apps.base.bridge.tables import peek_table, store_file, stored_path
from alongside.apps.base.operations import record_audit, start_job
from alongside.apps.base.operations.batches import record_batch
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.partnership.models import ContactImport, ContactImportRow
from alongside.apps.partnership.rules.list_columns import ListColumns, check_list_columns
from alongside.apps.partnership.rules.list_judging import ADD, LEAVE
from alongside.apps.partnership.rules.lists import check_list_move, check_list_upload
from alongside.apps.people.queries import get_partner_names

State = ContactImport.State


def start_list(
    *, kind: str, file_name: str, size_bytes: int, parts: Iterable[bytes], by: Viewer, at: datetime
) -> UUID:
    """Keep an uploaded list under a random name and make sure that it can be read.

    Raise Refused, keeping nothing, where it cannot: with the place in the file and what would do.
    """
    check_may(by, "keep_relations")
    check(kind in ContactImport.Kind.values, _("Choose what the file holds."), field="kind")
    unread = ContactImport.objects.filter(created_by_id=by.own_id, state=State.UPLOADED).count()
    name = PurePath(file_name.replace("\\", "/")).name
    check_list_upload(name, size_bytes, unread)
    stored_name = f"{secrets.token_hex(16)}{PurePath(name).suffix.lower()}"
    try:
        sha256, written = store_file(stored_name, parts)
        check_list_upload(name, written, 0)
        header = list(peek_table(stored_name, name).columns)
        with transaction.atomic():
            made = ContactImport.objects.create(
                kind=kind,
                file_name=name[-200:],
                stored_name=stored_name,
                sha256=sha256,
                bytes=written,
                header=header,
                created_by_id=by.person_id,
                created_at=at,
            )
            detail: dict[str, object] = {"bytes": written, "kind": kind}
            record_audit(by=by, at=at, operation="start_list", on=made, detail=detail)
    except BaseException:
        stored_path(stored_name).unlink(missing_ok=True)
        raise
    return made.id


@transaction.atomic
def choose_list_columns(*, import_id: UUID, choice: ListColumns, by: Viewer, at: datetime) -> None:
    """Say what the columns of a list mean, and begin to read every row."""
    found = lock_list(by, import_id, State.READING)
    check_list_columns(found.kind, choice, found.header)
    found.columns = choice.as_json()
    found.decisions = {}
    _begin_reading(found, by, at)


@transaction.atomic
def decide_unknown(*, import_id: UUID, decisions: Mapping[str, str], by: Viewer, at: datetime) -> None:
    """Say for organisations that are not here whether each is added, left out, or one that is; and read again.

    `decisions` maps a folded name to "add", "leave" or the id of an organisation.
    """
    found = lock_list(by, import_id, State.READING)
    check(found.state == State.READY, _("The file has not been read yet."))
    meant = [_read_id(one) for one in decisions.values() if one not in (ADD, LEAVE)]
    names = get_partner_names(by, meant)
    check(all(one in names for one in meant), _("Choose an organisation from the list."))
    found.decisions = {**found.decisions, **decisions}
    _begin_reading(found, by, at)


def _read_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused(_("Choose an organisation from the list.")) from None


@transaction.atomic
def leave_list(*, import_id: UUID, by: Viewer, at: datetime) -> None:
    """Leave a list out: nothing of it is kept but that it was here."""
    found = lock_list(by, import_id, State.LEFT)
    found.state = State.LEFT
    found.save(update_fields=["state"])
    clear_rows(found)
    transaction.on_commit(lambda: stored_path(found.stored_name).unlink(missing_ok=True))
    record_audit(by=by, at=at, operation="leave_list", on=found)


def lock_list(by: Viewer, import_id: UUID, wanted: str) -> ContactImport:
    """Return a list, locked, that may become what is wanted. Raise Refused otherwise."""
    check_may(by, "keep_relations")
    found = ContactImport.objects.for_viewer(by).select_for_update().filter(id=import_id).first()
    if found is None:
        raise Refused(_("There is no such import here."))
    check_list_move(found.state, wanted)
    return found


def clear_rows(found: ContactImport, *, but_wrong: bool = False) -> None:
    """Take a list's rows away, or all but the wrong ones, and record that; inside the caller's transaction."""
    rows = ContactImportRow.objects.filter(of_import=found)
    if but_wrong:
        rows = rows.exclude(verdict=ContactImportRow.Verdict.WRONG)
    ids = list(rows.values_list("pk", flat=True))
    if ids:
        record_batch(model=ContactImportRow, ids=ids, scope=found.id, taken_out=True)
        for start in range(0, len(ids), 500):
            part = ContactImportRow._base_manager.filter(pk__in=ids[start : start + 500])
            part._raw_delete(using="default")


def _begin_reading(found: ContactImport, by: Viewer, at: datetime) -> None:
    found.state = State.READING
    found.refusal = ""
    found.job_id = start_job(
        kind="partnership.read_list",
        arguments={"import_id": str(found.id)},
        by=by,
        at=at,
        back_url=f"/partners/contacts/import/{found.id}/",
    ).id
    found.save(update_fields=["columns", "decisions", "state", "refusal", "job_id"])
    record_audit(by=by, at=at, operation="choose_list_columns", on=found)
