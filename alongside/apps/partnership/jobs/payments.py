"""Background work about payments: comparing a long ledger."""

from uuid import UUID

from alongside.apps.base.operations import JobWork
from alongside.apps.partnership.operations.reconciling import read_ledger as compare_ledger
from alongside.apps.people.queries import get_viewer_by_id


def read_ledger(work: JobWork) -> None:
    """Compare every row of an uploaded ledger with our payments."""
    by = get_viewer_by_id(work.created_by_id)
    compare_ledger(work=work, file_id=UUID(work.arguments["file_id"]), by=by, at=work.clock())
