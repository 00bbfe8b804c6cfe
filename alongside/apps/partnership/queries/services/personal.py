"""What this room holds about a person's paid work: offers, answers, claims, expenses, and what they were shown."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from alongside.apps.base.rules.money import write_money
from alongside.apps.base.rules.subjects import HeldRecord, Subject
from alongside.apps.partnership.models import (
    ExpenseLine,
    NoticeReading,
    RateCard,
    ServiceClaim,
    ServiceEvent,
    ServiceNeed,
    ServiceOffer,
)


def collect(subject: Subject) -> list[HeldRecord]:
    """Return a person's offers, claims and expenses, what they were shown, and what they wrote as a colleague."""
    return [*_offers(subject), *_claims(subject), *_shown(subject), *_work(subject)]


def _law() -> str:
    return _("Kept as long as accounts and the yearly list of payments must be kept.")


def _offers(subject: Subject) -> Iterator[HeldRecord]:
    found = ServiceOffer.objects.filter(person_id__in=subject.person_ids).select_related(
        "charity", "organisation"
    )
    for one in found.order_by("offered_at"):
        yield HeldRecord(
            "partnership_service_offer",
            _("Work you were offered"),
            str(one.id),
            (
                (_("Reference"), one.reference),
                (_("Work"), one.title),
                (_("What we asked"), one.ask),
                (_("Support"), one.support),
                (_("As whom"), str(one.get_standing_display())),
                (_("How you would speak"), str(one.get_capacity_display())),
                (_("Fee"), write_money(one.fee_pence, one.currency)),
                (_("Paid to you"), write_money(one.taken_pence, one.currency)),
                (
                    _("Given to a charity"),
                    f"{write_money(one.given_pence, one.currency)} {one.gift_name}".strip(),
                ),
                (_("Your answer"), str(one.get_state_display())),
                (_("In your words"), one.answer_words),
            ),
            held_since=one.offered_at,
            why=_law(),
        )
    for step in (
        ServiceEvent.objects.filter(offer__person_id__in=subject.person_ids).exclude(words="").order_by("at")
    ):
        fields = ((_("What was written"), step.words),)
        yield HeldRecord(
            "partnership_service_event",
            _("A note about your work"),
            str(step.id),
            fields,
            step.at,
            True,
            _law(),
        )


def _claims(subject: Subject) -> Iterator[HeldRecord]:
    claims = ServiceClaim.objects.filter(offer__person_id__in=subject.person_ids).select_related("offer")
    for one in claims.order_by("begun_at"):
        yield HeldRecord(
            "partnership_service_claim",
            _("A claim of yours"),
            str(one.id),
            (
                (_("For"), one.offer.title),
                (_("Fee"), write_money(one.fee_pence, one.offer.currency)),
                (_("State"), str(one.get_state_display())),
                (_("Our question"), one.question),
            ),
            held_since=one.begun_at,
            why=_law(),
        )
    lines = ExpenseLine.objects.filter(claim__offer__person_id__in=subject.person_ids)
    for line in lines.order_by("added_at"):
        yield HeldRecord(
            "partnership_expense_line",
            _("What you spent"),
            str(line.id),
            (
                (_("For"), str(line.get_kind_display())),
                (_("On"), line.happened_on.isoformat()),
                (_("In your words"), line.words),
                (_("Miles"), str(line.miles or "")),
                (_("Amount"), write_money(line.amount_pence)),
                (_("Which need"), line.need_words),
            ),
            held_since=line.added_at,
            why=_law(),
        )


def _shown(subject: Subject) -> Iterator[HeldRecord]:
    for one in NoticeReading.objects.filter(person_id__in=subject.person_ids).order_by("shown_at"):
        yield HeldRecord(
            "partnership_notice_reading",
            _("That you were shown a notice"),
            str(one.id),
            ((_("Notice"), one.notice),),
            held_since=one.shown_at,
            why=_("Kept to show that you were told about benefits before you answered."),
        )


def _work(subject: Subject) -> Iterator[HeldRecord]:
    accountable = _("We must be able to show who did what (accountability, Article 5(2)).")
    for need in ServiceNeed.objects.filter(author_id__in=subject.person_ids).order_by("written_at"):
        fields = ((_("Need"), need.title), (_("Who chooses"), need.selector))
        yield HeldRecord(
            "partnership_service_need",
            _("A need you wrote"),
            str(need.id),
            fields,
            need.written_at,
            True,
            accountable,
        )
    for card in RateCard.objects.filter(added_by_id__in=subject.person_ids).order_by("added_at"):
        yield HeldRecord(
            "partnership_rate_card",
            _("A rate card you added"),
            str(card.id),
            ((_("Title"), card.title),),
            card.added_at,
            why=accountable,
        )
