"""Which papers a thing of another room needs first, and which agreements would do; for a panel on its page."""

from dataclasses import dataclass
from uuid import UUID

from alongside.apps.agreements.models import Agreement, NeededPaper
from alongside.apps.base.rules import Viewer

MOST_CHOICES = 100
ENDED = (Agreement.State.REJECTED, Agreement.State.TERMINATED, Agreement.State.CLOSED)


@dataclass(frozen=True)
class NeedLine:
    """One paper a thing needs: why, of which kinds, which agreement it is and how that stands."""

    id: UUID
    why: str
    kinds: tuple[str, ...]
    kind_words: str
    agreement_id: UUID | None
    reference: str
    state_words: str
    is_met: bool


def list_needs(viewer: Viewer, subject_kind: str, subject_id: UUID) -> list[NeedLine]:
    """Return the papers a thing needs, for those who see agreements; nothing for others."""
    if not viewer.may("see_agreements"):
        return []
    found = NeededPaper.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    return [_as_line(one) for one in found.select_related("agreement")]


def list_kinds() -> list[tuple[str, str]]:
    """Return the kinds of agreement with their words."""
    return [(value, str(label)) for value, label in Agreement.Kind.choices]


def list_fitting_agreements(viewer: Viewer, needs: list[NeedLine]) -> list[tuple[UUID, str]]:
    """Return the agreements that could meet one of these needs, the newest first, to choose from."""
    wanted = {kind for one in needs for kind in one.kinds}
    found = (
        Agreement.objects.for_viewer(viewer).exclude(state__in=ENDED).select_related("organisation", "person")
    )
    if wanted and all(one.kinds for one in needs):
        found = found.filter(kind__in=wanted)
    return [(one.id, _describe(one)) for one in found[:MOST_CHOICES]]


def _describe(one: Agreement) -> str:
    party = one.organisation or one.person
    return f"{one.reference} · {one.title} · {party.name if party else ''} ({one.get_state_display()})"


def _as_line(one: NeededPaper) -> NeedLine:
    kinds = tuple(kind for kind in one.kinds.split(",") if kind)
    agreement = one.agreement
    return NeedLine(
        id=one.id,
        why=one.why,
        kinds=kinds,
        kind_words=", ".join(str(Agreement.Kind(kind).label) for kind in kinds),
        agreement_id=agreement.id if agreement else None,
        reference=agreement.reference if agreement else "",
        state_words=agreement.get_state_display() if agreement else "",
        is_met=agreement is not None and agreement.state in Agreement.IN_FORCE,
    )
