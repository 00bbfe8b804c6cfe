"""Forms of the review of what is covered: words to cover by hand, names of staff."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import Form
from alongside.apps.engagement.rules.redactions import KINDS


class AddMarkForm(Form):
    """Words to cover by hand."""

    words = forms.CharField(
        label=_("Words to cover"),
        help_text=_("Exactly as they stand in the text. Every place where they stand is covered."),
        max_length=500,
    )
    kind = forms.ChoiceField(label=_("What is it?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind, capfirst(str(label))) for kind, label in KINDS.items()]
        self.fields["kind"] = forms.ChoiceField(label=_("What is it?"), choices=choices, initial="own_name")


class StaffNamesForm(Form):
    """Names of staff, one a line."""

    names = forms.CharField(
        label=_("Names to add"),
        help_text=_("One a line: a whole name, or a single name people here use, such as “Bev”."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=20_000,
    )
