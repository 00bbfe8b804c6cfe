"""A request arrives, we make sure who asks, the clock stands or runs, and it ends with words for the person."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.people.models import DataRequest
from alongside.apps.people.operations.steps import (
    add_event,
    clock_of,
    end_request,
    lock_request,
    resume_clock,
    set_clock,
)
from alongside.apps.people.queries.holidays import list_bank_holidays
from alongside.apps.people.rules.clocks import get_extend_by
from alongside.apps.people.rules.requests import (
    check_extension,
    check_kind,
    check_move,
    check_open,
    check_rate,
    check_reach,
    check_words,
    hash_code,
    make_code,
)

RATE_WINDOW = timedelta(minutes=10)
Way, State, Identity, Kind = DataRequest.Way, DataRequest.State, DataRequest.Identity, DataRequest.Kind


@dataclass(frozen=True)
class AskTerms:
    """What somebody asks and how to reach them; no more of them than that. `received_on` where it came by post."""

    kind: str
    words: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    receipt_code: str = ""
    came_by: str = Way.PUBLIC_PAGE
    received_on: date | None = None
    code: str = ""


@transaction.atomic
def receive_request(*, terms: AskTerms, by: Viewer, at: datetime, on: date) -> str:
    """Keep a request; return its reference code, which is shown once and known to nobody after.

    `by` is the public, somebody signed in who asks about themselves, or a colleague who records what came another way.
    The same code sent twice keeps one request.
    """
    _check_terms(terms, by, at, on)
    code = terms.code or make_code()
    if DataRequest.objects.filter(code_sha256=hash_code(code)).exists():
        return code
    signed_in = terms.came_by == Way.SIGNED_IN
    request = DataRequest(
        kind=terms.kind,
        came_by=terms.came_by,
        person_id=by.person_id if signed_in else None,
        name=terms.name.strip(),
        email=terms.email.strip(),
        phone=terms.phone.strip(),
        words=terms.words.strip(),
        receipt_code=terms.receipt_code.strip(),
        code_sha256=hash_code(code),
        received_at=at,
        received_on=terms.received_on or on,
        identity=Identity.ENOUGH if signed_in else Identity.NOT_ASKED,
        identity_note=_("They are signed in to their account.") if signed_in else "",
        recorded_by_id=None if terms.came_by in (Way.PUBLIC_PAGE, Way.SIGNED_IN) else by.person_id,
    )
    set_clock(request, on)
    request.save()
    if signed_in and by.person_id:
        request.matches.create(
            kind="person",
            subject_id=by.person_id,
            words=by.name,
            place=_("Accounts"),
            is_this_person=True,
            decided_by_id=by.person_id,
            decided_at=at,
        )
    add_event(request, "received", by=by, at=at)
    return code


def _check_terms(terms: AskTerms, by: Viewer, at: datetime, on: date) -> None:
    check(terms.kind in Kind.values, _("Choose what you ask us to do."), field="kind")
    check(terms.came_by in Way.values, _("Choose how the request came."), field="came_by")
    check(len(terms.words) <= 5_000, _("Shorten this to 5,000 letters."), field="words")
    check_reach(email=terms.email, phone=terms.phone, came_by=terms.came_by)
    if terms.kind != Kind.ACCESS and terms.kind != Kind.ERASURE:
        check_words(terms.words, _("Write what it is about, in your own words."))
    if terms.came_by == Way.PUBLIC_PAGE:
        lately = DataRequest.objects.filter(came_by=Way.PUBLIC_PAGE, received_at__gt=at - RATE_WINDOW)
        check_rate(lately.count())
    elif terms.came_by == Way.SIGNED_IN:
        check(by.is_known, _("Sign in first."))
    else:
        check_may(by, "handle_data_requests")
        check(
            terms.received_on is None or terms.received_on <= on,
            _("It cannot have arrived after today."),
            field="received_on",
        )


@transaction.atomic
def ask_person(*, request_id: UUID, what: str, note: str, by: Viewer, at: datetime, on: date) -> None:
    """Record that we asked who it is ("identity") or what is meant ("meaning"): the clock stands still."""
    request = lock_request(by, request_id)
    check(what in ("identity", "meaning"), "Choose what you asked.", field="what")
    check_words(note, "Write what you asked them, and how.", field="note")
    check_move(request.state, State.WAITING)
    request.state, request.paused_on = State.WAITING, on
    if what == "identity":
        request.identity = Identity.ASKED
    set_clock(request, on)
    request.save()
    add_event(request, f"asked_{what}", note=note, by=by, at=at)


@transaction.atomic
def hear_from_person(*, request_id: UUID, note: str, by: Viewer, at: datetime, on: date) -> None:
    """Record that the person answered: the clock runs again."""
    request = lock_request(by, request_id)
    check(request.state == State.WAITING, "We are not waiting for this person.")
    check_words(note, "Write what they answered, or what they showed.", field="note")
    request.state = State.WORKING
    if request.identity == Identity.ASKED:
        request.identity = Identity.SHOWN
    resume_clock(request, on)
    request.save()
    add_event(request, "resumed", note=note, by=by, at=at)


@transaction.atomic
def accept_identity(*, request_id: UUID, how: str, by: Viewer, at: datetime) -> None:
    """Write down how we know who asks; only then is anything handed out, changed or erased."""
    request = lock_request(by, request_id)
    check_open(request.state)
    check(request.state != State.WAITING, "First record what the person answered.")
    check_words(how, "Write how you know who it is, such as a call to the number we hold.", field="how")
    request.identity, request.identity_note = Identity.ENOUGH, how.strip()[:300]
    request.state = State.WORKING
    request.save()
    add_event(request, "identity_enough", note=how, by=by, at=at)


@transaction.atomic
def extend_request(*, request_id: UUID, reason: str, by: Viewer, at: datetime, on: date) -> None:
    """Take two months longer, after the person was told why, within the first month."""
    request = lock_request(by, request_id)
    check_open(request.state)
    check_extension(
        extended_on=request.extended_on, on=on, by=get_extend_by(clock_of(request), list_bank_holidays())
    )
    check_words(reason, "Write why it takes longer, as you told the person.", field="reason")
    request.extended_on, request.extension_reason = on, reason.strip()
    set_clock(request, on)
    request.save()
    add_event(request, "extended", note=reason, by=by, at=at)


@transaction.atomic
def acknowledge_complaint(*, request_id: UUID, note: str, by: Viewer, at: datetime, on: date) -> None:
    """Record that the person was told that their complaint arrived: within 30 days."""
    request = lock_request(by, request_id)
    check_kind(request.kind, (Kind.COMPLAINT,))
    check_open(request.state)
    check(request.acknowledged_on is None, "They were told already.")
    check_words(note, "Write how you told them.", field="note")
    request.acknowledged_on = on
    if request.state == State.RECEIVED:
        request.state = State.WORKING
    request.save()
    add_event(request, "acknowledged", note=note, by=by, at=at)


@transaction.atomic
def add_note(*, request_id: UUID, what: str, note: str, by: Viewer, at: datetime) -> None:
    """Add a note to what happened, or what was found when a complaint was looked into."""
    request = lock_request(by, request_id)
    check_open(request.state)
    check(what in ("note", "looked_into"), "Choose what kind of note it is.", field="what")
    check_words(note, "Write the note.", field="note")
    add_event(request, what, note=note, by=by, at=at)


@transaction.atomic
def answer_request(*, request_id: UUID, outcome: str, by: Viewer, at: datetime) -> None:
    """End a request with the words the person was told; one for everything held only where nobody was found."""
    request = lock_request(by, request_id)
    if request.kind in (Kind.ACCESS, Kind.ERASURE):
        check(
            not request.matches.filter(is_this_person=True).exists(),
            "This person stands in our records. Make the answer, or erase them; only others are told in words.",
        )
    check_words(outcome, "Write what the person was told.", field="outcome")
    if request.kind == Kind.COMPLAINT:
        check(request.acknowledged_on is not None, "First tell the person that their complaint arrived.")
    end_request(request, State.ANSWERED, what="answered", note=outcome.strip(), by=by, at=at)


@transaction.atomic
def refuse_request(*, request_id: UUID, reason: str, by: Viewer, at: datetime) -> None:
    """End a request by refusing it, with the reason and the way to the regulator as the person was told."""
    request = lock_request(by, request_id)
    check_words(
        reason, "Write why it is refused, and that they may complain to the regulator.", field="reason"
    )
    end_request(request, State.REFUSED, what="refused", note=reason.strip(), by=by, at=at)


@transaction.atomic
def withdraw_request(*, request_id: UUID, note: str, by: Viewer, at: datetime) -> None:
    """End a request because the person took it back."""
    request = lock_request(by, request_id)
    check_words(note, "Write how they took it back.", field="note")
    end_request(request, State.WITHDRAWN, what="withdrawn", note=note.strip(), by=by, at=at)


def get_own_request(by: Viewer, request_id: UUID) -> DataRequest:
    """Return a request that belongs to whoever is signed in. Raise Refused otherwise."""
    request = DataRequest.objects.filter(id=request_id, person_id=by.own_id).first()
    if request is None:
        raise Refused(_("There is no such request of yours."))
    return request
