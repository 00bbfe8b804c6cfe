"""A partner."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.people.models import Organisation


class OrganisationForm(forms.Form):
    """A partner."""

    name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Enter the organisation's name")}
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=Organisation.Kind.choices,
        error_messages={"required": _("Choose what kind of organisation it is")},
    )
    purpose = forms.CharField(
        label=_("What it does"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    reach = forms.CharField(label=_("Whom it reaches"), max_length=200, required=False)
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Enter an address such as https://example.org")},
    )
