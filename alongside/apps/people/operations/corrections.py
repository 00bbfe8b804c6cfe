"""Putting something right, and stopping uses because somebody objects: in whichever room it lies, and recorded here."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.base.rules.registry import registry, resolve
from alongside.apps.people.models import DataRequest, Person
from alongside.apps.people.operations.steps import add_event, lock_request
from alongside.apps.people.queries.subjects import get_chosen_subject, list_correctable
from alongside.apps.people.rules.requests import check_kind, check_known, check_open

FIELDS = ("name", "email")


@transaction.atomic
def correct_field(*, request_id: UUID, key: str, value: str, by: Viewer, at: datetime) -> None:
    """Put one field of the chosen person right, in the room that holds it.

    What it said before lies in the audit, under the person's own key; here stands only which field it was.
    """
    request = lock_request(by, request_id)
    check_kind(request.kind, (DataRequest.Kind.CORRECTION,))
    check_open(request.state)
    check_known(request.identity)
    found = {field.key: (source, field) for source, field in list_correctable(get_chosen_subject(request.id))}
    if key not in found:
        raise Refused("Choose what is to be put right.", field="key")
    source, field = found[key]
    check(value.strip() != field.value, "This is what stands there already.", field="value")
    resolve(registry.personal_sources[source].correct)(key, value.strip(), by=by, at=at)
    add_event(request, "corrected", note=f"{field.label}, {field.place}", by=by, at=at)


@transaction.atomic
def correct(key: str, value: str, *, by: Viewer, at: datetime) -> None:
    """Put the name or the address of an account right."""
    check_may(by, "handle_data_requests")
    _kind, person_id, name = key.split(":")
    person = Person.objects.select_for_update().filter(id=person_id).first()
    if person is None or name not in FIELDS:
        raise Refused("There is no such field to put right.", field="key")
    check(bool(value), "Write what is right.", field="value")
    if name == "email":
        check(
            "@" in value and len(value) <= 254,
            "Write an e-mail address such as name@example.org.",
            field="value",
        )
        value = value.lower()
    check(len(value) <= (120 if name == "name" else 254), "Shorten this to 120 letters.", field="value")
    setattr(person, name, value)
    try:
        with transaction.atomic():
            person.save(update_fields=[name])
    except IntegrityError as clash:
        raise Refused("Somebody with this e-mail address is already here.", field="value") from clash
    record_audit(by=by, at=at, operation="correct_field", on=person, detail={"field": name})


@transaction.atomic
def keep_objection(*, request_id: UUID, everything: bool, by: Viewer, at: datetime) -> int:
    """Stop the uses somebody objects to, in every room; return how many of their words that were."""
    request = lock_request(by, request_id)
    check_kind(request.kind, (DataRequest.Kind.OBJECTION,))
    check_open(request.state)
    check_known(request.identity)
    subject = get_chosen_subject(request.id)
    check(bool(subject.all_ids), "First choose who in our records this person is.")
    stopped: int = sum(
        resolve(source.stop_uses)(subject, everything=everything, by=by, at=at)
        for source in registry.list_personal_sources()
        if source.stop_uses
    )
    words = "every use" if everything else "every use but counting"
    add_event(request, "objection_kept", note=f"{words}: {stopped}", by=by, at=at)
    return stopped
