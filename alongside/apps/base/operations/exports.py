"""A line for each file with words that leaves, so that a withdrawal can say where they had gone."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import Viewer, get_acting


@transaction.atomic
def record_export(
    *,
    what: str,
    object_type: str,
    object_ids: Sequence[UUID],
    ending: str,
    by: Viewer,
    at: datetime,
    rows: int | None = None,
) -> None:
    """Write down that a file about these things was handed out: `what` is voices, evidence, report or members.

    It is a look at something sensitive, and the line names everything the file was about; `rows` says how many rows
    left with it.
    """
    AuditLine.objects.create(
        at=at,
        by_person_id=by.person_id,
        kind=AuditLine.Kind.READ,
        operation=f"export_{what}",
        object_type=object_type,
        object_id=object_ids[0] if len(object_ids) == 1 else None,
        detail={"ids": [str(one) for one in object_ids], "ending": ending}
        | ({} if rows is None else {"rows": rows}),
        work_id=get_acting().work_id,
    )
