"""Who spoke behind an action, and how they may be reached.

An action rests on insights, an insight on themes and quotes, these on voices; the keys are followed here as
relations, because the tables below are other rooms' own.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from alongside.apps.actions.models import Action, Telling
from alongside.apps.insight.queries.strength import list_voice_ids_behind

_SPEAKERS: Any = Telling._meta.get_field("speaker").related_model
_VOICES: Any = _SPEAKERS.voices.rel.related_model


def speakers_behind(action_id: UUID) -> "QuerySet[Any]":
    """Return the people whose voices an action rests on, moderators left out; scoped by its caller."""
    spoke = voices_behind(action_id).order_by().values("speaker_id")
    return _SPEAKERS._default_manager.filter(id__in=spoke, is_moderator=False)  # type: ignore[no-any-return]


def voices_behind(action_id: UUID) -> "QuerySet[Any]":
    """Return the voices an action rests on that count, as the rooms below define it."""
    insights = Action.objects.filter(id=action_id, insights__isnull=False).order_by().values("insights")
    return all_voices().filter(id__in=list_voice_ids_behind(insights)).that_count()  # type: ignore[no-any-return]


def all_voices() -> Any:
    """Return every voice as the engagement room's own set, which scopes itself by `for_viewer`."""
    return _VOICES._default_manager.all()


def with_permission(speakers: "QuerySet[Any]") -> "QuerySet[Any]":
    """Keep people who left a contact, may be contacted again by the basis of a voice, and did not say stop."""
    may = _VOICES._default_manager.filter(speaker_id=OuterRef("pk"), basis__may_contact_again=True)
    return speakers.filter(Exists(may), contact__isnull=False, contact__stopped_at=None)


def by_mail(speakers: "QuerySet[Any]") -> "QuerySet[Any]":
    """Keep people who asked to hear by e-mail and may be written to."""
    return with_permission(speakers).filter(contact__channel="email").exclude(contact__email="")


def may_be_mailed() -> "QuerySet[Any]":
    """Return everybody who may be written to by e-mail, whatever they spoke about."""
    return by_mail(_SPEAKERS._default_manager.all())


def by_hand(speakers: "QuerySet[Any]") -> "QuerySet[Any]":
    """Keep people who asked to hear by phone or post and may be contacted."""
    return with_permission(speakers).filter(contact__channel__in=["phone", "post"])


def who_still_count() -> "QuerySet[Any]":
    """Return everybody with words that count: nobody who took all of theirs back."""
    spoke = all_voices().that_count().order_by().values("speaker_id")
    return _SPEAKERS._default_manager.filter(id__in=spoke)  # type: ignore[no-any-return]


def count_by_engagement(rows: "QuerySet[Any]") -> dict[UUID, int]:
    """Return how many of these speakers or voices each engagement has."""
    counted: Iterable[tuple[UUID, int]] = (
        rows.order_by().values("engagement_id").annotate(n=Count("pk")).values_list("engagement_id", "n")
    )
    return dict(counted)
