"""Background work about contacts: reading a list, bringing a long one in, looking for duplicates, forgetting."""

from uuid import UUID

from django.utils import timezone

from alongside.apps.base.operations import JobWork
from alongside.apps.partnership.operations.contacts import bringing, duplicates, forgetting, reading
from alongside.apps.people.queries import get_viewer_by_id


def read_list(work: JobWork) -> None:
    """Read an uploaded list to its end."""
    at = work.clock()
    reading.read_list(
        work=work,
        import_id=UUID(work.arguments["import_id"]),
        by=get_viewer_by_id(work.created_by_id),
        at=at,
        today=timezone.localdate(at),
    )


def bring_list(work: JobWork) -> None:
    """Bring a long list in."""
    by = get_viewer_by_id(work.created_by_id)
    bringing.bring_list(work=work, import_id=UUID(work.arguments["import_id"]), by=by, at=work.clock())


def find_duplicates(work: JobWork) -> None:
    """Look for rows that may be one; comes round each day, and when somebody asks."""
    with work.finish() as result:
        result["pairs"] = duplicates.propose_duplicates(at=work.clock())


def forget_lists(work: JobWork) -> None:
    """Throw lists away that nobody brought in, and wrong rows of those that came in long ago; each day."""
    with work.finish() as result:
        result["lists"] = forgetting.forget_lists(at=work.clock())
