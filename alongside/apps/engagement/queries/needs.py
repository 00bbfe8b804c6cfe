"""Whose needs a viewer asks about: their own, a member's, or everybody's in an engagement they arrange."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.models import Engagement, EngagementAccess, Member, Speaker
from alongside.apps.people.queries import get_names, list_people_with_permission
from alongside.apps.people.queries.needs import (
    NeedLine,
    NeedSubject,
    UnmetLine,
    list_needs,
    list_reviews_due,
    list_subject_ids_with_needs,
    list_subjects_shared_with,
    list_unmet,
)

MAY_BE_NAMED = ("run_engagements", "bring_in_voices")


@dataclass(frozen=True)
class PersonNeeds:
    """Somebody with what they need, as far as they let the viewer see it."""

    name: str
    needs: tuple[NeedLine, ...]


def list_own_subjects(viewer: Viewer) -> list[NeedSubject]:
    """Return a signed-in person under the ids we know them by."""
    if not viewer.is_known:
        return []
    members = Member.objects.filter(person_id=viewer.own_id).order_by("id").values_list("id", flat=True)
    return [
        NeedSubject("person", viewer.own_id, is_own=True),
        *(NeedSubject("member", member_id, is_own=True) for member_id in members),
    ]


def list_member_subjects(viewer: Viewer, member_id: UUID) -> list[NeedSubject]:
    """Return a member under the ids we know them by, the one to write to first; empty for who may not see members."""
    if not viewer.may("see_members") or not viewer.may("see_access_needs"):
        return []
    member = Member.objects.filter(id=member_id).first()
    if member is None:
        return []
    account = [_mark(viewer, "person", member.person_id)] if member.person_id else []
    return [NeedSubject("member", member.id), *account]


def list_engagement_subjects(viewer: Viewer, engagement_id: UUID) -> list[NeedSubject]:
    """Return everybody who was invited to an engagement or spoke in it, for those who see access needs."""
    if not viewer.may("see_access_needs"):
        return []
    engagement = Engagement.objects.for_viewer(viewer).filter(id=engagement_id).first()
    return _list_in([engagement], viewer) if engagement else []


def find_subject(viewer: Viewer, kind: str, subject_id: UUID) -> NeedSubject:
    """Return somebody as the viewer stands to them: as themselves, as who arranges for them, or as neither."""
    own = {subject.id: subject for subject in list_own_subjects(viewer)}
    return own.get(subject_id) or _mark(viewer, kind, subject_id)


def list_people_with_needs(viewer: Viewer, subjects: Iterable[NeedSubject]) -> list[PersonNeeds]:
    """Return these people by name with the needs the viewer may see; people without any are left out."""
    found = list(subjects)
    by_person: dict[UUID, list[NeedLine]] = {}
    for need in list_needs(viewer, found):
        by_person.setdefault(need.subject_id, []).append(need)
    names = name_subjects(viewer, found)
    people = [PersonNeeds(names.get(one, ""), tuple(needs)) for one, needs in by_person.items()]
    return sorted(people, key=lambda one: one.name)


def list_shared_with(viewer: Viewer) -> list[PersonNeeds]:
    """Return the needs that people chose to show to this viewer by name."""
    if not viewer.is_known:
        return []
    shared = [NeedSubject(kind, one) for kind, one in list_subjects_shared_with(viewer)]
    people = list_people_with_needs(viewer, shared)
    named = [
        PersonNeeds(one.name, tuple(need for need in one.needs if _is_named(viewer, need))) for one in people
    ]
    return [one for one in named if one.needs]


def list_due(viewer: Viewer, on: date) -> list[tuple[NeedLine, str]]:
    """Return the needs about which the viewer should ask again, or be asked, with whose they are."""
    subjects = _list_all(viewer)
    names = name_subjects(viewer, subjects)
    return [(need, names.get(need.subject_id, "")) for need in list_reviews_due(viewer, subjects, on)]


def list_not_met(viewer: Viewer) -> list[tuple[UnmetLine, str, str]]:
    """Return what was not met and waits for its next step, with whose it is and in which engagement."""
    if not viewer.may("see_access_needs"):
        return []
    subjects = _list_all(viewer)
    names = name_subjects(viewer, subjects)
    unmet = list_unmet(viewer, subjects)
    places = {line.occasion.engagement_id for line in unmet if line.occasion.engagement_id}
    titles = dict(Engagement.objects.for_viewer(viewer).filter(id__in=places).values_list("id", "title"))
    return [
        (
            line,
            names.get(line.need.subject_id, ""),
            titles.get(line.occasion.engagement_id, "") if line.occasion.engagement_id else "",
        )
        for line in unmet
    ]


def list_colleagues(viewer: Viewer) -> list[tuple[UUID, str]]:
    """Return the colleagues somebody may name to see a need."""
    found: dict[UUID, str] = {}
    for permission in MAY_BE_NAMED:
        found.update(list_people_with_permission(viewer, permission))
    found.pop(viewer.own_id, None)
    return sorted(found.items(), key=lambda pair: pair[1])


def name_subjects(viewer: Viewer, subjects: Iterable[NeedSubject]) -> dict[UUID, str]:
    """Return the names or pseudonyms of people by id."""
    ids = {subject.id for subject in subjects}
    speakers = Speaker.objects.filter(id__in=ids).values_list("id", "pseudonym")
    members = Member.objects.filter(id__in=ids).values_list("id", "name")
    return {**get_names(viewer, ids), **dict(speakers), **dict(members)}


def _is_named(viewer: Viewer, need: NeedLine) -> bool:
    return any(person_id == viewer.person_id for person_id, _name in need.readers)


def _list_all(viewer: Viewer) -> list[NeedSubject]:
    """Return everybody with a need, as the viewer stands to each."""
    own = {subject.id: subject for subject in list_own_subjects(viewer)}
    if not viewer.may("see_access_needs"):
        return list(own.values())
    arranged = _arranged_ids(viewer)
    return [
        own.get(subject_id) or NeedSubject(kind, subject_id, is_arranged=subject_id in arranged)
        for kind, subject_id in list_subject_ids_with_needs()
    ]


def _mark(viewer: Viewer, kind: str, subject_id: UUID) -> NeedSubject:
    return NeedSubject(kind, subject_id, is_arranged=subject_id in _arranged_ids(viewer))


def _arranged_ids(viewer: Viewer) -> set[UUID]:
    """Return everybody in engagements that this viewer opened: the person who arranges is the one who opened it."""
    if not viewer.is_known or not viewer.may("see_access_needs"):
        return set()
    return {
        subject.id for subject in _list_in(Engagement.objects.filter(created_by_id=viewer.own_id), viewer)
    }


def _list_in(engagements: Iterable[Engagement], viewer: Viewer) -> list[NeedSubject]:
    found: dict[UUID, NeedSubject] = {}
    for engagement in engagements:
        arranges = viewer.is_known and engagement.created_by_id == viewer.person_id
        invited = list(
            EngagementAccess.objects.filter(engagement=engagement).values_list("person_id", flat=True)
        )
        members = Member.objects.filter(person_id__in=invited).values_list("id", flat=True)
        speakers = Speaker.objects.filter(engagement=engagement).values_list("id", flat=True)
        here = {("person", one) for one in invited} | {("member", one) for one in members}
        for kind, one in [*sorted(here), *(("speaker", one) for one in speakers)]:
            if one not in found or arranges:
                found[one] = NeedSubject(kind, one, is_arranged=arranges)
    return list(found.values())
