"""What the public may read about an action: written apart, seen by a person before, taken down at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.actions.models import Action, PublicStory
from alongside.apps.actions.operations.actions import lock_action
from alongside.apps.actions.queries.public import list_quotes_for_public
from alongside.apps.actions.rules import check_story_is_complete
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Viewer, check, check_may


@dataclass(frozen=True)
class StoryWords:
    """A story in one language: what we heard, what we did or why not, what came of it."""

    language: str
    title: str
    heard: str
    did: str
    came_of_it: str = ""


@transaction.atomic
def write_story(
    *, action_id: UUID, words: StoryWords, quote_ids: Sequence[UUID] | None = None, by: Viewer, at: datetime
) -> PublicStory:
    """Keep what the public will read in one language, and which quotes; None leaves the quotes as they are.

    Where the action is public already, the page changes at once.
    """
    check_may(by, "tell_people")
    action = lock_action(action_id, by)
    check(words.language in PublicStory.Language.values, "Choose English or Welsh.", field="language")
    check_story_is_complete(title=words.title, heard=words.heard, did=words.did)
    story, _ = PublicStory.objects.update_or_create(
        action=action,
        language=words.language,
        defaults={
            "title": words.title.strip(),
            "heard": words.heard.strip(),
            "did": words.did.strip(),
            "came_of_it": words.came_of_it.strip(),
            "changed_at": at,
        },
    )
    if quote_ids is not None:
        permitted = {evidence_id for evidence_id, _text in list_quotes_for_public(action)}
        check(set(quote_ids) <= permitted, "One of these people has not agreed to be quoted in public.")
        action.public_quotes.set(quote_ids)  # type: ignore[arg-type]  # the stubs know numbers as keys only
    record_audit(by=by, at=at, operation="write_story", on=action, detail={"language": words.language})
    return story


@transaction.atomic
def publish_action(*, action_id: UUID, by: Viewer, at: datetime) -> Action:
    """Show an action's story on the public page."""
    check_may(by, "tell_people")
    action = lock_action(action_id, by)
    check(action.stories.exists(), "Write what the public will read first.")
    if not action.is_public:
        action.is_public, action.published_at, action.published_by_id = True, at, by.person_id
        action.save(update_fields=["is_public", "published_at", "published_by_id"])
        record_audit(by=by, at=at, operation="publish_action", on=action)
    return action


@transaction.atomic
def unpublish_action(*, action_id: UUID, by: Viewer, at: datetime) -> Action:
    """Take an action's story off the public page at once; its words are kept."""
    check_may(by, "tell_people")
    action = lock_action(action_id, by)
    if action.is_public:
        action.is_public = False
        action.save(update_fields=["is_public"])
        record_audit(by=by, at=at, operation="unpublish_action", on=action)
    return action
