"""From people to the vault and the post: factors' secrets lie locked, letters about accounts leave."""

import base64
import smtplib
from functools import lru_cache

import segno
from django.conf import settings
from django.core.mail import EmailMessage

from alongside.adapters.vault import Vault

FACTOR = "people_factor"
# These print or keep a mail and deliver it to nobody; printed, a secret link would lie in a log.
NOT_DELIVERING = ("console", "dummy", "filebased")


@lru_cache
def _open_vault(keys: str) -> Vault:
    return Vault([base64.urlsafe_b64decode(line) for line in keys.split()])


def lock_secret(words: str) -> str:
    """Return the secret of a second factor as it may lie in the database."""
    locked = _open_vault(settings.VAULT_KEYS).lock(words.encode(), place=FACTOR)
    return base64.b64encode(locked).decode()


def open_secret(locked: str) -> str:
    """Return the secret again; raise CannotOpen where the installation's key is not here."""
    return _open_vault(settings.VAULT_KEYS).open(base64.b64decode(locked), place=FACTOR).decode()


def draw_code(address: str) -> str:
    """Return a QR code of an address as SVG, to be shown in an image."""
    return str(segno.make(address, error="m").svg_data_uri(scale=5, border=3))


def delivers_mail() -> bool:
    """Return whether letters about accounts leave this installation; none leave the demonstration."""
    backend = settings.EMAIL_BACKEND.lower()
    return not settings.DEMO and not any(name in backend for name in NOT_DELIVERING)


def send_letter(*, to: str, subject: str, body: str) -> bool:
    """Send a letter about an account; return whether the server took it. It never says why it did not."""
    mail = EmailMessage(
        " ".join(subject.split()),
        body,
        to=[" ".join(to.split())],
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        return bool(mail.send())
    except (OSError, smtplib.SMTPException):
        return False
