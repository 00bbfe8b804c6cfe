"""What people agreed to: as they see it themselves, and as the team of an engagement sees it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from alongside.apps.base.queries import list_published_uses
from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.published import PublishedUse
from alongside.apps.engagement.models import Engagement, Member, PublicForm, Receipt, Speaker, Voice
from alongside.apps.people.queries import (
    LedgerFilter,
    LedgerLine,
    TextView,
    get_names,
    get_text,
    list_bases,
    list_ledger,
    list_lines_of,
    view_lines,
    view_text,
)
from alongside.apps.people.rules.consents import PURPOSES


@dataclass(frozen=True)
class Agreement:
    """What one person agreed to in one place, as they see it themselves.

    `body` are the exact words; `allowed` is what holds now; `where` says where their words are at this moment.
    """

    kind: str
    id: UUID
    title: str
    body: str
    text_key: str
    version: int | None
    language: str
    basis_label: str
    given_on: date | None
    allowed: frozenset[str]
    answers: int
    lines: tuple[LedgerLine, ...]
    where: tuple[PublishedUse, ...]

    @property
    def has_ended(self) -> bool:
        """Return whether nothing is allowed any more."""
        return not self.allowed

    @property
    def was_published(self) -> tuple[PublishedUse, ...]:
        """Return where their words had gone by the last time they ended something, or ever, where all has ended."""
        last = self.last_ending
        lines = self.lines if self.has_ended else (last,) if last else ()
        found = {
            (use.kind, use.object_id, use.title): use for line in reversed(lines) for use in line.published
        }
        return tuple(found.values())

    @property
    def last_ending(self) -> LedgerLine | None:
        """Return the last time they ended something."""
        return next((line for line in self.lines if line.event in ("changed", "withdrawn")), None)


@dataclass(frozen=True)
class PeopleByUse:
    """How many known people allow one use now."""

    use: str
    people: int


@dataclass(frozen=True)
class Withdrawal:
    """Somebody who ended something, by pseudonym, with what had been published by then."""

    line: LedgerLine
    who: str
    recorded_by: str


@dataclass(frozen=True)
class ConsentOverview:
    """One engagement in the list of consents."""

    id: UUID
    title: str
    people: int
    withdrawals: int
    last_on: datetime | None


def list_speaker_agreements(speaker_ids: Collection[UUID]) -> list[Agreement]:
    """Return what these people agreed to when they spoke.

    The caller has made sure that they are the asking person: by a receipt code or a private link.
    """
    speakers = Speaker.objects.filter(id__in=list(speaker_ids)).select_related("engagement")
    return [_of_speaker(speaker) for speaker in speakers.order_by("-created_at", "id")]


def list_own_agreements(viewer: Viewer) -> list[Agreement]:
    """Return what a signed-in person agreed to, as a person and as a member of the programme."""
    if not viewer.is_known:
        return []
    members = Member.objects.filter(person_id=viewer.own_id).order_by("-joined_on", "id")
    return [found for member in members if (found := _of_member(member)) is not None]


def get_member_agreement(viewer: Viewer, member_id: UUID) -> Agreement | None:
    """Return what a member agreed to, for those who look after the programme; None where nobody asked yet."""
    if not viewer.may("see_members"):
        return None
    member = Member.objects.filter(id=member_id).first()
    return _of_member(member) if member else None


def _of_speaker(speaker: Speaker) -> Agreement:
    lines = list_lines_of([speaker.id])
    said = Voice.with_held.filter(speaker=speaker, replaced_by=None, is_moderator=False)
    voices = said.order_by("-created_at")
    rows = list(voices.values_list("id", "basis_id", "is_blank"))
    bases = list_bases({basis_id for _id, basis_id, _blank in rows})
    allowed = frozenset(
        name for name in PURPOSES if any(getattr(basis, f"may_{name}") for basis in bases.values())
    )
    latest = bases[rows[0][1]] if rows else None
    text = _find_text(latest, lines)
    given = next((line for line in reversed(lines) if line.event == "given"), None)
    first = speaker.created_at.date() if text else None
    return Agreement(
        kind="speaker",
        id=speaker.id,
        title=speaker.engagement.title,
        body=text.body if text else "",
        text_key=text.key if text else "",
        version=text.version if text else None,
        language=text.language if text else "en",
        basis_label=str(latest.get_kind_display()) if latest else "",
        given_on=given.given_at.date() if given else first,
        allowed=allowed,
        answers=sum(1 for _id, _basis, is_blank in rows if not is_blank),
        lines=tuple(lines),
        where=tuple(list_published_uses([row[0] for row in rows], allowed)),
    )


def _find_text(basis: Any, lines: list[LedgerLine]) -> TextView | None:
    if basis is not None and basis.consent_text is not None:
        return view_text(basis.consent_text)
    kept = next((line.text_id for line in lines if line.text_id), None)
    return get_text(kept) if kept else None


def _of_member(member: Member) -> Agreement | None:
    lines = list_lines_of([member.id])
    if not lines:
        return None
    last, given = lines[0], next((line for line in reversed(lines) if line.event == "given"), None)
    return Agreement(
        kind="member",
        id=member.id,
        title="",
        body=last.text_body,
        text_key=last.text_key,
        version=last.text_version,
        language=last.text_language,
        basis_label=last.basis_label,
        given_on=given.given_at.date() if given else None,
        allowed=last.allowed,
        answers=0,
        lines=tuple(lines),
        where=(),
    )


def _visible(viewer: Viewer) -> QuerySet[Engagement]:
    """Return every engagement, for those who see consents: some of them see no voices."""
    allowed = viewer.may("see_consents") and not viewer.sees_only_invited
    return Engagement.objects.all() if allowed else Engagement.objects.none()


def get_consent_engagement(viewer: Viewer, engagement_id: UUID) -> Engagement | None:
    """Return an engagement for those who see consents; None for others."""
    return _visible(viewer).filter(id=engagement_id).first()


def list_consent_overview(viewer: Viewer) -> list[ConsentOverview]:
    """Return each engagement with how many known people spoke and how many ended something, newest first."""
    people = dict(
        Voice.objects.filter(is_moderator=False, replaced_by=None)
        .order_by()
        .values_list("engagement_id")
        .annotate(Count("speaker_id", distinct=True))
    )
    ended = {
        engagement_id: (number, last)
        for engagement_id, number, last in list_endings(viewer)
        .order_by()
        .values_list("engagement_id")
        .annotate(Count("subject_id", distinct=True), Max("recorded_at"))
    }
    return [
        ConsentOverview(
            id=one.id,
            title=one.title,
            people=people.get(one.id, 0),
            withdrawals=ended.get(one.id, (0, None))[0],
            last_on=ended.get(one.id, (0, None))[1],
        )
        for one in _visible(viewer)
    ]


def count_people_by_use(viewer: Viewer, engagement_id: UUID) -> list[PeopleByUse]:
    """Return how many known people of an engagement allow each use now, in the order people are asked."""
    allowed = _visible(viewer).filter(id=engagement_id)
    voices = Voice.objects.filter(engagement__in=allowed, is_moderator=False, replaced_by=None)
    return [
        PeopleByUse(
            use,
            voices.filter(**{f"basis__may_{use}": True, "speaker__isnull": False})
            .order_by()
            .values("speaker_id")
            .distinct()
            .count(),
        )
        for use in PURPOSES
    ]


def list_withdrawals(viewer: Viewer, engagement_id: UUID, limit: int = 50) -> list[Withdrawal]:
    """Return who ended something in an engagement, newest first, with what had been published by then."""
    lines = view_lines(list_endings(viewer, engagement_id)[:limit])
    names = _name_subjects(lines)
    colleagues = get_names(viewer, {line.recorded_by_id for line in lines if line.recorded_by_id})
    return [
        Withdrawal(
            line=line,
            who=names.get(line.subject_id, ""),
            recorded_by=colleagues.get(line.recorded_by_id, "") if line.recorded_by_id else "",
        )
        for line in lines
    ]


def name_lines(viewer: Viewer, lines: list[LedgerLine]) -> list[tuple[LedgerLine, str, str]]:
    """Return lines with the pseudonym or name of whom they are about, and the colleague who recorded them."""
    names = _name_subjects(lines)
    colleagues = get_names(viewer, {line.recorded_by_id for line in lines if line.recorded_by_id})
    return [
        (
            line,
            names.get(line.subject_id, ""),
            colleagues.get(line.recorded_by_id, "") if line.recorded_by_id else "",
        )
        for line in lines
    ]


def list_people_to_record(viewer: Viewer, engagement_id: UUID) -> list[tuple[UUID, str]]:
    """Return the people of an engagement whose words are still used, by pseudonym, to record a withdrawal for."""
    if not viewer.may("run_engagements"):
        return []
    spoke = Voice.with_held.filter(engagement_id=engagement_id, basis__may_analyse=True).order_by()
    found = Speaker.objects.filter(id__in=spoke.values("speaker_id"), is_moderator=False)
    return list(found.order_by("pseudonym", "id").values_list("id", "pseudonym"))


def list_forms_behind(viewer: Viewer, text: TextView) -> list[tuple[UUID, str, int]]:
    """Return the open public pages that still ask for an older version of a text: engagement, title, version."""
    if not viewer.may("run_engagements"):
        return []
    forms = PublicForm.objects.filter(
        consent_text__key=text.key, consent_text__version__lt=text.version, engagement__closed_at=None
    )
    return list(
        forms.order_by("engagement__title").values_list(
            "engagement_id", "engagement__title", "consent_text__version"
        )
    )


def find_receipt_speaker(receipt_speaker_id: UUID, slug: str) -> UUID | None:
    """Return the holder of a receipt of this page again, as a session remembers them; None where there is none."""
    found = Receipt.objects.filter(speaker_id=receipt_speaker_id, form__slug=slug).first()
    return found.speaker_id if found else None


def list_endings(viewer: Viewer, engagement_id: UUID | None = None) -> QuerySet[Any]:
    """Return the lines with which people ended something themselves, newest first, as a query."""
    lines = list_ledger(viewer, LedgerFilter(), engagement_id=engagement_id)
    return lines.filter(event__in=["changed", "withdrawn"]).exclude(how="team")


def _name_subjects(lines: list[LedgerLine]) -> dict[UUID, str]:
    ids = [line.subject_id for line in lines]
    speakers = Speaker.objects.filter(id__in=ids).values_list("id", "pseudonym")
    members = Member.objects.filter(id__in=ids).values_list("id", "name")
    return {**dict(speakers), **dict(members)}
