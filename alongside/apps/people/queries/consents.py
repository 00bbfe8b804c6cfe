"""Reads of the consent ledger."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from alongside.apps.base.operations import open_for
from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.published import PublishedUse
from alongside.apps.base.rules.subjects import HeldRecord, Subject
from alongside.apps.people.models import ConsentLine, ConsentText
from alongside.apps.people.rules.consents import PURPOSES, Choice, find_ended

NOTE_PLACE = "people_consent_line"


@dataclass(frozen=True)
class LedgerLine:
    """One line of the ledger as its reader sees it; `note` is empty once the person's key is gone."""

    id: UUID
    subject_kind: str
    subject_id: UUID
    engagement_id: UUID | None
    event: str
    event_label: str
    how: str
    how_label: str
    text_id: UUID | None
    text_key: str
    text_version: int | None
    text_language: str
    text_body: str
    text_sha256: str
    basis_kind: str
    basis_label: str
    article9: str
    allowed: frozenset[str]
    people: int | None
    published: tuple[PublishedUse, ...]
    note: str
    recorded_by_id: UUID | None
    given_at: datetime
    recorded_at: datetime


@dataclass(frozen=True)
class TextView:
    """One wording: the exact words of one version in one language."""

    id: UUID
    key: str
    version: int
    language: str
    body: str
    since: datetime


@dataclass(frozen=True)
class LedgerFilter:
    """Which lines somebody wants to see; "" means all."""

    event: str = ""
    how: str = ""
    basis: str = ""
    use: str = ""


def list_ledger(
    viewer: Viewer, wanted: LedgerFilter, *, engagement_id: UUID | None = None
) -> QuerySet[ConsentLine]:
    """Return lines newest first, as a query to be paged, for those who see consents."""
    if not viewer.may("see_consents") or viewer.sees_only_invited:
        return ConsentLine.objects.none()
    found = ConsentLine.objects.select_related("consent_text", "basis")
    if engagement_id is not None:
        found = found.filter(engagement_id=engagement_id)
    exact = {"event": wanted.event, "how": wanted.how, "basis__kind": wanted.basis}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if wanted.use in PURPOSES:
        found = found.filter(**{wanted.use: True})
    return found.order_by("-recorded_at", "-id")


def list_lines_of(subject_ids: Collection[UUID]) -> list[LedgerLine]:
    """Return everything one person gave, changed or took back, newest first.

    The caller has made sure that these ids are the person's own: a receipt, a private link, an account.
    """
    found = ConsentLine.objects.filter(subject_id__in=list(subject_ids))
    return view_lines(found.select_related("consent_text", "basis").order_by("-recorded_at", "-id"))


def view_lines(lines: Iterable[ConsentLine]) -> list[LedgerLine]:
    """Return lines as values, in the order given."""
    return [_as_line(line) for line in lines]


def list_ended_uses(subject_ids: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """Return for each of these people the uses they ended themselves; people who ended nothing are left out."""
    rows = (
        ConsentLine.objects.filter(subject_id__in=list(subject_ids))
        .order_by("recorded_at", "id")
        .values_list("subject_id", "event", "how", "recorded_at", *PURPOSES)
    )
    choices: dict[UUID, list[Choice]] = {}
    for subject_id, event, how, at, *allowed in rows:
        uses = frozenset(name for name, may in zip(PURPOSES, allowed, strict=True) if may)
        choices.setdefault(subject_id, []).append(Choice(event, how, uses, at))
    return {subject_id: ended for subject_id, made in choices.items() if (ended := find_ended(made))}


def list_ended_in(engagement_id: UUID) -> dict[UUID, frozenset[str]]:
    """Return the people of one engagement who ended something themselves, with what they ended."""
    ended = ConsentLine.objects.filter(engagement_id=engagement_id, event__in=["changed", "withdrawn"])
    ids = set(ended.exclude(subject_kind="source").values_list("subject_id", flat=True))
    return list_ended_uses(ids)


def list_recorded_bases(subject_ids: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """Return which of these subjects have a line for which basis already."""
    rows = ConsentLine.objects.filter(subject_id__in=list(subject_ids), basis__isnull=False)
    return {
        (subject_id, basis_id)
        for subject_id, basis_id in rows.values_list("subject_id", "basis_id")
        if basis_id is not None
    }


def get_text(text_id: UUID) -> TextView | None:
    """Return one wording; anybody who was asked to agree to it may read it."""
    text = ConsentText.objects.filter(id=text_id).first()
    return view_text(text) if text else None


def view_text(text: ConsentText) -> TextView:
    """Return a wording as a value."""
    return TextView(text.id, text.key, text.version, text.language, text.body, text.created_at)


def list_text_versions(viewer: Viewer, key: str = "") -> list[TextView]:
    """Return the recorded wordings of one text (or of all), newest version first."""
    if not viewer.may("see_consents") or viewer.sees_only_invited:
        return []
    found = ConsentText.objects.filter(key=key) if key else ConsentText.objects.all()
    return [view_text(text) for text in found.order_by("key", "-version", "language")]


def find_latest_text(key: str, language: str = "en") -> ConsentText | None:
    """Return the newest recorded version of a text in a language."""
    return ConsentText.objects.filter(key=key, language=language).order_by("-version").first()


def count_agreed(viewer: Viewer) -> dict[UUID, int]:
    """Return how many people each wording counts now: by their last line, files by their number of people.

    The numbers are exact; a page that shows them protects the small ones.
    """
    if not viewer.may("see_consents") or viewer.sees_only_invited:
        return {}
    last: dict[UUID, tuple[UUID | None, str, int]] = {}
    rows = ConsentLine.objects.order_by("recorded_at", "id").values_list(
        "subject_id", "consent_text_id", "event", "people"
    )
    for subject_id, text_id, event, people in rows:
        last[subject_id] = (text_id, event, people if people is not None else 1)
    counted: dict[UUID, int] = {}
    for agreed_to, what, number in last.values():
        if agreed_to is not None and what in ("given", "changed"):
            counted[agreed_to] = counted.get(agreed_to, 0) + number
    return counted


def collect_consents(subject: Subject) -> list[HeldRecord]:
    """Return the ledger lines of one data subject."""
    return [
        HeldRecord(
            table="people_consent_line",
            label="What you agreed to",
            record_id=str(line.id),
            fields=(
                ("What happened", line.event_label),
                ("How", line.how_label),
                ("On", line.given_at.date().isoformat()),
                (
                    "Text",
                    f"{line.text_key}, version {line.text_version}" if line.text_key else line.basis_label,
                ),
                ("Allowed since", ", ".join(sorted(line.allowed)) or "nothing"),
                ("Note", line.note),
            ),
            held_since=line.recorded_at,
            needs_review=bool(line.note),
            why="UK GDPR article 7(1): we must be able to show what you agreed to.",
        )
        for line in list_lines_of(subject.all_ids)
    ]


def _as_line(line: ConsentLine) -> LedgerLine:
    text, basis = line.consent_text, line.basis
    return LedgerLine(
        id=line.id,
        subject_kind=line.subject_kind,
        subject_id=line.subject_id,
        engagement_id=line.engagement_id,
        event=line.event,
        event_label=str(line.get_event_display()),
        how=line.how,
        how_label=str(line.get_how_display()),
        text_id=text.id if text else None,
        text_key=text.key if text else "",
        text_version=text.version if text else None,
        text_language=text.language if text else "",
        text_body=text.body if text else "",
        text_sha256=line.text_sha256,
        basis_kind=basis.kind if basis else "",
        basis_label=str(basis.get_kind_display()) if basis else "",
        article9=str(basis.get_article9_display()) if basis and basis.article9 else "",
        allowed=frozenset(name for name in PURPOSES if getattr(line, name)),
        people=line.people,
        published=tuple(PublishedUse.from_json(one) for one in line.published),
        note=_open_note(line),
        recorded_by_id=line.recorded_by_id,
        given_at=line.given_at,
        recorded_at=line.recorded_at,
    )


def _open_note(line: ConsentLine) -> str:
    if line.note_locked is None:
        return ""
    return open_for(line.subject_id, bytes(line.note_locked), place=f"{NOTE_PLACE}:{line.id}") or ""
