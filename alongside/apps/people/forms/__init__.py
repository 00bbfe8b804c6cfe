"""Forms about people; they check input and never save."""

from alongside.apps.people.forms.accounts import (
    AddAppForm,
    AskAgainForm,
    ChoosePasswordForm,
    CodeForm,
    ForgottenForm,
    PasskeyForm,
    PasskeyNameForm,
    SignInForm,
)
from alongside.apps.people.forms.passkeys import NewPasskeyForm, SignInWithPasskeyForm, UsePasskeyForm
from alongside.apps.people.forms.people import InvitationForm

__all__ = [
    "AddAppForm",
    "AskAgainForm",
    "ChoosePasswordForm",
    "CodeForm",
    "ForgottenForm",
    "InvitationForm",
    "NewPasskeyForm",
    "PasskeyForm",
    "PasskeyNameForm",
    "SignInForm",
    "SignInWithPasskeyForm",
    "UsePasskeyForm",
]
