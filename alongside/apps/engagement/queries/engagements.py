"""Which engagements there are, and what one brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from alongside.apps.base.rules import Viewer
from alongside.apps.engagement.models import Engagement, EngagementAccess, Import, Source, Voice
from alongside.apps.engagement.queries.views_of_voices import BasisView, view_basis
from alongside.apps.people.queries import get_names, list_bases


@dataclass(frozen=True)
class EngagementFilter:
    """Which engagements somebody wants to see; "" means all."""

    words: str = ""
    kind: str = ""
    condition: str = ""
    stage: str = ""
    nation: str = ""
    state: str = ""


@dataclass(frozen=True)
class Counts:
    """What an engagement brought, as far as the viewer may see it. `people` counts known speakers once."""

    voices: int
    people: int
    moderators_turns: int
    blank: int
    corrected: int
    taken_back: int


@dataclass(frozen=True)
class EngagementLine:
    """An engagement in a list, with how many voices count."""

    engagement: Engagement
    voices: int


@dataclass(frozen=True)
class SourceLine:
    """Where voices of an engagement came from, and how many."""

    id: UUID
    kind: str
    label: str
    file_name: str
    at: datetime
    voices: int
    import_id: UUID | None = None


def list_engagements(viewer: Viewer, wanted: EngagementFilter | None = None) -> QuerySet[Engagement]:
    """Return the engagements a viewer may see that match a filter, newest first."""
    wanted = wanted or EngagementFilter()
    found = Engagement.objects.for_viewer(viewer)
    for word in wanted.words.split():
        found = found.filter(
            Q(title__icontains=word) | Q(purpose__icontains=word) | Q(condition__icontains=word)
        )
    exact = {
        "kind": wanted.kind,
        "condition__iexact": wanted.condition,
        "pathway_stage": wanted.stage,
        "nation": wanted.nation,
    }
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if wanted.state:
        found = found.filter(closed_at__isnull=wanted.state == "open")
    return found


def count_voices_of(viewer: Viewer, engagements: Sequence[Engagement]) -> list[EngagementLine]:
    """Return the engagements of one page with their counts, in one query however many there are."""
    counts = dict(
        Voice.objects.for_viewer(viewer)
        .that_count()
        .filter(engagement_id__in=[engagement.id for engagement in engagements])
        .order_by()
        .values_list("engagement_id")
        .annotate(Count("id"))
    )
    return [EngagementLine(engagement, counts.get(engagement.id, 0)) for engagement in engagements]


def get_engagement(viewer: Viewer, engagement_id: UUID) -> Engagement | None:
    """Return one engagement, or None where there is none or it is not the viewer's to see."""
    return Engagement.objects.for_viewer(viewer).filter(id=engagement_id).first()


def list_conditions(viewer: Viewer) -> list[str]:
    """Return every condition that engagements name, for a filter."""
    found = Engagement.objects.for_viewer(viewer).exclude(condition="").order_by("condition")
    return list(found.values_list("condition", flat=True).distinct())


def count_in_engagement(viewer: Viewer, engagement_id: UUID) -> Counts:
    """Return what one engagement brought."""
    voices = Voice.objects.for_viewer(viewer).filter(engagement_id=engagement_id)
    current = Q(replaced_by=None)
    patient = current & Q(is_moderator=False)
    counts = Q(is_blank=False, basis__may_analyse=True) & patient
    found = voices.aggregate(
        voices=Count("id", filter=counts),
        people=Count("speaker", distinct=True, filter=counts),
        moderators_turns=Count("id", filter=current & Q(is_moderator=True)),
        blank=Count("id", filter=patient & Q(is_blank=True)),
        corrected=Count("id", filter=Q(replaced_by__isnull=False)),
        taken_back=Count("id", filter=patient & Q(basis__may_analyse=False)),
    )
    return Counts(**found)


def count_by_basis(viewer: Viewer, engagement_id: UUID) -> list[tuple[BasisView, int]]:
    """Return each basis of an engagement's voices with how many rest on it, most first."""
    voices = Voice.objects.for_viewer(viewer).filter(
        engagement_id=engagement_id, is_moderator=False, replaced_by=None
    )
    numbers = dict(voices.order_by().values_list("basis_id").annotate(Count("id")))
    bases = list_bases(set(numbers))
    ordered = sorted(numbers, key=lambda basis_id: (-numbers[basis_id], str(basis_id)))
    return [(view_basis(bases[basis_id]), numbers[basis_id]) for basis_id in ordered]


def list_sources(viewer: Viewer, engagement_id: UUID) -> list[SourceLine]:
    """Return where the voices of an engagement came from, newest first."""
    voices = Voice.objects.for_viewer(viewer).filter(engagement_id=engagement_id, replaced_by=None)
    counts = dict(voices.order_by().values_list("source_id").annotate(Count("id")))
    sources = Source.objects.filter(engagement_id=engagement_id, brought_in_at__isnull=False)
    names_files = viewer.may("bring_in_voices")
    imports = dict(
        Import.objects.for_viewer(viewer)
        .filter(engagement_id=engagement_id, source__isnull=False)
        .values_list("source_id", "id")
    )
    return [
        SourceLine(
            id=source.id,
            kind=source.kind,
            label=source.get_kind_display(),
            file_name=source.file_name if names_files else "",
            at=source.brought_in_at or source.created_at,
            voices=counts.get(source.id, 0),
            import_id=imports.get(source.id),
        )
        for source in sources.order_by("-brought_in_at")
    ]


def list_invited(viewer: Viewer, engagement_id: UUID) -> list[tuple[UUID, str]]:
    """Return who was invited to one engagement, for those who run engagements."""
    if not viewer.may("run_engagements"):
        return []
    access = EngagementAccess.objects.filter(engagement_id=engagement_id).order_by("given_at")
    ids = list(access.values_list("person_id", flat=True))
    names = get_names(viewer, set(ids))
    return [(person_id, names.get(person_id, "")) for person_id in ids]
