"""Raising a concern in plain words, and what those who triage write down."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import DateParts, Form
from alongside.apps.engagement.models import Concern, ConcernEvent, ConcernKind
from alongside.apps.engagement.operations import Forwarding, RaisedConcern

PLAIN_KINDS: list[tuple[str, object]] = [
    ("adverse_event", _("A medicine, vaccine, device or treatment may have harmed somebody")),
    ("product_complaint", _("Something is wrong with a medicine or device, its packet or its label")),
    ("safeguarding", _("Somebody may be being hurt, used, or not looked after")),
    ("urgent_harm", _("Somebody may be in danger, or may harm themselves or others")),
    ("complaint", _("Somebody wants to complain")),
    ("unsure", _("I am not sure, but it should not wait")),
]
URGENCIES: list[tuple[str, object]] = [
    ("now", _("At once: somebody may be in danger")),
    ("today", _("Today")),
    ("soon", _("Within the usual deadline")),
]
# Members of the public are not asked to weigh it: what they choose above says it.
URGENCY_OF_KIND = {"urgent_harm": "now", "safeguarding": "today", "unsure": "today"}


class _KindForm(Form):
    """Ask what it is about, of everybody who raises something."""

    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=PLAIN_KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about. “I am not sure” is an answer too.")},
    )


class RaiseForm(_KindForm):
    """Ask a signed-in person what it is, what happened and how soon somebody must look."""

    words = forms.CharField(
        label=_("What is it?"),
        help_text=_("In your own words: what, who, when. Only the people who look at concerns read it."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4_000,
        strip=False,
        error_messages={"required": _("Write what it is about, in your own words.")},
    )
    urgency = forms.ChoiceField(
        label=_("How soon must somebody look?"),
        choices=URGENCIES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how soon somebody must look.")},
    )

    def as_raised(self, about: str) -> RaisedConcern:
        """Return what was typed."""
        data = self.cleaned_data
        return RaisedConcern(kind=data["kind"], words=data["words"], urgency=data["urgency"], about=about)


class PublicRaiseForm(_KindForm):
    """Ask somebody without an account; a field that people do not see stands in the way of machines."""

    words = forms.CharField(
        label=_("What happened?"),
        help_text=_("In your own words. If it is about a medicine or device, its name helps."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4_000,
        strip=False,
        error_messages={"required": _("Tell us what happened, in your own words.")},
    )
    contact = forms.CharField(
        label=_("How can we reach you?"),
        help_text=_(
            "A phone number or an e-mail address. Without it we can act, but not ask you or answer you."
        ),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
    website = forms.CharField(required=False, max_length=200)

    def clean_website(self) -> str:
        """Refuse whoever filled the field that people cannot see."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave the field “Website” empty, then send again."))
        return ""

    @property
    def raised(self) -> RaisedConcern:
        """Return what was typed."""
        data = self.cleaned_data
        return RaisedConcern(
            kind=data["kind"],
            words=data["words"],
            urgency=URGENCY_OF_KIND.get(data["kind"], "soon"),
            contact=data["contact"],
        )


def _reason(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4_000,
        error_messages={"required": _("Write why, in a sentence somebody else will understand.")},
    )


class DecideForm(Form):
    """Ask whether it is one, of which kind, and why."""

    is_one = forms.ChoiceField(
        label=_("Is it one?"),
        choices=[
            ("yes", _("Yes: it goes on to those who deal with it")),
            ("no", _("No: it stays on the list of what was looked at, with your reason")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it is one.")},
    )
    kind = forms.ChoiceField(label=_("Which kind is it?"), choices=[])
    reason = _reason(_("Why?"), _("Say what you looked at. If in doubt, it is one."))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = [(value, str(words).capitalize()) for value, words in ConcernKind.choices]


class ForwardForm(Form):
    """Ask to which desk it went, how, when, and what was sent."""

    to = forms.CharField(
        label=_("To which organisation or desk?"),
        help_text=_("For example, Drug safety desk; the council’s safeguarding team; PALS"),
        max_length=200,
        error_messages={"required": _("Write which organisation or desk has it now.")},
    )
    channel = forms.ChoiceField(
        label=_("How was it sent?"),
        choices=[(value, str(words).capitalize()) for value, words in ConcernEvent.Channel.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it was sent.")},
    )
    sent_on = forms.DateField(label=_("On which day?"), widget=DateParts)
    sent_time = forms.TimeField(
        label=_("At what time?"),
        help_text=_("For example, 14:30"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Write the time as 14:30"), "required": _("Write the time as 14:30")},
    )
    reference = forms.CharField(
        label=_("Their reference"), help_text=_("If they gave you one"), max_length=120, required=False
    )
    what = _reason(
        _("What was sent?"), _("Describe it, such as “the sheet with the evidence sentence, no contact”.")
    )

    @property
    def sent(self) -> Forwarding:
        """Return what was typed, with the time as a moment."""
        data = self.cleaned_data
        moment = timezone.make_aware(datetime.combine(data["sent_on"], data["sent_time"]))
        return Forwarding(
            to=data["to"],
            channel=data["channel"],
            sent_at=moment,
            what=data["what"],
            reference=data["reference"],
        )


class CloseConcernForm(Form):
    """Ask how it ended and why nothing more is needed."""

    outcome = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[(value, str(words).capitalize()) for value, words in Concern.Outcome.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it ended.")},
    )
    reason = _reason(_("Why is nothing more needed?"))


class ReopenForm(Form):
    """Ask why it is looked at again."""

    reason = _reason(_("Why should somebody look again?"))
