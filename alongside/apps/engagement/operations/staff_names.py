"""The names of staff to cover, beside those of everybody with an account."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check, check_may
from alongside.apps.engagement.models import StaffName
from alongside.apps.engagement.rules.redactions import check_staff_name


@transaction.atomic
def add_staff_names(*, names: str, engagement_id: UUID | None = None, by: Viewer, at: datetime) -> int:
    """Put names on the list, one a line; return how many were new. Voices from now on are read for them."""
    check_may(by, "review_redactions")
    wanted = [line.strip() for line in names.splitlines() if line.strip()]
    check(bool(wanted), "Write at least one name, each on a line of its own.", field="names")
    for name in wanted:
        check_staff_name(name)
        check(len(name) <= 120, "One of the names is longer than 120 letters. Shorten it.", field="names")
    of_engagement = Q(engagement_id=engagement_id) if engagement_id else Q(engagement=None)
    here = StaffName.objects.filter(of_engagement, ended_at=None)
    known = {name.casefold() for name in here.values_list("name", flat=True)}
    fresh = {name.casefold(): name for name in wanted if name.casefold() not in known}
    StaffName.objects.bulk_create(
        StaffName(engagement_id=engagement_id, name=name, added_by_id=by.person_id, added_at=at)
        for name in fresh.values()
    )
    record_audit(
        by=by,
        at=at,
        operation="add_staff_names",
        object_type="engagement.staffname",
        detail={"names": len(fresh)},
    )
    return len(fresh)


@transaction.atomic
def end_staff_name(*, name_id: UUID, by: Viewer, at: datetime) -> None:
    """Take a name off the list; what it covered stays covered."""
    check_may(by, "review_redactions")
    name = StaffName.objects.select_for_update().filter(id=name_id, ended_at=None).first()
    if name is None:
        raise Refused("This name is not on the list any more. Load the page again.")
    name.ended_at = at
    name.save(update_fields=["ended_at"])
    record_audit(by=by, at=at, operation="end_staff_name", on=name)
