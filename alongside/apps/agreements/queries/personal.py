"""What this room holds about a person: agreements with them, what they signed, commented, wrote and certified."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.apps.agreements.models import (
    Agreement,
    AgreementComment,
    AgreementEvent,
    AgreementVersion,
    Certification,
    NeededPaper,
    RuleAnswer,
    RuleSet,
    Signature,
)
from alongside.apps.base.rules.subjects import HeldRecord, Subject


def collect(subject: Subject) -> list[HeldRecord]:
    """Return a person's agreements and signatures with all their words, and what they did with others'."""
    ids = subject.person_ids
    return [*_collect_own(ids), *_collect_words(ids), *_collect_work(ids)]


def _law() -> str:
    return _("Agreements and who signed them are kept for as long as the law asks (Article 6(1)(c)).")


def _collect_own(ids: Iterable[UUID]) -> list[HeldRecord]:
    own = Agreement.objects.filter(person_id__in=ids).order_by("created_at")
    words = AgreementVersion.objects.filter(agreement__in=own).select_related("agreement")
    signed = Signature.objects.filter(person_id__in=ids).select_related("version__agreement")
    return [
        *(
            HeldRecord(
                "agreements_agreement", _("An agreement with you"), str(one.id),
                ((_("Number"), one.reference), (_("Title"), one.title), (_("State"), one.get_state_display()),
                 (_("From"), one.starts_on.isoformat()), (_("To"), one.ends_on.isoformat())),
                held_since=one.created_at, why=_law(),
            )
            for one in own
        ),
        *(
            HeldRecord(
                "agreements_version", _("What an agreement with you says"), str(one.id),
                ((_("Number"), one.agreement.reference), (_("Version"), str(one.number)), (_("Words"), one.document)),
                held_since=one.written_at, needs_review=True, why=_law(),
            )
            for one in words.order_by("written_at")
        ),
        *(
            HeldRecord(
                "agreements_signature", _("Your signature"), str(one.id),
                ((_("Number"), one.version.agreement.reference), (_("Name"), one.name), (_("Role"), one.role),
                 (_("Day"), one.signed_on.isoformat())),
                held_since=one.at, why=_law(),
            )
            for one in signed.order_by("at")
        ),
    ]  # fmt: skip


def _collect_words(ids: Iterable[UUID]) -> list[HeldRecord]:
    said = AgreementComment.objects.filter(by_id__in=ids).select_related("agreement").order_by("at")
    answered = (
        AgreementComment.objects.filter(answered_by_id__in=ids).select_related("agreement").order_by("at")
    )
    why = _("Kept with the agreement, to show how its words came about.")
    return [
        *(
            HeldRecord(
                "agreements_comment", _("Your comment on an agreement"), str(one.id),
                ((_("Number"), one.agreement.reference), (_("Your words"), one.words), (_("Answer"), one.answer)),
                held_since=one.at, needs_review=bool(one.answer), why=why,
            )
            for one in said
        ),
        *(
            HeldRecord(
                "agreements_comment", _("Your answer to a comment"), str(one.id),
                ((_("Number"), one.agreement.reference), (_("Your answer"), one.answer)),
                held_since=one.answered_at, why=why,
            )
            for one in answered
        ),
    ]  # fmt: skip


def _collect_work(ids: Iterable[UUID]) -> list[HeldRecord]:
    """Return how often somebody acted in this room, table by table; each act stands in the audit too."""
    ids = list(ids)
    counts = (
        ("agreements_version", _("Versions of agreements you wrote"),
         AgreementVersion.objects.filter(written_by_id__in=ids).count()),
        ("agreements_event", _("Steps of agreements you took"), AgreementEvent.objects.filter(by_id__in=ids).count()),
        ("agreements_certification", _("Agreements you certified"),
         Certification.objects.filter(certified_by_id__in=ids).count()),
        ("agreements_signature", _("Signatures you wrote down"),
         Signature.objects.filter(recorded_by_id__in=ids).count()),
        ("agreements_needed_paper", _("Papers you asked for"),
         NeededPaper.objects.filter(asked_by_id__in=ids).count()),
        ("agreements_rule_answer", _("Rules you answered"), RuleAnswer.objects.filter(by_id__in=ids).count()),
        ("agreements_rule_set", _("Rule sets you brought in"), RuleSet.objects.filter(added_by_id__in=ids).count()),
    )  # fmt: skip
    why = _("We must be able to show who did what (accountability, Article 5(2)).")
    return [
        HeldRecord(table, label, table, ((_("How many"), str(number)),), why=why)
        for table, label, number in counts
        if number
    ]
