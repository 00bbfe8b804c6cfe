"""Where voices have gone from this room: files with them that somebody downloaded."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Min

from alongside.apps.base.queries import list_exports
from alongside.apps.base.rules.published import PublishedUse
from alongside.apps.engagement.models import Voice


def find_published(voice_ids: Collection[UUID]) -> list[PublishedUse]:
    """Return the downloads of these voices' engagements since they were said: each may hold them."""
    voices = Voice.objects.filter(id__in=list(voice_ids), basis__may_analyse=True).order_by()
    begun = voices.values_list("engagement_id", "engagement__title").annotate(Min("created_at"))
    found = []
    for engagement_id, title, since in begun:
        files = list_exports(what=["voices"], about=[engagement_id], since=since)
        if files:
            last = files[-1].at.date()
            found.append(PublishedUse("export", "analyse", title, last, False, engagement_id, len(files)))
    return found
