"""Background work of the engagement room."""

from uuid import UUID

from alongside.apps.base.operations import JobWork
from alongside.apps.engagement.operations.originals import (
    destroy_due_originals,
    leave_forgotten_imports,
    purge_wrong_rows,
)
from alongside.apps.engagement.operations.reading import read_import as read_file
from alongside.apps.engagement.operations.sweeping import sweep_left_overs
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
