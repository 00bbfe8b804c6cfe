"""Where voices have gone from this room: public stories that quote them, partners who work on what rests on them."""

from collections.abc import Collection
from uuid import UUID

from alongside.apps.actions.models import Action
from alongside.apps.base.rules.published import PublishedUse

QUOTED = "public_quotes__voice"
BEHIND = "insights__evidence__voice"


def find_published(voice_ids: Collection[UUID]) -> list[PublishedUse]:
    """Return the stories that were public with these voices' words, and the partners who may have had them."""
    ids = list(voice_ids)
    return [*_stories(ids), *_partners(ids)]


def _stories(ids: list[UUID]) -> list[PublishedUse]:
    quoting = {f"{QUOTED}__in": ids, f"{QUOTED}__basis__may_quote_public": True}
    actions = Action.objects.filter(**quoting, published_at__isnull=False).distinct()
    found = []
    for action in actions.prefetch_related("stories").order_by("published_at", "id"):
        titles = {story.language: story.title for story in action.stories.all()}
        title = titles.get("en") or next(iter(titles.values()), action.title)
        if action.published_at is not None:
            on = action.published_at.date()
            found.append(PublishedUse("public_story", "quote_public", title, on, True, action.id))
    return found


def _partners(ids: list[UUID]) -> list[PublishedUse]:
    quoting = {f"{BEHIND}__in": ids, f"{BEHIND}__basis__may_share_partners": True}
    actions = Action.objects.filter(**quoting, partners__isnull=False).distinct()
    rows = actions.order_by("created_at").values_list("partners__id", "partners__name", "created_at")
    first: dict[UUID, PublishedUse] = {}
    for partner_id, name, at in rows:
        first.setdefault(
            partner_id, PublishedUse("partner", "share_partners", name, at.date(), False, partner_id)
        )
    return list(first.values())
