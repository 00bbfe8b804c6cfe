"""A person's private calendar address: made, made anew, ended."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check
from alongside.apps.partnership.models import CalendarFeed
from alongside.apps.partnership.rules.registrations import hash_token, make_token
from alongside.apps.people.queries.people import get_viewer_by_id


@transaction.atomic
def open_feed(*, by: Viewer, at: datetime) -> str:
    """Make a private calendar address and end the one before; return its secret, which is shown once."""
    check(
        by.is_known and get_viewer_by_id(by.person_id).is_known, _("Sign in to have a calendar of your own.")
    )
    _end(by, at)
    token = make_token()
    try:
        with transaction.atomic():
            feed = CalendarFeed.objects.create(
                person_id=by.own_id, token_sha256=hash_token(token), created_at=at
            )
    except IntegrityError as twice:
        raise Refused(
            _("An address was made a moment ago in another window. Look there, or try again.")
        ) from twice
    record_audit(by=by, at=at, operation="open_calendar_feed", on=feed)
    return token


@transaction.atomic
def end_feed(*, by: Viewer, at: datetime) -> None:
    """End a person's private calendar address; twice changes nothing."""
    if _end(by, at):
        record_audit(by=by, at=at, operation="end_calendar_feed")


def _end(by: Viewer, at: datetime) -> int:
    return CalendarFeed.objects.filter(person_id=by.own_id, ended_at=None).update(ended_at=at)
