"""Background work about relationships: each hour, how does every one of them stand?"""

from django.utils import timezone

from alongside.apps.base.operations import JobWork
from alongside.apps.base.rules import SYSTEM
from alongside.apps.partnership.operations.relations import judge_relationships


def judge_all(work: JobWork) -> None:
    """Keep how each relationship stands, so that lists can be narrowed by it."""
    at = work.clock()
    changed = judge_relationships(on=timezone.localdate(at), by=SYSTEM, at=at)
    with work.finish() as result:
        result["changed"] = changed
