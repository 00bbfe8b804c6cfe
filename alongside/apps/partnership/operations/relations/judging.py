"""Looking at every relationship again, so that lists can be narrowed by how each stands."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Viewer, check_may
from alongside.apps.partnership.models import Relationship
from alongside.apps.partnership.queries.relations.health import list_health
from alongside.apps.partnership.rules.health import KEPT_LEVELS

AT_ONCE = 500


def judge_relationships(*, on: date, by: Viewer, at: datetime) -> int:
    """Keep how each relationship stands on a day, some hundreds at a time; return how many stand otherwise now."""
    check_may(by, "see_relations")
    kept = Relationship.objects.for_viewer(by).filter(ended_on=None).order_by("organisation_id")
    ids = list(kept.values_list("organisation_id", flat=True))
    return sum(
        _judge_some(ids[start : start + AT_ONCE], on=on, by=by, at=at)
        for start in range(0, len(ids), AT_ONCE)
    )


@transaction.atomic
def _judge_some(ids: list[UUID], *, on: date, by: Viewer, at: datetime) -> int:
    some = Relationship.objects.filter(organisation_id__in=ids)
    before = dict(some.values_list("organisation_id", "level"))
    changed: dict[str, list[UUID]] = {}
    for organisation_id, health in list_health(by, list(before), on).items():
        if health.level in KEPT_LEVELS and health.level != before[organisation_id]:
            changed.setdefault(health.level, []).append(organisation_id)
    for level, theirs in changed.items():
        some.filter(organisation_id__in=theirs).update(level=level)
    number = sum(len(theirs) for theirs in changed.values())
    if number:
        detail: dict[str, object] = {level: len(theirs) for level, theirs in changed.items()}
        record_audit(by=by, at=at, operation="judge_relationships", detail=detail)
    return number
