"""The answer to "everything you hold about me": gathered, read, sealed, handed over, every opening logged."""

import json
from dataclasses import asdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.apps.base.models import new_id
from alongside.apps.base.operations import ToLock, lock_for, open_for, record_audit, record_read
from alongside.apps.base.queries.mentions import list_mentions
from alongside.apps.base.rules import Refused, Viewer, check
from alongside.apps.base.rules.subjects import HeldRecord, Subject
from alongside.apps.people.models import DataAnswer, DataRequest, RequestRecord
from alongside.apps.people.operations.records import open_records
from alongside.apps.people.operations.steps import add_event, end_request, lock_request
from alongside.apps.people.queries.subjects import collect_records, gather_names, get_chosen_subject
from alongside.apps.people.rules.requests import (
    EXEMPTIONS,
    SCHEMA,
    SECRET_TRIES,
    check_decision,
    check_kind,
    check_known,
    check_open,
    hash_code,
    hash_document,
    make_code,
    place_of,
    write_document,
)

AVAILABLE_DAYS = 30
Decision = RequestRecord.Decision


@transaction.atomic
def gather_records(*, request_id: UUID, by: Viewer, at: datetime) -> int:
    """Gather everything held about the chosen person, also where others name them; return how many records that are.

    Records that need no reading are given; the others wait for somebody who reads them.
    """
    request = lock_request(by, request_id)
    check_kind(request.kind, (DataRequest.Kind.ACCESS,))
    check_open(request.state)
    check_known(request.identity)
    subject = get_chosen_subject(request.id)
    check(bool(subject.all_ids), "First choose who in our records this person is.")
    request.records.all().delete()
    found = [*collect_records(subject), *_list_mentioned(subject)]
    ids = [new_id() for _record in found]
    locked = lock_for(
        [
            ToLock(request.id, json.dumps(_as_json(record), ensure_ascii=False), place_of(record_id))
            for record_id, (_place, record) in zip(ids, found, strict=True)
        ],
        at=at,
    )
    RequestRecord.objects.bulk_create(
        RequestRecord(
            id=record_id,
            request=request,
            position=position,
            place=place[:120],
            table=record.table,
            locked=sealed,
            needs_review=record.needs_review,
            decision=Decision.OPEN if record.needs_review else Decision.GIVE,
        )
        for position, (record_id, sealed, (place, record)) in enumerate(
            zip(ids, locked, found, strict=True), start=1
        )
    )
    add_event(request, "collected", note=f"{len(found)}", by=by, at=at)
    return len(found)


def _as_json(record: HeldRecord) -> dict[str, object]:
    since = record.held_since.isoformat() if record.held_since else ""
    return {**asdict(record), "fields": [list(pair) for pair in record.fields], "held_since": since}


def _list_mentioned(subject: Subject) -> list[tuple[str, HeldRecord]]:
    """Return the places where others name this person: private notes, reasons, somebody else's words."""
    held = {(record.table, record.record_id) for _place, record in collect_records(subject)}
    mentions = list_mentions(gather_names(subject).names)
    return [
        (
            _("Where others name you"),
            HeldRecord(
                table=one.table,
                label=one.label,
                record_id=f"{one.row_id}.{one.field}",
                fields=((_("The words"), one.whole),),
                needs_review=True,
                why=_("Words of somebody else in which you are named."),
            ),
        )
        for one in mentions
        if (one.table, str(one.row_id)) not in held and not one.table.startswith("people_request")
    ]


@transaction.atomic
def decide_record(
    *, record_id: UUID, decision: str, exemption: str = "", given: str = "", by: Viewer, at: datetime
) -> None:
    """Decide about one record that needed reading: give it, give it with parts covered, or hold it back and say why."""
    record = RequestRecord.objects.select_related("request").filter(id=record_id).first()
    if record is None:
        raise Refused("There is no such record here. It may have been gathered again.")
    request = lock_request(by, record.request_id)
    check_open(request.state)
    check_decision(decision, exemption, given)
    record.decision, record.decided_by_id, record.decided_at = decision, by.person_id, at
    record.exemption = "" if decision == Decision.GIVE else exemption
    record.locked_given = None
    if decision == Decision.PART:
        place = place_of(record.id, "given")
        record.locked_given = lock_for([ToLock(request.id, given.strip(), place)], at=at)[0]
    record.save()
    add_event(request, "reviewed", note=f"{record.position}: {record.get_decision_display()}", by=by, at=at)


@transaction.atomic
def make_answer(*, request_id: UUID, by: Viewer, at: datetime, on: date) -> str:
    """Seal the answer of what is given; return the one-time password that opens it with the person's code.

    Raise Refused while a record waits to be read.
    """
    request = lock_request(by, request_id)
    check_kind(request.kind, (DataRequest.Kind.ACCESS,))
    check_known(request.identity)
    waiting = request.records.filter(decision=Decision.OPEN).count()
    check(not waiting, f"{waiting} records are not read yet. Read each one before the answer is made.")
    check(request.records.exists(), "First gather what is held.")
    reviewed = open_records(by, request.id)
    held_back = [one for one in reviewed if one.decision == Decision.HOLD]
    document: dict[str, object] = {
        "schema": SCHEMA,
        "organisation": settings.BRAND["organisation"] or settings.BRAND["name"],
        "made_on": on.isoformat(),
        "request_received_on": request.received_on.isoformat(),
        "records": [one.as_given() for one in reviewed if one.decision != Decision.HOLD],
        "held_back": [{"place": one.place, "because": str(EXEMPTIONS[one.exemption])} for one in held_back],
    }
    written = write_document(document)
    secret = make_code()
    answer = DataAnswer(
        request=request,
        sha256=hash_document(written),
        records=len(reviewed) - len(held_back),
        held_back=len(held_back),
        made_at=at,
        made_by_id=by.person_id,
        available_until=on + timedelta(days=AVAILABLE_DAYS),
        secret_sha256=hash_code(secret),
        secret_tries_left=SECRET_TRIES,
    )
    answer.locked = lock_for([ToLock(request.id, written, place_of(answer.id, "answer"))], at=at)[0]
    answer.save()
    request.records.all().delete()
    end_request(request, DataRequest.State.ANSWERED, what="answer_made", note="", by=by, at=at)
    return secret


@transaction.atomic
def make_new_secret(*, request_id: UUID, by: Viewer, at: datetime, on: date) -> str:
    """Make a new one-time password, because the last was used or lost; return it. It is shown once."""
    answer = _lock_answer(lock_request(by, request_id).id)
    secret = make_code()
    answer.secret_sha256, answer.secret_tries_left = hash_code(secret), SECRET_TRIES
    answer.available_until = on + timedelta(days=AVAILABLE_DAYS)
    answer.save()
    add_event(answer.request, "secret_made", by=by, at=at)
    return secret


@transaction.atomic
def record_delivery(*, request_id: UUID, how: str, by: Viewer, at: datetime) -> None:
    """Record how the person was told that the answer is there, or how it was handed over on paper."""
    request = lock_request(by, request_id)
    answer = _lock_answer(request.id)
    check(bool(how.strip()), "Write how it was handed over.", field="how")
    answer.delivered_by, answer.delivered_at = how.strip()[:200], at
    answer.save()
    add_event(request, "delivered", note=how, by=by, at=at)


def unlock_answer(*, code: str, secret: str, by: Viewer, at: datetime, on: date) -> UUID:
    """Return the answer's id where code and one-time password fit; the password is used up then.

    Raise Refused with the same words whatever did not fit; five wrong passwords close it.
    """
    fits = _try_secret(code, secret, by, at, on)
    if fits is None:
        raise Refused(
            _(
                "This code and password do not go together, or the password was used before. Ask us for a new one."
            ),
            field="secret",
        )
    return fits


@transaction.atomic
def _try_secret(code: str, secret: str, by: Viewer, at: datetime, on: date) -> UUID | None:
    answer = (
        DataAnswer.objects.select_for_update()
        .select_related("request")
        .filter(request__code_sha256=hash_code(code))
    ).first()
    if answer is None or not answer.secret_sha256 or answer.available_until < on:
        return None
    if answer.secret_sha256 != hash_code(secret):
        answer.secret_tries_left -= 1
        if answer.secret_tries_left <= 0:
            answer.secret_sha256 = ""
        answer.save()
        return None
    answer.secret_sha256 = ""
    answer.save()
    record_audit(by=by, at=at, operation="unlock_answer", on=answer)
    return answer.id


@transaction.atomic
def open_answer(*, answer_id: UUID, by: Viewer, at: datetime, on: date, form: str) -> str:
    """Return the sealed answer as JSON, and write down that it was opened, as a page or as a file.

    The caller has made sure who opens it. Raise Refused where its time is over or it was changed since it was sealed.
    """
    answer = DataAnswer.objects.select_related("request").filter(id=answer_id).first()
    if answer is None or answer.locked is None or answer.available_until < on:
        raise Refused(_("This answer is no longer here. Ask us again, and we make a new one."))
    written = open_for(answer.request_id, bytes(answer.locked), place=place_of(answer.id, "answer"))
    if written is None or hash_document(written) != answer.sha256:
        raise Refused(_("This answer cannot be opened: it was changed since it was sealed. Please tell us."))
    record_read(by=by, at=at, what="open_answer", on=answer, rows=answer.records)
    add_event(answer.request, "opened", note=form, by=by, at=at)
    return written


def _lock_answer(request_id: UUID) -> DataAnswer:
    answer = (
        DataAnswer.objects.select_for_update().select_related("request").filter(request_id=request_id).first()
    )
    if answer is None:
        raise Refused("There is no answer yet.")
    return answer


@transaction.atomic
def forget_old_answers(*, by: Viewer, at: datetime, on: date) -> int:
    """Throw away sealed answers whose time is over; return how many. That they were made stays."""
    old = DataAnswer.objects.filter(available_until__lt=on).exclude(locked=None)
    number = old.update(locked=None, secret_sha256="")
    if number:
        record_audit(
            by=by,
            at=at,
            operation="forget_old_answers",
            object_type="people.dataanswer",
            detail={"n": number},
        )
    return number
