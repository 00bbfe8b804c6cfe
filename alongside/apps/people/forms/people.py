"""Somebody new with their roles."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.people.rules import ROLES


class PersonForm(forms.Form):
    """Somebody new with their roles."""

    name = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Enter the person's name")}
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={
            "required": _("Enter their e-mail address"),
            "invalid": _("Enter an e-mail address such as name@example.org"),
        },
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=list(ROLES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role")},
    )
    password = forms.CharField(
        label=_("First password"),
        help_text=_("At least 15 characters. Give it to them yourself; they can change it after signing in."),
        min_length=15,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={
            "required": _("Enter a first password"),
            "min_length": _("The password needs at least 15 characters"),
        },
    )
