"""What the public reads: published stories without persons, and counts too large to point at anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from alongside.apps.actions.bridge import protect_answers, protect_people
from alongside.apps.actions.models import Action, HelpAnswer, PublicStory
from alongside.apps.actions.queries.people import all_voices, speakers_behind
from alongside.apps.base.rules import Viewer


@dataclass(frozen=True)
class PublicQuote:
    """Words somebody agreed to have quoted in public."""

    text: str
    language: str


@dataclass(frozen=True)
class PublicPage:
    """One published change. `people` is None below eight; helped counts are None where they would be too few."""

    id: UUID
    title: str
    heard: str
    did: str
    came_of_it: str
    language: str
    is_not_doing: bool
    quotes: Sequence[PublicQuote]
    people: int | None
    rests_on_voices: bool
    helped: "HelpCounts | None"
    conditions: Sequence[str]
    stages: Sequence[str]
    published_at: datetime | None


@dataclass(frozen=True)
class HelpCounts:
    """How many said that it helped, each rounded to five and hidden below eight."""

    answered: int
    yes: int | None
    partly: int | None
    no: int | None
    too_soon: int | None


@dataclass(frozen=True)
class Choice:
    """A value to filter by, and its words."""

    value: str
    label: str


def list_public_pages(*, language: str, condition: str = "", stage: str = "") -> list[PublicPage]:
    """Return what is published, newest first; the same for everybody."""
    actions = _published()
    if condition:
        actions = actions.filter(insights__themes__engagement__condition__iexact=condition)
    if stage:
        actions = actions.filter(insights__themes__engagement__pathway_stage=stage)
    return [_page(action, language) for action in actions.distinct()]


def get_public_page(action_id: UUID, *, language: str) -> PublicPage | None:
    """Return one published change."""
    action = _published().filter(id=action_id).first()
    return _page(action, language) if action else None


def preview_public_page(action: Action, *, language: str) -> PublicPage:
    """Return a page as the public reads it, or would once it is published; the action has a story."""
    return _page(action, language)


def get_story(viewer: Viewer, action_id: UUID, language: str) -> PublicStory | None:
    """Return the story in one language, published or not, of an action the viewer may see."""
    visible = Action.objects.for_viewer(viewer)
    return PublicStory.objects.filter(action_id=action_id, action__in=visible, language=language).first()


def list_filters() -> tuple[list[Choice], list[Choice]]:
    """Return the conditions and the stages that published changes are about."""
    conditions: dict[str, str] = {}
    stages: dict[str, str] = {}
    for action in _published():
        for engagement in _engagements(action):
            if engagement.condition:
                conditions.setdefault(engagement.condition.lower(), engagement.condition)
            if engagement.pathway_stage:
                stages[engagement.pathway_stage] = engagement.get_pathway_stage_display()
    return (
        [Choice(label, label) for _, label in sorted(conditions.items())],
        [Choice(value, label) for value, label in sorted(stages.items(), key=lambda one: one[1])],
    )


def list_quotes_for_public(action: Action) -> list[tuple[UUID, str]]:
    """Return the quotes behind an action whose speakers agreed to be quoted in public, to choose from."""
    return [(evidence.id, _slice(evidence).text) for evidence in _quotable(action)]


def _published() -> "QuerySet[Action]":
    found = Action.objects.filter(is_public=True, stories__isnull=False).distinct()
    return found.prefetch_related("stories").order_by("-published_at", "id")


def _page(action: Action, language: str) -> PublicPage:
    stories = {story.language: story for story in action.stories.all()}
    story = stories.get(language) or stories.get("en") or next(iter(stories.values()))
    chosen = set(action.public_quotes.values_list("id", flat=True))
    return _build(action, story, _public_quotes(action, chosen))


def _build(action: Action, story: PublicStory, quotes: Sequence[PublicQuote]) -> PublicPage:
    engagements = _engagements(action)
    return PublicPage(
        id=action.id,
        title=story.title,
        heard=story.heard,
        did=story.did,
        came_of_it=story.came_of_it,
        language=story.language,
        is_not_doing=_was_refused(action),
        quotes=quotes,
        people=protect_people(speakers_behind(action.id).count()),
        rests_on_voices=action.origin == Action.Origin.INSIGHT,
        helped=_count_help(action),
        conditions=sorted({e.condition for e in engagements if e.condition}),
        stages=sorted({str(e.get_pathway_stage_display()) for e in engagements if e.pathway_stage}),
        published_at=action.published_at,
    )


def _was_refused(action: Action) -> bool:
    if action.state != Action.State.CLOSED:
        return action.state == Action.State.NOT_DOING
    ends = action.notes.filter(state__in=[Action.State.DONE, Action.State.NOT_DOING])
    last = ends.order_by("-at", "-id").first()
    return last is not None and last.state == Action.State.NOT_DOING


def _engagements(action: Action) -> list[Any]:
    """Return the engagements behind an action, through its insights' themes and quotes."""
    engagement_model: Any = speakers_behind(action.id).model._meta.get_field("engagement").related_model
    of_action = Action.objects.filter(id=action.id)
    found = engagement_model._default_manager.filter(
        id__in=of_action.values("insights__themes__engagement_id")
    ) | engagement_model._default_manager.filter(
        id__in=of_action.values("insights__evidence__voice__engagement_id")
    )
    return list(found)


def _quotable(action: Action) -> list[Any]:
    evidence_model: Any = Action._meta.get_field("public_quotes").related_model
    found = evidence_model._default_manager.filter(
        kind="quote",
        insight__actions=action,
        voice__in=all_voices().that_count().filter(basis__may_quote_public=True),
    )
    return list(found.select_related("voice").order_by("position", "added_at"))


def _public_quotes(action: Action, chosen: set[UUID]) -> list[PublicQuote]:
    """Return the chosen quotes that may still be public: permission is asked again at each reading."""
    return [_slice(evidence) for evidence in _quotable(action) if evidence.id in chosen]


def _slice(evidence: Any) -> PublicQuote:
    return PublicQuote(evidence.voice.text[evidence.start : evidence.end], evidence.voice.language)


def _count_help(action: Action) -> HelpCounts | None:
    answers = list(
        HelpAnswer.objects.filter(
            telling__round__action=action, telling__speaker__in=speakers_behind(action.id)
        )
        .order_by("at")
        .values_list("telling__speaker_id", "answer")
    )
    latest = dict(answers)  # one answer a person, the last they gave
    given = list(latest.values())
    kinds = HelpAnswer.Answer
    answered, (yes, partly, no, too_soon) = protect_answers(
        [given.count(kind) for kind in (kinds.YES, kinds.PARTLY, kinds.NO, kinds.TOO_SOON)]
    )
    if not answered:
        return None
    return HelpCounts(answered=answered, yes=yes, partly=partly, no=no, too_soon=too_soon)


@dataclass(frozen=True)
class HelpSummary:
    """How many people gave each answer, for staff."""

    yes: int
    partly: int
    no: int
    too_soon: int

    @property
    def answered(self) -> int:
        """Return how many answered."""
        return self.yes + self.partly + self.no + self.too_soon


def get_help_summary(viewer: Viewer, action_id: UUID) -> HelpSummary:
    """Return how many people said that it helped, each person's last answer."""
    visible = Action.objects.for_viewer(viewer).filter(id=action_id)
    people = speakers_behind(action_id)  # whoever took their words back no longer counts
    rows = HelpAnswer.objects.filter(
        telling__round__action__in=visible, telling__speaker__in=people
    ).order_by("at")
    given = list(dict(rows.values_list("telling__speaker_id", "answer")).values())
    kinds = HelpAnswer.Answer
    return HelpSummary(
        given.count(kinds.YES), given.count(kinds.PARTLY), given.count(kinds.NO), given.count(kinds.TOO_SOON)
    )
