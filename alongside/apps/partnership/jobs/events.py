"""Background work about events: writing to guests, ending offers that nobody answered."""

from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import JobWork
from alongside.apps.base.rules import SYSTEM
from alongside.apps.partnership.operations.registrations import end_offers, list_events_with_late_offers
from alongside.apps.partnership.operations.telling_guests import write_to_guest
from alongside.apps.partnership.queries.registrations import list_guests


def tell_guests(work: JobWork) -> None:
    """Write to everybody whose registration for an event stands, or stood until it was cancelled."""
    one = work.arguments.get("one")
    guests = list_guests(UUID(work.arguments["event"]), UUID(one) if one else None)
    written = 0
    for number, guest in enumerate(guests):
        work.progress(number, len(guests), "Writing to people one by one")
        with transaction.atomic():
            written += write_to_guest(guest)
    with work.finish() as result:
        result.update(people=len(guests), written=written)


def look_at_offers(work: JobWork) -> None:
    """End offers of places that nobody answered in time, and offer them to the next on the list."""
    at = work.clock()
    ended = sum(end_offers(event_id=one, by=SYSTEM, at=at) for one in list_events_with_late_offers(at))
    with work.finish() as result:
        result["ended"] = ended
