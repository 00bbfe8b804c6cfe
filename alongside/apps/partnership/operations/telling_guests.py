"""Telling those who registered that something changed: a letter that says nothing of what, with where to look."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.apps.base.operations import start_job
from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import Event, Registration
from alongside.apps.people.operations.letters import tell_address

KIND = "partnership.tell_guests"


def tell_guests(*, event: Event, by: Viewer, at: datetime) -> None:
    """Let the worker write to everybody whose registration stands; the page itself says what is new."""
    start_job(kind=KIND, arguments={"event": str(event.id)}, by=by, at=at)


def tell_guest(*, registration: Registration, by: Viewer, at: datetime) -> None:
    """Let the worker write to one person who asked for a place."""
    arguments: dict[str, object] = {"event": str(registration.event_id), "one": str(registration.id)}
    start_job(kind=KIND, arguments=arguments, by=by, at=at)


def write_to_guest(registration: Registration) -> bool:
    """Write to one person who left an address; the letter names neither the event nor what is new."""
    address = registration.person.email if registration.person else registration.email
    if not address:
        return False
    return tell_address(
        address,
        _("News about a place you asked for"),
        _("Something is new about an event you registered for. You can read it here:"),
        settings.PUBLIC_URL + reverse("attend:place"),
        _("You need the code you were given, or your account."),
    )
