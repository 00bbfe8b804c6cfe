"""What a browser sends about a passkey, whatever it sends: strange bytes are a wrong passkey, never a fault of ours."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm, SignupWebAuthnForm

# What the decoders raise on bytes no browser makes; a wrong signature is a ValidationError already.
STRANGE = (ValueError, TypeError, KeyError, IndexError, AttributeError)


class NewPasskeyForm(SignupWebAuthnForm):  # type: ignore[misc]
    """A passkey that was just made, checked against what the browser was asked."""

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be read."""
        try:
            checked: dict[str, Any] = super().clean()
        except STRANGE as strange:
            raise get_adapter().validation_error("incorrect_code") from strange
        return checked


class UsePasskeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey of somebody known, used as the second step or to say again who they are."""

    def clean_credential(self) -> Any:
        """Refuse what cannot be read."""
        try:
            return super().clean_credential()
        except STRANGE as strange:
            raise get_adapter().validation_error("incorrect_code") from strange


class SignInWithPasskeyForm(LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey that says by itself who somebody is."""

    def clean_credential(self) -> Any:
        """Refuse what cannot be read."""
        try:
            return super().clean_credential()
        except STRANGE as strange:
            raise get_adapter().validation_error("incorrect_code") from strange
