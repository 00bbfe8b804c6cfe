"""Reads of access and information needs, each only for those whom its person chose."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.subjects import HeldRecord, Subject
from alongside.apps.people.models import AccessNeed, NeedOccasion
from alongside.apps.people.queries.people import get_names
from alongside.apps.people.rules.needs import may_see_need

KINDS: dict[str, str] = {value: str(label) for value, label in AccessNeed.Kind.choices}
NOBODY: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class NeedSubject:
    """A person under one of the ids we know them by, and whether the viewer is that person or arranges for them."""

    kind: str
    id: UUID
    is_own: bool = False
    is_arranged: bool = False


@dataclass(frozen=True)
class OccasionLine:
    """One occasion on which a need was met or not."""

    id: UUID
    happened_on: date
    is_met: bool
    why: str
    next_step: str
    is_settled: bool
    engagement_id: UUID | None
    by: str


@dataclass(frozen=True)
class NeedLine:
    """One need as a viewer who may see it reads it."""

    id: UUID
    subject_kind: str
    subject_id: UUID
    kind: str
    label: str
    words: str
    is_must: bool
    strength: str
    visible_to: str
    visible_label: str
    readers: tuple[tuple[UUID, str], ...]
    since_on: date
    review_on: date
    ended_on: date | None
    recorded_by_id: UUID | None
    occasions: tuple[OccasionLine, ...]

    def is_due(self, on: date) -> bool:
        """Return whether it is time to ask again."""
        return self.ended_on is None and self.review_on <= on


@dataclass(frozen=True)
class UnmetLine:
    """A need that was not met, with what somebody said they would do next."""

    occasion: OccasionLine
    need: NeedLine


def list_needs(
    viewer: Viewer, subjects: Collection[NeedSubject], *, with_ended: bool = False
) -> list[NeedLine]:
    """Return the needs of these people that this viewer may see, what must be there first."""
    about = {subject.id: subject for subject in subjects}
    found = AccessNeed.objects.filter(subject_id__in=list(about)).prefetch_related("readers", "occasions")
    if not with_ended:
        found = found.filter(ended_on=None)
    seen = [need for need in found if _sees(viewer, need, about[need.subject_id])]
    return _as_lines(viewer, seen)


def get_need(viewer: Viewer, need_id: UUID, subjects: Collection[NeedSubject]) -> NeedLine | None:
    """Return one need of these people, where the viewer may see it."""
    found = list_needs(viewer, subjects, with_ended=True)
    return next((line for line in found if line.id == need_id), None)


def list_reviews_due(viewer: Viewer, subjects: Collection[NeedSubject], on: date) -> list[NeedLine]:
    """Return the needs of these people about which it is time to ask again."""
    return [line for line in list_needs(viewer, subjects) if line.is_due(on)]


def list_unmet(viewer: Viewer, subjects: Collection[NeedSubject]) -> list[UnmetLine]:
    """Return what was not met and is not settled yet, newest first."""
    return sorted(
        (
            UnmetLine(occasion, need)
            for need in list_needs(viewer, subjects, with_ended=True)
            for occasion in need.occasions
            if not occasion.is_met and not occasion.is_settled
        ),
        key=lambda line: line.occasion.happened_on,
        reverse=True,
    )


def list_subject_ids_with_needs() -> list[tuple[str, UUID]]:
    """Return who has a need on record, by kind and id; says nothing about what it is."""
    return list(AccessNeed.objects.order_by().values_list("subject_kind", "subject_id").distinct())


def list_subjects_shared_with(viewer: Viewer) -> list[tuple[str, UUID]]:
    """Return who named this viewer to see a need of theirs."""
    found = AccessNeed.objects.filter(readers__person_id=viewer.own_id, visible_to="named", ended_on=None)
    return list(found.order_by().values_list("subject_kind", "subject_id").distinct())


def get_need_subject(need_id: UUID) -> tuple[str, UUID] | None:
    """Return whose need this is, by kind and id; None where there is none. Says nothing about the need."""
    return AccessNeed.objects.filter(id=need_id).values_list("subject_kind", "subject_id").first()


def get_occasion_subject(occasion_id: UUID) -> tuple[str, UUID] | None:
    """Return whose need an occasion was about, by kind and id; None where there is none."""
    found = NeedOccasion.objects.filter(id=occasion_id)
    return found.values_list("need__subject_kind", "need__subject_id").first()


def count_needs(lines: Iterable[NeedLine]) -> list[tuple[str, int]]:
    """Return for each kind of need how many people have it, most first; exact, for a page that protects them."""
    counted = Counter(kind for kind, _person in {(line.label, line.subject_id) for line in lines})
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def collect_needs(subject: Subject) -> list[HeldRecord]:
    """Return what one data subject needs and whether it was met."""
    found: QuerySet[AccessNeed] = AccessNeed.objects.filter(subject_id__in=subject.all_ids)
    records = []
    for need in found.prefetch_related("occasions").order_by("id"):
        records.append(
            HeldRecord(
                table="people_access_need",
                label="What helps you",
                record_id=str(need.id),
                fields=(
                    ("Need", str(need.get_kind_display())),
                    ("In your words", need.words),
                    ("How much it matters", str(need.get_strength_display())),
                    ("Who may see it", str(need.get_visible_to_display())),
                    ("Since", need.since_on.isoformat()),
                    ("We ask again on", need.review_on.isoformat()),
                    ("Ended on", need.ended_on.isoformat() if need.ended_on else ""),
                ),
                held_since=need.created_at,
                why="You told us, so that you can take part. We keep it until you end it or are erased.",
            )
        )
        records.extend(
            HeldRecord(
                table="people_need_occasion",
                label="Whether it was met",
                record_id=str(one.id),
                fields=(
                    ("On", one.happened_on.isoformat()),
                    ("Met", "yes" if one.is_met else "no"),
                    ("Why not", one.why),
                    ("What next", one.next_step),
                ),
                held_since=one.at,
                needs_review=bool(one.why or one.next_step),
                why="So that what went wrong once is not forgotten.",
            )
            for one in need.occasions.all()
        )
    return records


def _sees(viewer: Viewer, need: AccessNeed, subject: NeedSubject) -> bool:
    named = {reader.person_id for reader in need.readers.all()}
    recorded = viewer.is_known and need.recorded_by_id == viewer.person_id
    return may_see_need(
        viewer,
        visible_to=need.visible_to,
        is_own=subject.is_own,
        is_named=viewer.is_known and viewer.own_id in named,
        arranges=viewer.may("see_access_needs") and (subject.is_arranged or recorded),
    )


def _as_lines(viewer: Viewer, needs: list[AccessNeed]) -> list[NeedLine]:
    people = {reader.person_id for need in needs for reader in need.readers.all()}
    people |= {one.by_id for need in needs for one in need.occasions.all() if one.by_id}
    names = get_names(viewer, people)
    return sorted(
        (_as_line(need, names) for need in needs),
        key=lambda line: (not line.is_must, line.label, str(line.id)),
    )


def _as_line(need: AccessNeed, names: dict[UUID, str]) -> NeedLine:
    return NeedLine(
        id=need.id,
        subject_kind=need.subject_kind,
        subject_id=need.subject_id,
        kind=need.kind,
        label=str(need.get_kind_display()),
        words=need.words,
        is_must=need.strength == AccessNeed.Strength.MUST,
        strength=need.strength,
        visible_to=need.visible_to,
        visible_label=str(need.get_visible_to_display()),
        readers=tuple((one.person_id, names.get(one.person_id, "")) for one in need.readers.all()),
        since_on=need.since_on,
        review_on=need.review_on,
        ended_on=need.ended_on,
        recorded_by_id=need.recorded_by_id,
        occasions=tuple(_as_occasion(one, names) for one in need.occasions.all()),
    )


def _as_occasion(one: NeedOccasion, names: dict[UUID, str]) -> OccasionLine:
    return OccasionLine(
        id=one.id,
        happened_on=one.happened_on,
        is_met=one.is_met,
        why=one.why,
        next_step=one.next_step,
        is_settled=one.settled_at is not None,
        engagement_id=one.engagement_id,
        by=names.get(one.by_id, "") if one.by_id else "",
    )
