"""What a person says to an offer: that they were shown the notice, yes and how, or no thank you."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Viewer, check
from alongside.apps.partnership.bridge.paid_work import get_notice, list_notice_digests
from alongside.apps.partnership.models import NoticeReading, ServiceOffer
from alongside.apps.partnership.operations.services.needs import hold_places
from alongside.apps.partnership.operations.services.offers import lock_offer, note_step
from alongside.apps.partnership.rules.services import (
    Choice,
    check_choice,
    check_move,
    check_notice_shown,
    check_takes_work,
    check_words,
)
from alongside.apps.people.queries import list_organisations

State = ServiceOffer.State


@transaction.atomic
def record_notice_shown(*, offer_id: UUID, by: Viewer, at: datetime, language: str = "") -> None:
    """Write down that the person of an offer was shown the notice as it stands now: the first time it is shown.

    `language` is the one it was read in; what is kept is the digest of those very words.
    """
    check_takes_work(by)
    offer = lock_own_offer(offer_id, by)
    notice = get_notice(timezone.localdate(at), language)
    NoticeReading.objects.get_or_create(
        offer=offer,
        person_id=by.own_id,
        notice=notice.key,
        text_sha256=notice.sha256,
        defaults={"shown_at": at},
    )


@transaction.atomic
def accept_offer(*, offer_id: UUID, choice: Choice, words: str = "", by: Viewer, at: datetime) -> None:
    """Say yes, and how to be paid or not; Refused before the notice was shown, and where nobody more is needed."""
    check_takes_work(by)
    # The need is held before the offer, by everybody, so that two who say yes at once meet here and in this order.
    need = hold_places(offer_id, by)
    offer = lock_own_offer(offer_id, by)
    check_move(offer.state, State.ACCEPTED)
    need.check_places()
    if offer.capacity == ServiceOffer.Capacity.THEMSELVES:
        _choose(offer, choice, by, at)
    else:
        offer.taken_pence, offer.given_pence = offer.fee_pence, 0
    offer.state, offer.answered_at = State.ACCEPTED, at
    offer.answer_words = check_words(words, what=_("anything"), field="words", most=1000, needed=False)
    offer.save()
    note_step(offer, "", by, at)
    record_audit(by=by, at=at, operation="accept_offer", on=offer)


@transaction.atomic
def decline_offer(*, offer_id: UUID, words: str = "", by: Viewer, at: datetime) -> None:
    """Say no thank you, or step back before the work begins; no reason is needed."""
    check_takes_work(by)
    offer = lock_own_offer(offer_id, by)
    check_move(offer.state, State.DECLINED)
    offer.state, offer.answered_at = State.DECLINED, at
    offer.answer_words = check_words(words, what=_("anything"), field="words", most=1000, needed=False)
    offer.save(update_fields=["state", "answered_at", "answer_words"])
    note_step(offer, "", by, at)
    record_audit(by=by, at=at, operation="decline_offer", on=offer)


def lock_own_offer(offer_id: UUID, by: Viewer) -> ServiceOffer:
    """Return an offer made to this viewer, held until the transaction ends; nobody answers for another."""
    offer = lock_offer(offer_id, by)
    check(offer.person_id == by.own_id, _("There is no such offer, or it is not yours to see."))
    return offer


def _choose(offer: ServiceOffer, choice: Choice, by: Viewer, at: datetime) -> None:
    notice = get_notice(timezone.localdate(at))
    shown = offer.readings.filter(person_id=by.own_id, notice=notice.key, shown_at__lte=at)
    check_notice_shown(
        shown=set(shown.values_list("text_sha256", flat=True)),
        current=list_notice_digests(timezone.localdate(at)),
    )
    offer.taken_pence, offer.given_pence = check_choice(choice, offer.fee_pence, offer.currency)
    offer.notice_version = notice.key
    if offer.given_pence:
        charities = {one.id for one in list_organisations(by, kind="charity")}
        known = choice.charity_id is None or choice.charity_id in charities
        check(known, _("Choose a charity from the list, or write its name."), field="charity")
        offer.charity_id = choice.charity_id
        offer.charity_name = check_words(
            choice.charity_name, what=_("its name"), field="charity_name", most=200, needed=False
        )
