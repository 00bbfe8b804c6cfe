"""Concerns as those who triage them see them, and as their raisers do."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When

from alongside.apps.base.operations import open_for
from alongside.apps.base.rules import SYSTEM, Viewer
from alongside.apps.engagement.bridge import find_concerns, list_concern_rules
from alongside.apps.engagement.models import (
    Concern,
    ConcernEvent,
    ConcernProposal,
    Contact,
    Engagement,
    Urgency,
    Voice,
)
from alongside.apps.engagement.models.concerns import ConcernQuerySet
from alongside.apps.engagement.rules import hash_evidence, words_place
from alongside.apps.people.queries import get_names, list_people, list_people_with_permission
from alongside.apps.people.rules import get_permissions
from alongside.science.values.concerns import ConcernRule

URGENCY_ORDER = Case(
    *(When(urgency=value, then=Value(place)) for place, value in enumerate(Urgency.values)),
    output_field=IntegerField(),
)


@dataclass(frozen=True)
class ConcernFilter:
    """Which concerns somebody wants to see; "" means all. `state` may also be open (the default) or looked_at."""

    state: str = "open"
    kind: str = ""
    urgency: str = ""
    origin: str = ""
    late: str = ""
    engagement: UUID | None = None


@dataclass(frozen=True)
class WordsPart:
    """A stretch of a text, marked where a rule heard something in it."""

    text: str
    is_marked: bool


@dataclass(frozen=True)
class WordsView:
    """A voice's words with what was heard marked, or why they are not shown: taken_back or gone."""

    parts: tuple[WordsPart, ...] = ()
    hidden: str = ""
    question: str = ""
    service: str = ""
    language: str = ""
    said_on: date | None = None
    pseudonym: str = ""
    capacity: str = ""
    is_corrected: bool = False

    @property
    def evidence(self) -> tuple[str, ...]:
        """Return only what was heard."""
        return tuple(part.text for part in self.parts if part.is_marked)


@dataclass(frozen=True)
class ProposalView:
    """What a rule heard, and why it listens for that."""

    rule: str
    why: str
    source: str
    found_at: datetime


@dataclass(frozen=True)
class EventView:
    """One line of what happened to a concern, and by whom."""

    event: ConcernEvent
    who: str


@dataclass(frozen=True)
class ConcernView:
    """One concern with everything that those who triage may read."""

    concern: Concern
    words: WordsView | None
    raised_words: str
    raised_words_gone: bool
    raised_by: str
    taken_by: str
    proposals: tuple[ProposalView, ...]
    events: tuple[EventView, ...]
    can_see: tuple[str, ...]
    may_open_contact: bool


def list_concerns(viewer: Viewer, wanted: ConcernFilter, at: datetime) -> QuerySet[Concern]:
    """Return concerns for those who look after them: the most urgent first, then the one with least time left."""
    if not viewer.may("see_concerns"):
        return Concern.objects.none()
    found = _in_state(Concern.objects.for_viewer(viewer), wanted.state)
    exact = {
        "kind": wanted.kind,
        "urgency": wanted.urgency,
        "origin": wanted.origin,
        "engagement_id": wanted.engagement,
    }
    if wanted.late:
        found = found.that_wait().filter(due_at__lte=at)
    found = found.filter(**{name: value for name, value in exact.items() if value})
    return found.select_related("engagement").order_by(URGENCY_ORDER, "due_at", "id")


def _in_state(found: ConcernQuerySet, state: str) -> ConcernQuerySet:
    looked_at = (Concern.State.NONE, Concern.State.CLOSED)
    if state == "open":
        return found.exclude(state__in=looked_at)
    if state == "looked_at":
        return found.filter(state__in=looked_at)
    return found.filter(state=state) if state else found


def list_engagements_with_concerns(viewer: Viewer) -> list[tuple[str, str]]:
    """Return ids and titles of engagements that have concerns, for a filter."""
    if not viewer.may("see_concerns"):
        return []
    found = Engagement.objects.filter(concerns__isnull=False).distinct().order_by("title")
    return [(str(one.id), one.title) for one in found]


def list_raised(viewer: Viewer) -> list[Concern]:
    """Return what the viewer raised, newest first: how far it is, and nothing of others."""
    return list(Concern.objects.filter(raised_by_id=viewer.own_id).order_by("-raised_at"))


def get_raised(viewer: Viewer, concern_id: UUID) -> tuple[Concern, str] | None:
    """Return one thing the viewer raised, with their own words; None where it is not theirs."""
    concern = Concern.objects.filter(id=concern_id, raised_by_id=viewer.own_id).first()
    return (concern, _open_words(concern)) if concern else None


def list_who_looks() -> list[str]:
    """Return the names of those who triage, so that a raiser knows who will look."""
    return [name for _id, name in list_people_with_permission(SYSTEM, "triage_concerns")]


def list_addresses_of(viewer: Viewer, permission: str) -> list[str]:
    """Return the addresses of active people with a permission, for mail to staff; only the system asks."""
    return [
        line.email
        for line in list_people(viewer)
        if line.is_active and permission in get_permissions(frozenset(line.roles))
    ]


def count_open_concerns(viewer: Viewer, engagement_id: UUID) -> int:
    """Return how many concerns of an engagement are still open, for those who run it; nothing about them."""
    if not viewer.may("run_engagements"):
        return 0
    return Concern.objects.still_open().filter(engagement_id=engagement_id).count()


def list_rules() -> tuple[ConcernRule, ...]:
    """Return the rules that listen, for anybody who looks after concerns."""
    return list_concern_rules()


def get_concern(viewer: Viewer, concern_id: UUID) -> ConcernView | None:
    """Return one concern for those who look after them, or None."""
    if not viewer.may("see_concerns"):
        return None
    concern = Concern.objects.select_related("engagement").filter(id=concern_id).first()
    if concern is None:
        return None
    events = list(concern.events.all())
    ids = {one.by_person_id for one in events} | {concern.raised_by_id, concern.taken_by_id}
    names = get_names(viewer, {one for one in ids if one is not None})
    proposals = list(concern.proposals.all())
    return ConcernView(
        concern=concern,
        words=_view_words(concern, proposals),
        raised_words=_open_words(concern),
        raised_words_gone=concern.origin != Concern.Origin.RULES and concern.locked_words is None,
        raised_by=names.get(concern.raised_by_id, "") if concern.raised_by_id else "",
        taken_by=names.get(concern.taken_by_id, "") if concern.taken_by_id else "",
        proposals=tuple(_view_proposals(proposals)),
        events=tuple(
            EventView(one, names.get(one.by_person_id, "") if one.by_person_id else "") for one in events
        ),
        can_see=tuple(name for _id, name in list_people_with_permission(viewer, "see_concerns")),
        may_open_contact=_has_contact(viewer, concern),
    )


def _has_contact(viewer: Viewer, concern: Concern) -> bool:
    if concern.locked_contact is not None:
        return True
    if concern.speaker_id is None or not viewer.may("see_contacts"):
        return False
    return Contact.objects.filter(speaker_id=concern.speaker_id, stopped_at=None).exists()


def _open_words(concern: Concern) -> str:
    """Return what a raiser wrote, or nothing where it was erased or there is none."""
    if concern.locked_words is None:
        return ""
    return open_for(concern.id, bytes(concern.locked_words), place=words_place(concern.id)) or ""


def _view_proposals(proposals: list[ConcernProposal]) -> list[ProposalView]:
    rules = {rule.name: rule for rule in list_concern_rules()}
    return [
        ProposalView(
            rule=one.rule,
            why=rules[one.rule].why if one.rule in rules else "",
            source=rules[one.rule].source if one.rule in rules else "",
            found_at=one.found_at,
        )
        for one in proposals
    ]


def _view_words(concern: Concern, proposals: list[ConcernProposal]) -> WordsView | None:
    """Return the words a concern rests on as far as they may be read now; None where it rests on no voice.

    Words that were taken back, or whose person was erased, are gone from here too; the concern stays.
    """
    if concern.voice_id is None:
        return None
    voice = (
        Voice.with_staged.select_related("speaker", "basis")
        .filter(id=concern.voice_id, source__brought_in_at__isnull=False)
        .first()
    )
    if voice is None or not voice.text:
        return WordsView(hidden="gone")
    if not voice.basis.may_analyse:
        return WordsView(hidden="taken_back")
    return WordsView(
        parts=_mark(voice.text, _find_spans(voice.text, concern.kind, proposals)),
        question=voice.question,
        service=voice.service,
        language=voice.language,
        said_on=voice.said_on,
        pseudonym=voice.speaker.pseudonym if voice.speaker else "",
        capacity=voice.speaker.capacity if voice.speaker else "",
        is_corrected=voice.replaced_by_id is not None,
    )


def _find_spans(text: str, kind: str, proposals: list[ConcernProposal]) -> list[tuple[int, int]]:
    """Return where to mark: where it was heard, or where it stands now in a text that was changed since."""
    kept = [
        (one.start, one.end)
        for one in proposals
        if hash_evidence(text, one.start, one.end) == one.evidence_sha256
    ]
    if kept or not proposals:
        return kept
    return [(one.start, one.end) for one in find_concerns(text) if one.kind == kind]


def _mark(text: str, spans: list[tuple[int, int]]) -> tuple[WordsPart, ...]:
    """Return a text in parts, whole, with what lies in a span marked once."""
    parts, at = [], 0
    for start, end in sorted(spans):
        if end <= at:
            continue
        start = max(start, at)
        parts += [WordsPart(text[at:start], False), WordsPart(text[start:end], True)]
        at = end
    parts.append(WordsPart(text[at:], False))
    return tuple(part for part in parts if part.text)
