"""Lists nobody brought in go after a month; wrong rows of those that came in go after three."""

from datetime import datetime, timedelta

from django.db import transaction

from alongside.apps.base.bridge.tables import stored_path
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import SYSTEM
from alongside.apps.partnership.models import ContactImport
from alongside.apps.partnership.operations.contacts.lists import clear_rows

KEEPS_FILES = timedelta(days=30)
KEEPS_WRONG_ROWS = timedelta(days=90)
State = ContactImport.State


@transaction.atomic
def forget_lists(*, at: datetime) -> int:
    """Leave out every list that waited a month, and take wrong rows away after three; return how many lists."""
    waiting = ContactImport.objects.select_for_update().filter(
        state__in=(State.UPLOADED, State.READY, State.REFUSED), created_at__lt=at - KEEPS_FILES
    )
    left = list(waiting)
    for one in left:
        one.state = State.LEFT
        one.save(update_fields=["state"])
        clear_rows(one)
        stored = one.stored_name
        transaction.on_commit(lambda stored=stored: stored_path(stored).unlink(missing_ok=True))  # type: ignore[misc]
        record_audit(by=SYSTEM, at=at, operation="leave_list", on=one)
    old = ContactImport.objects.filter(state=State.CONFIRMED, confirmed_at__lt=at - KEEPS_WRONG_ROWS)
    for one in old.filter(rows__isnull=False).distinct():
        clear_rows(one)
    return len(left)
