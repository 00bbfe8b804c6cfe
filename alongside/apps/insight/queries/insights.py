"""Insights with their evidence, who stands behind them, what patients say, and who does not agree."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.rules import Viewer
from alongside.apps.insight.models import (
    Evidence,
    Insight,
    InsightVoucher,
    PatientConfirmation,
    Theme,
    counting,
)
from alongside.apps.insight.queries.decisions import DissentLine, list_dissents
from alongside.apps.insight.queries.quotes import SPOKEN, QuoteView, list_invited_ids, make_quote
from alongside.apps.insight.queries.strength import Strength, get_strength
from alongside.apps.people.queries import get_names

KINDS = tuple(Insight.Kind.choices)
STATES = tuple(Insight.State.choices)
ANSWERS = tuple(PatientConfirmation.Answer.choices)
CONFIRMED = (
    ("yes", _("confirmed by patients")),
    ("disputed", _("partly or no")),
    ("waiting", _("not asked yet")),
)


@dataclass(frozen=True)
class InsightFilter:
    """Which insights somebody wants to see; "" means all."""

    words: str = ""
    kind: str = ""
    state: str = ""
    confirmed: str = ""


@dataclass(frozen=True)
class InsightLine:
    """An insight in a list."""

    id: UUID
    statement: str
    kind: str
    kind_label: str
    state: str
    state_label: str
    limits: str
    evidence: int
    confirmed_yes: int
    confirmed_partly: int
    confirmed_no: int
    dissents: int
    changed_at: datetime
    theme_names: tuple[str, ...]

    @property
    def url(self) -> str:
        """Return the address of its page."""
        return reverse("insight:insight", args=[self.id])


@dataclass(frozen=True)
class VoucherLine:
    """Somebody who stands behind an insight."""

    person_id: UUID
    name: str
    as_patient: bool
    since: datetime


@dataclass(frozen=True)
class ConfirmationLine:
    """What one patient partner says about an insight."""

    name: str
    answer: str
    label: str
    note: str
    at: datetime
    is_own: bool


@dataclass(frozen=True)
class EvidenceLine:
    """A piece of evidence: `quote` for words, the rest for numbers and ratings."""

    id: UUID
    kind: str
    quote: QuoteView | None
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    people: int | None
    definition: str
    source_note: str


@dataclass(frozen=True)
class InsightPage:
    """One insight with everything that belongs beside it."""

    line: InsightLine
    retired_because: str
    created_by: str
    created_at: datetime
    themes: tuple[tuple[UUID, str], ...]
    quotes: tuple[EvidenceLine, ...]
    figures: tuple[EvidenceLine, ...]
    strength: Strength
    vouchers: tuple[VoucherLine, ...]
    confirmations: tuple[ConfirmationLine, ...]
    dissents: tuple[DissentLine, ...]
    stands_with: bool
    own_answer: str

    @property
    def has_evidence(self) -> bool:
        """Return whether there is at least one piece of evidence."""
        return bool(self.quotes or self.figures)


def list_insights(viewer: Viewer, wanted: InsightFilter | None = None) -> "QuerySet[Insight, Insight]":
    """Return the insights a viewer may see that match a filter, last changed first, as a query to be paged."""
    wanted = wanted or InsightFilter()
    found = Insight.objects.filter(id__in=Insight.objects.for_viewer(viewer).order_by().values("id"))
    for word in wanted.words.split():
        found = found.filter(Q(statement__icontains=word) | Q(limits__icontains=word))
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.state:
        found = found.filter(state=wanted.state)
    answers = PatientConfirmation.objects.filter(insight=OuterRef("pk"))
    doubts = answers.exclude(answer=PatientConfirmation.Answer.YES)
    if wanted.confirmed == "waiting":
        found = found.filter(~Exists(answers))
    elif wanted.confirmed == "disputed":
        found = found.filter(Exists(doubts))
    elif wanted.confirmed == "yes":
        found = found.filter(Exists(answers), ~Exists(doubts))
    return found.order_by("-changed_at", "-id")


def make_lines(found: "QuerySet[Insight, Insight] | list[Insight]") -> list[InsightLine]:
    """Return lines for the insights of one page, in a handful of queries however many there are."""
    insights = list(found)
    ids = [insight.id for insight in insights]
    answers = _count_pairs(PatientConfirmation.objects.filter(insight__in=ids), "answer")
    evidence = _count(Evidence.objects.filter(Q(voice=None) | counting(), insight__in=ids))
    dissents = _count(Insight.objects.filter(id__in=ids, dissents__withdrawn_at=None), "id", "dissents")
    themes: dict[UUID, list[str]] = {}
    for insight_id, name in Theme.objects.filter(insights__in=ids, state=Theme.State.STANDS).values_list(
        "insights", "name"
    ):
        themes.setdefault(insight_id, []).append(name)
    return [
        InsightLine(
            id=one.id,
            statement=one.statement,
            kind=one.kind,
            kind_label=one.get_kind_display(),
            state=one.state,
            state_label=one.get_state_display(),
            limits=one.limits,
            evidence=evidence.get(one.id, 0),
            confirmed_yes=answers.get((one.id, "yes"), 0),
            confirmed_partly=answers.get((one.id, "partly"), 0),
            confirmed_no=answers.get((one.id, "no"), 0),
            dissents=dissents.get(one.id, 0),
            changed_at=one.changed_at,
            theme_names=tuple(themes.get(one.id, ())),
        )
        for one in insights
    ]


def get_insight(viewer: Viewer, insight_id: UUID) -> InsightLine | None:
    """Return one insight as a line, or None where there is none or it is not the viewer's to see."""
    return next(iter(make_lines(list_insights(viewer).filter(id=insight_id))), None)


def list_insights_by_ids(viewer: Viewer, insight_ids: Collection[UUID]) -> list[InsightLine]:
    """Return insights by id, as far as the viewer may see them."""
    return make_lines(list_insights(viewer).filter(id__in=list(insight_ids)))


def get_insight_page(viewer: Viewer, insight_id: UUID, *, is_report: bool = False) -> InsightPage | None:
    """Return one insight with everything beside it; None where it is not the viewer's to see.

    A report leaves the team, so its quotes carry no pseudonym, age or row.
    """
    line = get_insight(viewer, insight_id)
    if line is None:
        return None
    insight = Insight.objects.get(id=insight_id)
    evidence = _list_evidence(viewer, insight_id, is_report)
    vouchers = list(insight.vouchers.filter(ended_at=None).order_by("since"))
    confirmations = list(insight.confirmations.all())
    people = {one.person_id for one in vouchers} | {one.person_id for one in confirmations}
    names = get_names(viewer, people | ({insight.created_by_id} if insight.created_by_id else set()))
    return InsightPage(
        line=line,
        retired_because=insight.retired_because,
        created_by=names.get(insight.created_by_id, "") if insight.created_by_id else "",
        created_at=insight.created_at,
        themes=tuple(
            Theme.objects.for_viewer(viewer)
            .filter(insights=insight_id, state=Theme.State.STANDS)
            .values_list("id", "name")
        ),
        quotes=tuple(one for one in evidence if one.kind == Evidence.Kind.QUOTE),
        figures=tuple(one for one in evidence if one.kind != Evidence.Kind.QUOTE),
        strength=get_strength(viewer, insight_id),
        vouchers=tuple(_as_voucher(one, names) for one in vouchers),
        confirmations=tuple(_as_confirmation(viewer, one, names) for one in confirmations),
        dissents=tuple(list_dissents(viewer, insight_id=insight_id)),
        stands_with=any(one.person_id == viewer.person_id for one in vouchers),
        own_answer=next((one.answer for one in confirmations if one.person_id == viewer.person_id), ""),
    )


def list_evidence(viewer: Viewer, insight_id: UUID) -> list[EvidenceLine]:
    """Return what an insight stands on, for a viewer who may see it; words not theirs to read are left out."""
    seen = Insight.objects.for_viewer(viewer).filter(id=insight_id).exists()
    return _list_evidence(viewer, insight_id, is_report=False) if seen else []


def _list_evidence(viewer: Viewer, insight_id: UUID, is_report: bool) -> list[EvidenceLine]:
    invited = list_invited_ids(viewer)
    rows = Evidence.objects.filter(insight_id=insight_id).select_related(*SPOKEN)
    return [
        EvidenceLine(
            id=row.id,
            kind=row.kind,
            quote=make_quote(
                viewer,
                row,
                invited=invited,
                span=(row.start or 0, row.end or 0),
                names_person=not is_report,
                is_evidence=True,
            ),
            value=row.value,
            low=row.low,
            high=row.high,
            unit=row.unit,
            people=row.people,
            definition=row.definition,
            source_note=row.source_note,
        )
        for row in rows
    ]


def _as_voucher(one: InsightVoucher, names: dict[UUID, str]) -> VoucherLine:
    return VoucherLine(one.person_id, names.get(one.person_id, ""), one.as_patient, one.since)


def _as_confirmation(viewer: Viewer, one: PatientConfirmation, names: dict[UUID, str]) -> ConfirmationLine:
    return ConfirmationLine(
        name=names.get(one.person_id, ""),
        answer=one.answer,
        label=one.get_answer_display(),
        note=one.note,
        at=one.at,
        is_own=one.person_id == viewer.person_id,
    )


def _count(
    rows: "QuerySet[Evidence, Evidence] | QuerySet[Insight, Insight]",
    key: str = "insight_id",
    what: str = "id",
) -> dict[UUID, int]:
    return dict(rows.order_by().values_list(key).annotate(Count(what)))


def _count_pairs(
    rows: "QuerySet[PatientConfirmation, PatientConfirmation]", name: str
) -> dict[tuple[UUID, str], int]:
    found = rows.order_by().values_list("insight_id", name).annotate(Count("id"))
    return {(insight_id, value): number for insight_id, value, number in found}
