"""What a helper writes down: one voice after the other, quickly."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import DateParts
from alongside.apps.engagement.forms.bases import BasisForm
from alongside.apps.engagement.forms.imports import LANGUAGES
from alongside.apps.engagement.operations import TypedVoice


class TypeForm(BasisForm):
    """Ask for what somebody said; everything but the words stays as it was for the next voice."""

    text = forms.CharField(
        label=_("What they said"),
        help_text=_("In their own words, as near as you can"),
        widget=forms.Textarea(attrs={"rows": 5}),
        strip=False,
        max_length=20_000,
        error_messages={"required": _("Write down what they said.")},
    )
    speaker = forms.CharField(
        label=_("Who said it"),
        help_text=_("A pseudonym such as P3, never a name. Leave it empty for nobody in particular."),
        max_length=80,
        required=False,
    )
    question = forms.CharField(label=_("Question they answered"), max_length=300, required=False)
    said_on = forms.DateField(label=_("When"), widget=DateParts, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False)

    def clean_text(self) -> str:
        """Refuse words that are only blanks."""
        text = str(self.cleaned_data["text"])
        if not text.strip():
            raise forms.ValidationError(_("Write down what they said."))
        return text

    @property
    def voice(self) -> TypedVoice:
        """Return what was typed."""
        data = self.cleaned_data
        return TypedVoice(text=data["text"], speaker=data["speaker"], question=data["question"])
