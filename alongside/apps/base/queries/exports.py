"""Which files with words left, and when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.apps.base.models import AuditLine


@dataclass(frozen=True)
class ExportLine:
    """One file that was handed out, and what it was about."""

    what: str
    at: datetime
    object_ids: frozenset[UUID]


def list_exports(*, what: Collection[str], about: Collection[UUID], since: datetime) -> list[ExportLine]:
    """Return the files of these kinds about any of these things since a moment, oldest first.

    Asked only by the rooms that answer a person who takes words back; it names no colleague.
    """
    lines = AuditLine.objects.filter(operation__in=[f"export_{one}" for one in what], at__gte=since)
    wanted = set(about)
    found = [
        ExportLine(
            what=line.operation.removeprefix("export_"),
            at=line.at,
            object_ids=frozenset(UUID(one) for one in line.detail.get("ids", [])),
        )
        for line in lines.order_by("at", "id")
    ]
    return [line for line in found if line.object_ids & wanted]
