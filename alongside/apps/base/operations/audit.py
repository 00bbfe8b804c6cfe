"""The audit line inside every write, and for every look at something sensitive."""

from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import Viewer, get_acting


def record_audit(
    *,
    by: Viewer,
    at: datetime,
    operation: str,
    on: models.Model | None = None,
    object_type: str = "",
    object_id: UUID | None = None,
    reason: str = "",
    detail: dict[str, object] | None = None,
) -> AuditLine:
    """Write who did what to what, in the transaction of the write itself.

    Raise RuntimeError outside a transaction: an audit line that could survive without its write is a lie.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record_audit must run inside the transaction of the write it records")
    return AuditLine.objects.create(
        at=at,
        by_person_id=by.person_id,
        operation=operation,
        object_type=object_type or (on._meta.label_lower if on is not None else ""),
        object_id=object_id or (on.pk if on is not None else None),
        reason=reason,
        detail=detail or {},
        work_id=get_acting().work_id,
    )


@transaction.atomic
def record_read(
    *,
    by: Viewer,
    at: datetime,
    what: str,
    on: models.Model | None = None,
    object_type: str = "",
    object_id: UUID | None = None,
    rows: int | None = None,
    reason: str = "",
) -> AuditLine:
    """Write that somebody looked at something sensitive: an original, a contact, an export, an audited value.

    `what` is a verb of the domain such as "export_voices"; `rows` says how many rows left with it. Call it before
    the words are shown, so that nothing is seen that is not written down.
    """
    return AuditLine.objects.create(
        at=at,
        by_person_id=by.person_id,
        kind=AuditLine.Kind.READ,
        operation=what,
        object_type=object_type or (on._meta.label_lower if on is not None else ""),
        object_id=object_id or (on.pk if on is not None else None),
        reason=reason,
        detail={} if rows is None else {"rows": rows},
        work_id=get_acting().work_id,
    )
