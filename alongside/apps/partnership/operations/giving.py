"""Published grants of other funders come in: a file is uploaded, read in the background, and kept in one go."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import PurePath
from uuid import UUID

from django.db import transaction

from alongside.apps.base.bridge.tables import store_file, stored_path
from alongside.apps.base.operations import JobWork, record_audit, start_job
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.partnership.bridge.giving import ENDINGS, MOST_BYTES, read_giving
from alongside.apps.partnership.models import GivingFile, GivingProblem, PublishedGrant
from alongside.apps.partnership.operations.funding.hands_off import OtherFunderTerms, add_other_funder
from alongside.apps.partnership.rules.giving import check_giving_upload, make_fields, plain_identifier
from alongside.apps.people.queries.marks import list_organisation_marks
from alongside.science.values.giving import GrantProblem, PublishedGrantValue
from alongside.science.values.sources import FileRefused

State = GivingFile.State
CHUNK = 500
FIELDS = (
    "file", "row", "title", "description", "currency", "amount_pence", "awarded_on", "funder_identifier",
    "funder_name", "recipient_identifier", "recipient_name", "programme", "recipient",
)  # fmt: skip


@dataclass
class Gathered:
    """What a file holds: the good grants, and what is wrong with the others."""

    values: list[PublishedGrantValue] = field(default_factory=list)
    problems: list[GrantProblem] = field(default_factory=list)
    read: int = 0
    wrong: int = 0
    notes: list[str] = field(default_factory=list)
    refusal: str = ""


def upload_giving(
    *, file_name: str, size_bytes: int, source: str, parts: Iterable[bytes], by: Viewer, at: datetime
) -> GivingFile:
    """Keep an uploaded file of published grants and begin to read it. Raise Refused, keeping nothing."""
    check_may(by, "keep_relations")
    name = PurePath(file_name.replace("\\", "/")).name
    check_giving_upload(name, size_bytes, source, endings=ENDINGS, most_bytes=MOST_BYTES)
    stored_name = f"{secrets.token_hex(16)}{PurePath(name).suffix.lower()}"
    try:
        sha256, written = store_file(stored_name, parts)
        check_giving_upload(name, written, source, endings=ENDINGS, most_bytes=MOST_BYTES)
        with transaction.atomic():
            new = GivingFile.objects.create(
                file_name=name[-200:],
                stored_name=stored_name,
                sha256=sha256,
                source=source.strip(),
                uploaded_by_id=by.person_id,
                uploaded_at=at,
            )
            back = f"/partners/giving/files/{new.id}/"
            job = start_job(
                kind="giving.read_file", arguments={"file_id": str(new.id)}, by=by, at=at, back_url=back
            )
            new.job_id = job.id
            new.save(update_fields=["job_id"])
            record_audit(by=by, at=at, operation="upload_giving", on=new, detail={"bytes": written})
    except BaseException:
        stored_path(stored_name).unlink(missing_ok=True)
        raise
    return new


def read_giving_file(*, work: JobWork, file_id: UUID, by: Viewer, at: datetime) -> None:
    """Check every grant of a file, then keep the good ones and write down the others, all in one transaction."""
    found = GivingFile.objects.get(id=file_id)
    gathered = _gather(found, work)
    recipients = _find_recipients(by)
    with work.finish() as result:
        held = GivingFile.objects.select_for_update().get(id=file_id)
        if gathered.refusal:
            held.state, held.refusal = State.REFUSED, gathered.refusal
        else:
            _keep(held, gathered, recipients)
            held.state = State.KEPT
        held.save()
        counts: dict[str, object] = {
            "read": held.grants_read,
            "new": held.grants_new,
            "wrong": held.grants_wrong,
        }
        result.update(counts)
        record_audit(by=by, at=at, operation="read_giving", on=held, detail=counts)
        transaction.on_commit(lambda: stored_path(held.stored_name).unlink(missing_ok=True))


@transaction.atomic
def match_grants_again(*, by: Viewer, at: datetime) -> int:
    """Look for our partners among the recipients again, by their numbers now, and return how many grants match."""
    check_may(by, "keep_relations")
    recipients = _find_recipients(by)
    unmatched = PublishedGrant.objects.filter(recipient=None).exclude(recipient_identifier="")
    known: dict[UUID, list[UUID]] = {}
    for grant_id, identifier in unmatched.values_list("id", "recipient_identifier").iterator():
        if recipient := recipients.get(plain_identifier(identifier)):
            known.setdefault(recipient, []).append(grant_id)
    for recipient, ids in known.items():
        PublishedGrant.objects.filter(id__in=ids).update(recipient_id=recipient)
    number = sum(len(ids) for ids in known.values())
    record_audit(
        by=by,
        at=at,
        operation="match_grants",
        object_type="partnership.publishedgrant",
        detail={"matched": number},
    )
    return number


@transaction.atomic
def note_funder(*, published_id: UUID, year: int, by: Viewer, at: datetime) -> UUID:
    """Keep the funder of a published grant as another known funder of our partner it went to; return the partner."""
    grant = PublishedGrant.objects.for_viewer(by).select_related("file").filter(id=published_id).first()
    if grant is None:
        raise Refused("There is no such grant, or it is not yours to see.")
    check(grant.recipient_id is not None, "This grant did not go to a partner of ours, by its number.")
    terms = OtherFunderTerms(
        name=grant.funder_name[:200],
        year=year,
        source=f"{grant.file.source[:180]}, grant {grant.grant_id}"[:300],
        amount_pence=grant.amount_pence if grant.amount_pence > 0 else None,
        currency=grant.currency,
    )
    partner_id = grant.recipient_id or UUID(int=0)
    add_other_funder(organisation_id=partner_id, terms=terms, by=by, at=at)
    return partner_id


def _gather(found: GivingFile, work: JobWork) -> Gathered:
    gathered = Gathered()
    try:
        opened = read_giving(found.stored_name, found.file_name)
        while chunk := list(islice(opened.grants, CHUNK)):
            for one in chunk:
                gathered.read += 1
                gathered.wrong += bool(one.problems)
                gathered.problems.extend(one.problems)
                if one.value is not None:
                    gathered.values.append(one.value)
            work.progress(gathered.read, opened.total or gathered.read, f"{gathered.read:,} grants checked")
        gathered.notes = opened.notes
        if not gathered.read:
            raise Refused("The file has a header but no grants under it. Choose another file.")
    except (Refused, FileRefused) as refusal:
        gathered.refusal = str(refusal)
    return gathered


def _keep(held: GivingFile, gathered: Gathered, recipients: Mapping[str, UUID]) -> None:
    values, counts = iter(gathered.values), {"new": 0, "changed": 0, "same": 0}
    while chunk := list(islice(values, CHUNK)):
        for name, number in _keep_chunk(held, chunk, recipients).items():
            counts[name] += number
    problems = (
        GivingProblem(
            file=held,
            row=one.row,
            grant_id=one.grant_id[:200],
            field=one.field[:200],
            value=one.value[:200],
            cure=one.cure[:300],
        )
        for one in gathered.problems
    )
    GivingProblem.objects.bulk_create(problems, batch_size=CHUNK)
    held.grants_read, held.grants_wrong, held.errors = gathered.read, gathered.wrong, len(gathered.problems)
    held.grants_new, held.grants_changed, held.grants_same = counts["new"], counts["changed"], counts["same"]
    held.notes = "\n".join(gathered.notes)


def _keep_chunk(
    held: GivingFile, chunk: Sequence[PublishedGrantValue], recipients: Mapping[str, UUID]
) -> dict[str, int]:
    known = {one.grant_id: one for one in PublishedGrant.objects.filter(grant_id__in=[v.id for v in chunk])}
    new: list[PublishedGrant] = []
    changed: list[PublishedGrant] = []
    for value in chunk:
        fields = make_fields(value, recipients)
        grant = known.get(value.id)
        if grant is None:
            new.append(PublishedGrant(file=held, grant_id=value.id, **fields))
        elif any(getattr(grant, name) != kept for name, kept in fields.items() if name != "row"):
            for name, kept in fields.items():
                setattr(grant, name, kept)
            grant.file = held
            changed.append(grant)
    PublishedGrant.objects.bulk_create(new)
    PublishedGrant.objects.bulk_update(changed, FIELDS)
    return {"new": len(new), "changed": len(changed), "same": len(chunk) - len(new) - len(changed)}


def _find_recipients(by: Viewer) -> dict[str, UUID]:
    """Return our partners by the identifiers official lists give them."""
    return {
        plain_identifier(f"{scheme}-{number}"): one.id
        for one in list_organisation_marks(by)
        for scheme, number in one.numbers
    }
