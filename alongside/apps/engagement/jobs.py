"""Background work of the engagement room: files, concerns heard in them, reminders of concerns."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from alongside.apps.base.operations import JobWork
from alongside.apps.base.rules import SYSTEM
from alongside.apps.engagement.bridge import delivers_mail, is_day_of_work, send_reminder
from alongside.apps.engagement.operations.concerns import hear_source
from alongside.apps.engagement.operations.originals import (
    destroy_due_originals,
    leave_forgotten_imports,
    purge_wrong_rows,
)
from alongside.apps.engagement.operations.reading import read_import as read_file
from alongside.apps.engagement.operations.reminding import remind_of_concerns
from alongside.apps.engagement.operations.retention import delete_words as delete_confirmed
from alongside.apps.engagement.operations.retention import preview_deletions as look_for_deletions
from alongside.apps.engagement.operations.sweeping import sweep_left_overs
from alongside.apps.engagement.queries.concerns import list_addresses_of
from alongside.apps.people.queries import get_viewer_by_id


def read_import(work: JobWork) -> None:
    """Read an uploaded file to its end."""
    by = get_viewer_by_id(work.created_by_id)
    read_file(work=work, import_id=UUID(work.arguments["import_id"]), by=by, at=work.clock())


def end_keeping(work: JobWork) -> None:
    """Destroy originals, uploaded files and wrong rows whose time is over; comes round each day."""
    originals = destroy_due_originals(at=work.clock(), keep_going=work.keep_lease)
    files = leave_forgotten_imports(at=work.clock())
    with work.finish() as result:
        rows = purge_wrong_rows(at=work.clock())
        result.update({"originals": originals, "files": files, "wrong_rows": rows})


def sweep_import(work: JobWork) -> None:
    """Clear away the rows of files that were left out or taken out again."""
    sweep_left_overs(UUID(work.arguments["engagement_id"]), work.keep_lease)
    with work.finish():
        pass


def hear_concerns(work: JobWork) -> None:
    """Listen to every voice of a file that was brought in for what cannot wait."""
    source_id = UUID(work.arguments["source_id"])
    voices = hear_source(source_id=source_id, at=work.clock(), tell=work.progress)
    with work.finish() as result:
        result["voices"] = voices


def remind(work: JobWork) -> None:
    """Remind those who triage of what is due, and administrators of what is a day late, on working days."""
    at = work.clock()
    link = settings.PUBLIC_URL + reverse("concerns:list")
    may_write = delivers_mail() and is_day_of_work(timezone.localtime(at).date())
    counts = (0, 0)
    if may_write:
        done = remind_of_concerns(
            triagers=list_addresses_of(SYSTEM, "triage_concerns"),
            administrators=list_addresses_of(SYSTEM, "manage_people"),
            send=lambda to, waiting, late: send_reminder(to=to, waiting=waiting, late=late, link=link),
            at=at,
        )
        counts = (done.reminded, done.escalated)
    with work.finish() as result:
        result["reminded"], result["escalated"] = counts


def preview_deletions(work: JobWork) -> None:
    """Look for engagements whose time is over."""
    by = get_viewer_by_id(work.created_by_id) if work.created_by_id else SYSTEM
    with work.finish() as result:
        result["due"] = look_for_deletions(by=by, at=work.clock(), on=timezone.localdate(work.clock()))


def delete_words(work: JobWork) -> None:
    """Delete the words of an engagement whose deletion a person confirmed."""
    by = get_viewer_by_id(work.created_by_id)
    delete_confirmed(work=work, deletion_id=UUID(work.arguments["deletion_id"]), by=by)
