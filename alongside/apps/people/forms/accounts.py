"""Forms to sign in and to choose a password; they check input and never save."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


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
