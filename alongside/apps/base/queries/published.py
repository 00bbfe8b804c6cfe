"""Where words have gone, gathered from every room that lets words out."""

from collections.abc import Collection
from uuid import UUID

from alongside.apps.base.rules.published import PublishedUse
from alongside.apps.base.rules.registry import registry, resolve


def list_published_uses(voice_ids: Collection[UUID], uses: Collection[str]) -> list[PublishedUse]:
    """Return where these voices have gone under these permissions, nearest to the public first.

    The caller has made sure that the words are the asking person's own, or that the viewer sees consents.
    """
    ids = list(voice_ids)
    if not ids:
        return []
    found = [use for source in registry.list_published_sources() for use in resolve(source.find)(ids)]
    return [use for use in found if use.use in uses]
