"""Engagements with voices and a run over them, for tests of the insight room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.models import Engagement, EngagementAccess, Source, Speaker, Voice
from alongside.apps.insight.models import Placement, ProposedTheme, Theme, ThemeDecision
from alongside.apps.insight.operations import InsightText, RunAsked, accept_theme, write_insight
from alongside.apps.insight.operations.runs import begin_run, finish_run, keep_proposals
from alongside.apps.people.models import Basis, Person
from alongside.apps.people.rules import get_permissions
from alongside.science.values.themes import Placement as FoundPlacement
from alongside.science.values.themes import Quote, ThemeResult
from alongside.science.values.themes import Theme as FoundTheme

AT = datetime(2026, 5, 3, 9, 0, tzinfo=UTC)


def make_viewer(name: str, *roles: str) -> Viewer:
    """Return a signed-in person of these roles."""
    person = Person.objects.create(email=f"{uuid4().hex}@example.org", name=name, created_at=AT)
    held = frozenset(roles)
    return Viewer(person_id=person.id, name=name, roles=held, permissions=get_permissions(held))


def make_lead(name: str = "Ada Okafor") -> Viewer:
    return make_viewer(name, "engagement_lead")


def make_partner(engagement: Engagement | None = None, name: str = "Rhys Morgan") -> Viewer:
    """Return a patient partner, invited to the engagement where one is given."""
    viewer = make_viewer(name, "patient_partner")
    if engagement:
        EngagementAccess.objects.create(engagement=engagement, person_id=viewer.own_id, given_at=AT)
    return viewer


def make_basis(*, inside: bool = True, public: bool = False) -> Basis:
    return Basis.objects.create(
        kind="public_task", may_quote_inside=inside, may_quote_public=public, set_at=AT
    )


def make_engagement(title: str = "Waiting for a hip operation") -> Engagement:
    return Engagement.objects.create(
        kind="survey",
        title=title,
        purpose="What waiting is like",
        starts_on=date(2026, 4, 1),
        run_by="Ada Okafor",
        told_participants="We read everything.",
        created_at=AT,
    )


def make_voice(
    engagement: Engagement,
    text: str,
    *,
    speaker: Speaker | None = None,
    basis: Basis | None = None,
    row: int = 1,
    anonymous: bool = False,
    **facts: str,
) -> Voice:
    """Return one voice; without a speaker it gets one of its own."""
    source, _ = Source.objects.get_or_create(
        engagement=engagement,
        kind="table",
        file_name="answers.csv",
        defaults={"created_at": AT, "brought_in_at": AT},
    )
    if speaker is None and not anonymous:
        key = uuid4().hex
        speaker = Speaker.objects.create(
            engagement=engagement, pseudonym=f"Person {key[:4]}", external_key=key, created_at=AT, **facts
        )
    return Voice.objects.create(
        engagement=engagement,
        source=source,
        speaker=speaker,
        basis=basis or make_basis(),
        text=text,
        is_blank=not text.strip(),
        import_key=uuid4().hex,
        place_row=row,
        place_column="comment",
        said_on=date(2026, 4, 2),
        created_at=AT,
    )


def make_voices(engagement: Engagement, texts: Sequence[str], basis: Basis | None = None) -> list[Voice]:
    basis = basis or make_basis()
    return [make_voice(engagement, text, basis=basis, row=row) for row, text in enumerate(texts, 1)]


@dataclass(frozen=True)
class Found:
    """What the engine is to have found: names with their voices, and the rest."""

    themes: Mapping[str, Sequence[Voice]]
    unplaced: Sequence[Voice] = field(default_factory=tuple)
    blank: Sequence[Voice] = field(default_factory=tuple)


def as_result(found: Found) -> ThemeResult:
    """Return the engine's answer; each theme quotes the whole of its first voice."""
    themes, placements = [], []
    for name, voices in found.themes.items():
        theme_id = uuid4()
        first = voices[0]
        people = len({voice.speaker_id for voice in voices if voice.speaker_id})
        quotes = (Quote(str(first.id), 0, len(first.text), first.text, 0.9),) if first.text else ()
        themes.append(FoundTheme(theme_id, name, tuple(name.lower().split()), len(voices), people, quotes))
        placements += [FoundPlacement(str(voice.id), theme_id, 0.8, "placed") for voice in voices]
    placements += [FoundPlacement(str(voice.id), None, 0.1, "unplaced") for voice in found.unplaced]
    placements += [FoundPlacement(str(voice.id), None, None, "blank") for voice in found.blank]
    return ThemeResult("plain", "1", 7, "0" * 64, tuple(themes), tuple(placements))


def make_run(
    engagement: Engagement, found: Found, by: Viewer | None = None, at: datetime = AT
) -> list[ProposedTheme]:
    """Write a run through the real operations; return its proposals in order."""
    by = by or make_lead()
    result = as_result(found)
    run_id = begin_run(
        by=by,
        at=at,
        asked=RunAsked(engagement.id, None, False),
        job_id=uuid4(),
        input_sha256=uuid4().hex,
    )
    keep_proposals(run_id=run_id, found=result, on_progress=lambda done, total: None)
    from_db_transaction(by, at, run_id, result)
    return list(ProposedTheme.objects.filter(run_id=run_id))


def from_db_transaction(by: Viewer, at: datetime, run_id: UUID, result: ThemeResult) -> None:
    """Finish a run as the job does, inside a transaction."""
    with transaction.atomic():
        finish_run(by=by, at=at, run_id=run_id, found=result)


def later(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)


def take_picture(engagement: Engagement) -> tuple[object, ...]:
    """Return everything that a decision may change, to compare before and after."""
    lying = frozenset(
        Placement.objects.filter(voice__engagement=engagement).values_list(
            "voice_id", "theme_id", "decision_id", "is_individual"
        )
    )
    standing = frozenset(
        Theme.objects.filter(engagement=engagement, state="stands").values_list("id", "name")
    )
    merged = frozenset(Theme.objects.filter(engagement=engagement, state="merged").values_list("id"))
    links = frozenset(Theme.insights.through.objects.values_list("insight_id", "theme_id"))
    settled = frozenset(
        ThemeDecision.objects.filter(engagement=engagement, undone_by=None)
        .exclude(kind="undo")
        .values_list("id")
    )
    return lying, standing, merged, links, settled


def last_decision(engagement: Engagement) -> ThemeDecision:
    found = (
        ThemeDecision.objects.filter(engagement=engagement, undone_by=None)
        .exclude(kind="undo")
        .order_by("-at", "-id")
        .first()
    )
    assert found is not None
    return found


def make_theme(engagement: Engagement, voices: Sequence[Voice], name: str, by: Viewer | None = None) -> UUID:
    """Return the id of an accepted theme of these voices."""
    by = by or make_lead()
    (proposal,) = make_run(engagement, Found({name: voices}), by)
    return accept_theme(by=by, at=AT, proposed_theme_id=proposal.id)


def make_insight(
    theme_id: UUID, by: Viewer, *, limits: str = "One survey.", statement: str = "People wait without word"
) -> UUID:
    """Return the id of a draft that comes from a theme."""
    text = InsightText(statement, "experience", limits, (theme_id,))
    return write_insight(by=by, at=AT, text=text)


def as_person(viewer: Viewer) -> Person:
    """Return the stored person a viewer is, with the roles, to sign in as."""
    person = Person.objects.get(id=viewer.own_id)
    for role in viewer.roles:
        person.role_grants.get_or_create(role=role, ended_at=None, defaults={"granted_at": AT})
    return person
