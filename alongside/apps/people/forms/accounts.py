"""Forms to sign in, to say again who one is, and to choose a password; they check input and never save."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa import app_settings as mfa
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import Form, FormMixin
from alongside.apps.people.models import Person


def make_email_field() -> forms.EmailField:
    """Return the field of an e-mail address one signs in with."""
    return forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={
            "required": _("Enter your e-mail address"),
            "invalid": _("Enter an e-mail address such as name@example.org"),
        },
    )


def make_password_field() -> forms.CharField:
    """Return the field of the password one has."""
    return forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password")},
    )


def make_code_field() -> forms.CharField:
    """Return the field of a code from an app or a recovery code."""
    return forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "nhsuk-input--width-10"}
        ),
        error_messages={"required": _("Enter the code")},
    )


def _use_once(person: Person, code: str) -> bool:
    """Return whether this code of an app is new; remember it for as long as it could be typed again."""
    lasts = mfa.TOTP_PERIOD * (2 * mfa.TOTP_TOLERANCE + 1)
    digits = "".join(code.split())
    return bool(cache.add(f"people.code:{person.pk}:{digits}", "used", timeout=lasts))


class SignInForm(FormMixin, LoginForm):  # type: ignore[misc]
    """Sign in with an e-mail address."""

    use_required_attribute = False
    password = make_password_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = make_email_field()
        self.order_fields(["login", "password"])
        self.name_messages()


class CodeForm(FormMixin, AuthenticateForm):  # type: ignore[misc]
    """Type the code an app shows, or a recovery code. A code works once, also where clocks are not exact."""

    use_required_attribute = False
    code = make_code_field()

    def clean_code(self) -> str:
        """Return the code where it is right and new."""
        code: str = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not _use_once(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AddAppForm(FormMixin, ActivateTOTPForm):  # type: ignore[misc]
    """Type the first code of an app, which shows that it works."""

    use_required_attribute = False
    code = make_code_field()

    def clean_code(self) -> str:
        """Return the code where it is right; it does not sign in a second time."""
        code: str = super().clean_code()
        _use_once(self.user, code)
        return code


class PasskeyForm(Form):
    """Name a passkey; the browser fills in the rest."""

    name = forms.CharField(
        label=_("What do you call it?"),
        help_text=_("Such as “my telephone”. It helps you to tell your passkeys apart."),
        max_length=60,
        required=False,
    )


class PasskeyNameForm(Form):
    """Give a passkey another name."""

    name = forms.CharField(label=_("Name"), max_length=60)


class AskAgainForm(Form):
    """Say again who one is, with the password."""

    password = make_password_field()


class ForgottenForm(Form):
    """Ask for a link to choose a new password."""

    email = make_email_field()


class ChoosePasswordForm(Form):
    """Choose a password: long, not one that everybody knows, typed twice."""

    new_password1 = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=1000,
        help_text=_("At least 15 characters. Three or four words that only you would put together are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Enter a new password")},
    )
    new_password2 = forms.CharField(
        label=_("New password again"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Enter the new password a second time")},
    )

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_new_password1(self) -> str:
        """Return a password that is good enough."""
        password: str = self.cleaned_data["new_password1"]
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        """Refuse two passwords that are not the same."""
        cleaned = super().clean() or {}
        first, second = cleaned.get("new_password1"), cleaned.get("new_password2")
        if first and second and first != second:
            self.add_error("new_password2", _("The two new passwords are not the same. Type them again."))
        return cleaned
