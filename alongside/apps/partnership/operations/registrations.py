"""Asking for a place, giving it back, being offered one that came free: one place never goes to two."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.apps.base.models import new_id
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import SYSTEM, Refused, Viewer, check, check_may
from alongside.apps.partnership.bridge.events import load_terms
from alongside.apps.partnership.models import Event, EventChange, Registration
from alongside.apps.partnership.operations.telling_guests import tell_guest
from alongside.apps.partnership.queries.events import find_places
from alongside.apps.partnership.rules.registrations import (
    check_can_move,
    check_can_register,
    check_few_lately,
    find_next,
    hash_code,
    make_receipt_code,
)
from alongside.apps.people.queries import get_consent_text_in

State = Registration.State
RATE_WINDOW = timedelta(minutes=10)


@dataclass(frozen=True)
class GuestTerms:
    """What somebody says who asks for a place: what they need and eat, whether a carer comes along.

    Whoever has no account adds a name, an address and the words they agreed to; `code` is the receipt code made for
    them before they send. `request_key` was drawn when the form was shown, so that sending twice keeps one place.
    """

    request_key: UUID
    name: str = ""
    email: str = ""
    needs_words: str = ""
    dietary: str = ""
    brings_carer: bool = False
    consent_text_id: UUID | None = None
    language: str = "en"
    code: str = ""


@transaction.atomic
def register_guest(*, event_id: UUID, terms: GuestTerms, by: Viewer, at: datetime) -> str:
    """Keep a place, or a turn on the waiting list, for somebody without an account; return their receipt code.

    Raises Refused where the event takes nobody, the words agreed to are not those shown, or a name is missing.
    """
    event = _lock_open_event(by, event_id)
    code = terms.code or make_receipt_code()
    kept = Registration.objects.filter(request_key=terms.request_key).first()
    if kept is not None:
        check(kept.code_sha256 == hash_code(code), _("This form was sent already. Load the page again."))
        return code
    check_can_register(event, at)
    lately = Registration.objects.filter(event=event, created_at__gt=at - RATE_WINDOW).count()
    check_few_lately(lately, load_terms().most_in_ten_minutes)
    check(bool(terms.name.strip()), _("Enter your name."), field="name")
    check(bool(terms.email.strip()), _("Enter your e-mail address."), field="email")
    shown = get_consent_text_in(event.consent_text_id, terms.language) if event.consent_text_id else None
    check(
        shown is not None and shown.id == terms.consent_text_id,
        _("What we say about your details has changed since you read it. Please read it again and agree."),
        field="agrees",
    )
    own_id = new_id()
    _keep(
        event,
        Registration(
            id=own_id,
            subject_id=own_id,
            side=Registration.Side.PUBLIC,
            name=terms.name.strip(),
            email=terms.email.strip(),
            consent_text_id=terms.consent_text_id,
            consented_at=at,
            code_sha256=hash_code(code),
        ),
        terms,
        by,
        at,
    )
    return code


@transaction.atomic
def register_self(*, event_id: UUID, terms: GuestTerms, by: Viewer, at: datetime) -> UUID:
    """Keep a place, or a turn on the waiting list, for somebody with an account; asking twice keeps one."""
    check(by.is_known, _("Sign in to register with your account."))
    event = _lock_open_event(by, event_id)
    standing = Registration.objects.filter(
        event=event, person_id=by.own_id, state__in=Registration.STAND
    ).first()
    if standing is not None:
        return standing.id
    check_can_register(event, at)
    return _keep(
        event,
        Registration(
            subject_id=by.own_id,
            person_id=by.own_id,
            organisation_id=by.partner_id,
            side=_side_of(by),
        ),
        terms,
        by,
        at,
    )


@transaction.atomic
def register_for_somebody(*, event_id: UUID, terms: GuestTerms, by: Viewer, at: datetime) -> str:
    """Keep a place for somebody who rang or wrote, for who runs events; return the code to give to them."""
    check_may(by, "run_events")
    event = _lock_open_event(by, event_id)
    kept = Registration.objects.filter(request_key=terms.request_key).first()
    check(kept is None, "This form was sent already. Look at the list.")
    check_can_register(event, at)
    check(bool(terms.name.strip()), "Enter their name.", field="name")
    code, own_id = make_receipt_code(), new_id()
    _keep(
        event,
        Registration(
            id=own_id,
            subject_id=own_id,
            side=Registration.Side.PUBLIC,
            name=terms.name.strip(),
            email=terms.email.strip(),
            code_sha256=hash_code(code),
        ),
        terms,
        by,
        at,
    )
    return code


def _side_of(by: Viewer) -> str:
    if by.partner_id is not None:
        return Registration.Side.PARTNER
    return Registration.Side.PATIENT if by.may("take_paid_work") else Registration.Side.TEAM


def _lock_open_event(by: Viewer, event_id: UUID) -> Event:
    seen = Event.objects.for_viewer(by).filter(id=event_id, opened_at__isnull=False)
    event = Event.objects.select_for_update().filter(id__in=seen.values("id")).first()
    if event is None:
        raise Refused(_("There is no event at this address. Check the link."))
    return event


def _keep(event: Event, registration: Registration, terms: GuestTerms, by: Viewer, at: datetime) -> UUID:
    """Keep a registration under the event's lock: registered where it fits, else at the end of the list."""
    check(
        not terms.brings_carer or event.carer_places > 0,
        _("This event has no places for carers. Tell us what you need, and we will find a way with you."),
        field="brings_carer",
    )
    _end_late_offers(event, at)
    fits = find_places(event).fits(brings_carer=terms.brings_carer)
    registration.event = event
    registration.state = State.REGISTERED if fits else State.WAITING
    registration.needs_words, registration.dietary = terms.needs_words.strip(), terms.dietary.strip()
    registration.brings_carer = terms.brings_carer
    registration.request_key = terms.request_key
    registration.created_at = registration.changed_at = at
    registration.save(force_insert=True)
    if event.registered_at is None:
        event.registered_at = at
        event.save(update_fields=["registered_at"])
    record_audit(
        by=by, at=at, operation="register", on=registration, detail={"state": str(registration.state)}
    )
    _follow_places(event, at)
    return registration.id


@transaction.atomic
def give_back(*, registration_id: UUID, by: Viewer, at: datetime) -> None:
    """Give a place or a turn back; twice changes nothing. Who comes next is offered the place.

    The caller has made sure whose it is: by the account, the code, or because they run events.
    """
    registration, event = _lock(registration_id)
    if registration.state == State.CANCELLED:
        return
    check_can_move(registration, State.CANCELLED)
    _set_state(registration, State.CANCELLED, by, at)
    _offer_free_places(event, by, at)


@transaction.atomic
def accept_offer(*, registration_id: UUID, by: Viewer, at: datetime) -> None:
    """Take a place that was offered; twice changes nothing. Refused once the offer has ended."""
    registration, event = _lock(registration_id)
    if registration.state == State.REGISTERED:
        return
    if registration.offer_ends_at is None or registration.offer_ends_at <= at:
        raise Refused(_("This offer has ended, and the place went to the next on the list."))
    check_can_move(registration, State.REGISTERED)
    _set_state(registration, State.REGISTERED, by, at)
    _follow_places(event, at)


@transaction.atomic
def end_offers(*, event_id: UUID, by: Viewer, at: datetime) -> int:
    """End the offers of one event that nobody answered in time, and offer the places on; return how many ended."""
    event = Event.objects.select_for_update().get(id=event_id)
    ended = _end_late_offers(event, at)
    if ended:
        _offer_free_places(event, by, at)
    return ended


@transaction.atomic
def mark_attendance(*, registration_id: UUID, came: bool, by: Viewer, at: datetime) -> None:
    """Write down whether somebody came; it can be put right until the event is closed."""
    check_may(by, "run_events")
    registration, event = _lock(registration_id)
    check(event.state in (Event.State.HELD, Event.State.REPORTED), "First mark the event as held.")
    to = State.ATTENDED if came else State.NO_SHOW
    if registration.state == to:
        return
    check_can_move(registration, to)
    _set_state(registration, to, by, at)


def list_events_with_late_offers(at: datetime) -> list[UUID]:
    """Return the events in which an offer has ended without an answer."""
    late = Registration.objects.filter(state=State.OFFERED, offer_ends_at__lte=at)
    return list(late.order_by("event_id").values_list("event_id", flat=True).distinct())


def offer_places(event: Event, by: Viewer, at: datetime) -> None:
    """Offer what is free after an event got more places; the caller holds the event's lock."""
    _offer_free_places(event, by, at)


def _lock(registration_id: UUID) -> tuple[Registration, Event]:
    """Lock the event first, then the registration: always in this order, so that nobody waits in a circle."""
    event_id = Registration.objects.filter(id=registration_id).values_list("event_id", flat=True).first()
    event = Event.objects.select_for_update().filter(id=event_id).first() if event_id else None
    if event is None:
        raise Refused(_("There is no such place here."))
    return Registration.objects.select_for_update().get(id=registration_id), event


def _set_state(registration: Registration, to: str, by: Viewer, at: datetime) -> None:
    was = registration.state
    registration.state, registration.changed_at = to, at
    registration.save(update_fields=["state", "changed_at", "offer_ends_at"])
    record_audit(
        by=by,
        at=at,
        operation="change_registration",
        on=registration,
        detail={"was": str(was), "became": str(to)},
    )


def _end_late_offers(event: Event, at: datetime) -> int:
    late = Registration.objects.filter(event=event, state=State.OFFERED, offer_ends_at__lte=at)
    ended = 0
    for one in late.select_for_update().order_by("id"):
        _set_state(one, State.LAPSED, SYSTEM, at)
        ended += 1
    return ended


def _offer_free_places(event: Event, by: Viewer, at: datetime) -> None:
    """Offer free places to those who wait, in the order they came, while the event still takes people."""
    _end_late_offers(event, at)
    if event.state in Event.TAKES_PEOPLE and event.starts_at > at:
        waiting = {
            str(one.id): one
            for one in Registration.objects.select_for_update()
            .filter(event=event, state=State.WAITING)
            .order_by("created_at", "id")
        }
        pairs = [(key, one.brings_carer) for key, one in waiting.items()]
        for key in find_next(find_places(event), pairs):
            one = waiting[key]
            # No offer outlasts the beginning of the event.
            one.offer_ends_at = min(at + load_terms().offer_lasts, event.starts_at)
            _set_state(one, State.OFFERED, SYSTEM, at)
            tell_guest(registration=one, by=by, at=at)
    _follow_places(event, at)


def _follow_places(event: Event, at: datetime) -> None:
    """Let the event's state say whether it is full; calendars need not hear of it."""
    if event.state not in Event.TAKES_PEOPLE:
        return
    now = Event.State.FULL if find_places(event).is_full else Event.State.OPEN
    if now != event.state:
        EventChange.objects.create(event=event, was=event.state, became=now, sequence=event.sequence, at=at)
        event.state = now
        event.save(update_fields=["state"])
