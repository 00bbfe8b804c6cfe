"""What a line says, as the list its seal is made over."""

from alongside.apps.base.bridge.digests import digest_link
from alongside.apps.base.models import AuditChange, AuditLine


def seal_change(previous: str, one: AuditChange) -> str:
    """Return the seal of a changed row, after its personal values have given way to digests."""
    return digest_link(
        previous,
        [
            "change", one.seal_number, one.id, one.at.isoformat(), one.table_name, one.row_id, one.kind,
            str(one.person_id), str(one.work_id), one.why, str(one.subject_id), one.scope, one.old, one.new,
            one.before, one.after,
        ],
    )  # fmt: skip


def seal_line(previous: str, one: AuditLine) -> str:
    """Return the seal of an act."""
    return digest_link(
        previous,
        [
            "line", one.seal_number, str(one.id), one.at.isoformat(), str(one.by_person_id), one.kind, one.operation,
            one.object_type, str(one.object_id), one.reason_digest, one.detail, str(one.work_id),
        ],
    )  # fmt: skip
