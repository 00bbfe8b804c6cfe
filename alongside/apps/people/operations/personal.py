"""What an erasure does in this room: an account becomes a skeleton without a name, its sessions end."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from alongside.apps.base.operations import destroy_keys
from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.subjects import ErasedRows, Subject
from alongside.apps.people.models import (
    Basis,
    DataAnswer,
    DataRequest,
    Erasure,
    Invitation,
    Person,
    RequestEvent,
    RequestMatch,
    RequestRecord,
    RoleGrant,
)
from alongside.apps.people.queries.personal import (
    list_invitations,
    list_sessions,
    list_sign_in_models,
    rows_of_accounts,
)
from alongside.apps.people.rules.roles import COLLEAGUES

SOMEBODY, COLLEAGUE = "Somebody who was erased", "A former colleague"
ACTS = (
    "Who decided and who had which right is kept under no name, because we must be able to show it "
    "(accountability, Article 5(2))."
)
ASKED = "That a request was made and how it was answered is kept without a name, to show that we did (Article 5(2))."


def erase(subject: Subject, *, by: Viewer, at: datetime) -> list[ErasedRows]:
    """Turn accounts into skeletons; take names and words out of requests, and the answers that were made."""
    accounts = 0
    for person in Person.objects.select_for_update().filter(id__in=subject.person_ids).order_by("id"):
        accounts += _strip(person)
    grants = RoleGrant.objects.filter(person_id__in=subject.person_ids)
    grants.filter(ended_at=None).update(ended_at=at)
    bases = Basis.objects.filter(set_by_id__in=subject.person_ids).count()
    matched = RequestMatch.objects.filter(subject_id__in=subject.all_ids, is_this_person=True)
    erasures = Erasure.objects.filter(by_id__in=subject.person_ids).count()
    requests = DataRequest.objects.filter(
        Q(person_id__in=subject.person_ids) | Q(id__in=matched.values("request_id"))
    )
    ids = list(requests.order_by("id").values_list("id", flat=True))
    return [
        ErasedRows("people_person", erased=accounts),
        ErasedRows("people_role_grant", erased=0, kept=grants.count(), because=ACTS),
        _erase_invitations(subject),
        ErasedRows("people_basis", erased=0, kept=bases, because=ACTS),
        *_strip_requests(ids, at),
        ErasedRows("people_erasure", erased=0, kept=erasures, because=ACTS if erasures else ""),
    ]


def _erase_invitations(subject: Subject) -> ErasedRows:
    """Take name and address out of invitations, and take back one that still waits."""
    found = list_invitations(subject)
    ids = list(found.values_list("id", flat=True))
    named = Invitation.objects.filter(id__in=ids).exclude(name="", email="")
    number, waiting = named.count(), named.filter(taken_at=None, withdrawn_at=None)
    waiting.update(withdrawn_at=F("sent_at"))
    named.update(name="", email="")
    return ErasedRows("people_invitation", erased=number, kept=len(ids), because=ACTS if ids else "")


def _strip(person: Person) -> int:
    """Take everything that names them out of an account; return 0 where that was done before."""
    email = f"erased-{person.id.hex}@erased.invalid"
    if person.email == email:
        return 0
    was_colleague = person.role_grants.filter(role__in=COLLEAGUES).exists()
    person.name = COLLEAGUE if was_colleague else SOMEBODY
    person.email = email
    person.organisation = None
    person.is_active = False
    person.demo_purpose = ""
    person.last_login = None
    person.rights_version += 1
    person.set_unusable_password()
    person.save()
    return 1


def _strip_requests(ids: list[UUID], at: datetime) -> list[ErasedRows]:
    """Take out what a person wrote in their requests and what was gathered for them; keep that they asked."""
    named = DataRequest.objects.filter(id__in=ids)
    fields = ("name", "email", "phone", "words", "receipt_code", "identity_note", "outcome")
    erased = named.exclude(**dict.fromkeys(fields, "")).update(**dict.fromkeys(fields, ""))
    records, _each = RequestRecord.objects.filter(request_id__in=ids).delete()
    matches = RequestMatch.objects.filter(request_id__in=ids).exclude(words="").update(words="")
    answers = (
        DataAnswer.objects.filter(request_id__in=ids)
        .exclude(locked=None)
        .update(locked=None, secret_sha256="")
    )
    destroy_keys(ids, at=at)
    events = RequestEvent.objects.filter(request_id__in=ids).exclude(note="").update(note="")
    return [
        ErasedRows("people_data_request", erased=erased, kept=len(ids), because=ASKED if ids else ""),
        ErasedRows("people_request_record", erased=records),
        ErasedRows("people_request_match", erased=matches),
        ErasedRows("people_data_answer", erased=answers),
        ErasedRows("people_request_event", erased=events),
    ]


def erase_sign_in(subject: Subject, *, by: Viewer, at: datetime) -> list[ErasedRows]:
    """End every session and take away every second factor and address that signs these accounts in."""
    sessions = list_sessions(subject)
    for session in sessions:
        session.delete()
    rows = []
    for model in list_sign_in_models():
        number, _each = rows_of_accounts(model, subject).delete()
        rows.append(ErasedRows(model._meta.db_table, erased=number))
    return [ErasedRows("django_session", erased=len(sessions)), *rows]
