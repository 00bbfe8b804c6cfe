"""Background work about published grants: reading a file of them."""

from uuid import UUID

from alongside.apps.base.operations import JobWork
from alongside.apps.partnership.operations.giving import read_giving_file
from alongside.apps.people.queries import get_viewer_by_id


def read_file(work: JobWork) -> None:
    """Check every grant of an uploaded file and keep the good ones."""
    by = get_viewer_by_id(work.created_by_id)
    read_giving_file(work=work, file_id=UUID(work.arguments["file_id"]), by=by, at=work.clock())
