"""Letters about accounts: they leave once the write they tell of is kept, and hold no more than they must."""

from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from alongside.apps.people.bridge import delivers_mail, send_letter
from alongside.apps.people.models import Person


def tell_person(person: Person, subject: str, *paragraphs: str) -> None:
    """Send somebody with an account a letter, once the transaction is kept."""
    tell_address(person.email, subject, *paragraphs)


def tell_address(email: str, subject: str, *paragraphs: str) -> bool:
    """Send a letter to an address, once the transaction is kept; return whether mail leaves this installation."""
    body = "\n\n".join([gettext("Hello,"), *paragraphs, settings.BRAND["name"]]) + "\n"
    if not delivers_mail():
        return False
    transaction.on_commit(partial(send_letter, to=email, subject=subject, body=body))
    return True
