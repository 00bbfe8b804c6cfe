"""What an engagement says about itself, and who is invited to it."""

from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import DateParts, Form
from alongside.apps.engagement.models import Engagement
from alongside.apps.engagement.operations import EngagementTerms

_KINDS = [(value, capfirst(label)) for value, label in Engagement.Kind.choices]
_ALL_STAGES = [
    ("", _("Not about one stage")),
    *((value, capfirst(label)) for value, label in Engagement.Stage.choices),
]
_ALL_NATIONS = [("", _("Not about one nation")), *Engagement.Nation.choices]


class EngagementForm(Form):
    """Ask for an engagement's purpose, its people and its dates."""

    title = forms.CharField(
        error_messages={"required": _("Give it a title that a stranger would understand")},
        label=_("Title"),
        max_length=160,
        help_text=_("Short, and plain to a stranger"),
    )
    kind = forms.ChoiceField(
        label=_("What kind of engagement is it?"), choices=_KINDS, widget=forms.RadioSelect
    )
    purpose = forms.CharField(
        error_messages={"required": _("Write what you want to find out, and what it may change")},
        label=_("Purpose"),
        help_text=_("What you want to find out, and what it may change"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    told_participants = forms.CharField(
        error_messages={"required": _("Write what people are told about their words")},
        label=_("What participants are told"),
        help_text=_("How their words are used, who sees them, how they will hear what changed"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    condition = forms.CharField(
        label=_("Condition"), max_length=120, required=False, help_text=_("For example, heart failure")
    )
    pathway_stage = forms.ChoiceField(label=_("Stage of the pathway"), choices=_ALL_STAGES, required=False)
    nation = forms.ChoiceField(label=_("Nation"), choices=_ALL_NATIONS, required=False)
    run_by = forms.CharField(
        error_messages={"required": _("Write who runs it")},
        label=_("Who runs it"),
        max_length=160,
        help_text=_("A team or an organisation"),
    )
    starts_on = forms.DateField(label=_("First day"), widget=DateParts, help_text=_("For example, 27 3 2026"))
    ends_on = forms.DateField(label=_("Last day"), widget=DateParts, required=False)
    already_known = forms.CharField(
        label=_("What do we already know?"),
        help_text=_("Kept with the engagement, so that nobody is asked twice without need"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @property
    def terms(self) -> EngagementTerms:
        """Return what was typed."""
        return EngagementTerms(**self.cleaned_data)


class InviteForm(Form):
    """Choose a patient partner."""

    person_id = forms.TypedChoiceField(label=_("Patient partner"), coerce=UUID)

    def offer_people(self, people: list[tuple[UUID, str]]) -> None:
        """Offer the patient partners there are."""
        choice = self.fields["person_id"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [("", _("Choose a person")), *((str(key), name) for key, name in people)]
