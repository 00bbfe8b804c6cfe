"""Until when words are kept; the form checks and never saves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import DateParts, Form


class KeepUntilForm(Form):
    """A day and the reason for it."""

    keep_until = forms.DateField(label=_("Keep the words until"), widget=DateParts)
    reason = forms.CharField(
        label=_("Why until then?"),
        max_length=2_000,
        help_text=_("Such as a rule you follow, a study that still runs, or what people were told."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
