"""What disclosure holds about a person: what they said for their organisation, and the steps they took."""

from django.utils.translation import gettext as _

from alongside.apps.base.rules.subjects import HeldRecord, Subject
from alongside.apps.partnership.models import (
    DisclosureCheck,
    DisclosureCorrection,
    DisclosureEvent,
    MethodNote,
)


def collect(subject: Subject) -> list[HeldRecord]:
    """Return answers a person gave for their organisation, and steps, notes and corrections of theirs."""
    ids = subject.person_ids
    accountable = _("We must be able to show who did what with a published record.")
    checks = DisclosureCheck.objects.filter(answered_by_id__in=ids).select_related("disclosure")
    events = DisclosureEvent.objects.filter(by_id__in=ids).select_related("disclosure")
    notes = MethodNote.objects.filter(written_by_id__in=ids).select_related("disclosure")
    made = DisclosureCorrection.objects.filter(made_by_id__in=ids).select_related("disclosure")
    return [
        *(
            HeldRecord(
                "partnership_disclosure_check", _("What you said for your organisation about its rows"), str(one.id),
                ((_("Year"), str(one.disclosure.year)), (_("Answer"), str(one.get_answer_display())),
                 (_("Words"), one.words or _("none"))),
                held_since=one.answered_at, needs_review=bool(one.words), why=_("Kept with the year it is about."),
            )
            for one in checks.order_by("answered_at")
        ),
        *(
            HeldRecord("partnership_disclosure_event", _("A step you took with a year’s disclosure"), str(one.id),
                       ((_("Year"), str(one.disclosure.year)), (_("It became"), one.became)),
                       held_since=one.at, why=accountable)
            for one in events.order_by("at")
        ),
        *(
            HeldRecord("partnership_method_note", _("A version of a method note you wrote"), str(one.id),
                       ((_("Year"), str(one.disclosure.year)), (_("Version"), str(one.number))),
                       held_since=one.written_at, why=accountable)
            for one in notes.order_by("written_at")
        ),
        *(
            HeldRecord("partnership_disclosure_correction", _("A correction you made"), str(one.id),
                       ((_("Year"), str(one.disclosure.year)), (_("Reason"), one.reason)),
                       held_since=one.made_at, why=accountable)
            for one in made.order_by("made_at")
        ),
    ]  # fmt: skip
