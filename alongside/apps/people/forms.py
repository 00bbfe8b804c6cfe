"""Forms about people; they check input and never save."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.apps.people.models import Organisation
from alongside.apps.people.rules import ROLES


class SignInForm(AuthenticationForm):
    """Sign in with an e-mail address."""

    username = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={
            "required": _("Enter your e-mail address"),
            "invalid": _("Enter an e-mail address such as name@example.org"),
        },
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password")},
    )
    error_messages = {
        "invalid_login": _("That e-mail address and password do not go together. Check both and try again."),
        "inactive": _("This account is closed. Ask an administrator."),
    }


class NewPasswordForm(PasswordChangeForm):
    """Choose a new password, knowing the old one."""

    error_messages = {
        "password_incorrect": _("This is not your password now. Check it and try again."),
        "password_mismatch": _("The two new passwords are not the same. Type them again."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._word("old_password", _("Your password now"), _("Enter your password"))
        self._word("new_password1", _("New password"), _("Enter a new password"))
        self._word("new_password2", _("New password again"), _("Enter the new password a second time"))
        self.fields["new_password1"].help_text = _(
            "At least 15 characters. Three or four words that only you would put together are good."
        )

    def _word(self, name: str, label: Promise, missing: Promise) -> None:
        field = self.fields[name]
        field.label, field.help_text = str(label), ""
        field.error_messages["required"] = str(missing)


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
