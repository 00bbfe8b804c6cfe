"""What disclosure tells other pages: a partner's timeline, a person's day, what a partner may take away."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.partnering import SharedTable, TimelineEntry
from alongside.apps.partnership.models import (
    Disclosure,
    DisclosureCheck,
    DisclosureCorrection,
    DisclosureRow,
)
from alongside.apps.partnership.queries.disclosures.checks import list_waiting_checks
from alongside.apps.partnership.queries.disclosures.rows import with_corrections
from alongside.apps.partnership.queries.disclosures.tables import write_pounds
from alongside.science.values.trail import DayItem

State = Disclosure.State
SOON_DAYS = 60
SHARED_COLUMNS = (
    "year", "state", "entry", "category", "date", "description", "in_kind", "amount", "currency", "agreement",
    "correction",
)  # fmt: skip


def list_timeline(viewer: Viewer, organisation_ids: Collection[UUID], since: date) -> list[TimelineEntry]:
    """Return when what we paid an organisation became public, one entry a year; everybody may read that."""
    rows = DisclosureRow.objects.for_viewer(viewer).filter(
        organisation_id__in=organisation_ids,
        disclosure__state__in=Disclosure.PUBLIC,
        disclosure__published_at__date__gte=since,
    )
    found = (
        rows.order_by()
        .values("organisation_id", "disclosure__year")
        .annotate(entries=Count("id"), at=Min("disclosure__published_at"))
    )
    return [
        TimelineEntry(
            organisation_id=one["organisation_id"],
            on=one["at"].date(),
            kind=_("disclosure"),
            title=_("The register of %(year)s became public") % {"year": one["disclosure__year"]},
            words=ngettext("%(n)d entry", "%(n)d entries", one["entries"]) % {"n": one["entries"]},
            url=reverse("register:organisation", args=[one["organisation_id"]]),
            is_shared=True,
        )
        for one in found
    ]


def collect_shared(viewer: Viewer, organisation_id: UUID) -> SharedTable:
    """Return every entry about an organisation that it may see of itself; empty for anybody else's."""
    rows = DisclosureRow.objects.for_viewer(viewer).filter(organisation_id=organisation_id)
    if viewer.partner_id != organisation_id and not viewer.may("see_disclosures"):
        rows = rows.none()
    found = with_corrections(rows.standing()).order_by("disclosure__year", "number", "id")
    return SharedTable(
        SHARED_COLUMNS,
        tuple(
            (
                str(row.disclosure.year),
                str(row.disclosure.get_state_display()),
                str(row.number),
                row.category,
                row.paid_on.isoformat(),
                row.description,
                _("yes") if row.is_in_kind else _("no"),
                write_pounds(row.amount_pence),
                row.currency,
                row.agreement_reference,
                row.correction.reason if row.correction else "; ".join(one.reason for one in row.corrections),  # type: ignore[attr-defined]
            )
            for row in found
        ),
    )


def list_day(viewer: Viewer, on: date) -> list[DayItem]:
    """Return what of disclosure needs somebody: rows to look at, a year that is due, an approval, a question."""
    return [*_of_partner(viewer, on), *_of_team(viewer, on), *_of_certifier(viewer)]


def _of_partner(viewer: Viewer, on: date) -> list[DayItem]:
    return [
        DayItem(
            group="late" if one.due_on and one.due_on < on else "needs_you",
            title=_("Look at what we will publish about you for %(year)s") % {"year": one.year},
            url=reverse("ours:disclosure", args=[one.disclosure_id]),
            detail=_("a reminder") if one.reminded_at else "",
            on=one.due_on,
        )
        for one in list_waiting_checks(viewer)
    ]


def _of_team(viewer: Viewer, on: date) -> list[DayItem]:
    if not viewer.may("prepare_disclosures"):
        return []
    items = []
    for one in Disclosure.objects.filter(state__in=Disclosure.OPEN).order_by("year"):
        left = (one.due_on - on).days
        if left <= SOON_DAYS:
            words = ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}
            items.append(
                DayItem(
                    group="late" if left < 0 else "needs_you",
                    title=_("The disclosure of %(year)s must be public") % {"year": one.year},
                    url=reverse("disclosures:disclosure", args=[one.id]),
                    detail=words if left >= 0 else "",
                    on=one.due_on,
                )
            )
    asked = DisclosureCheck.objects.filter(
        is_current=True, answer="look", reply="", disclosure__state=State.CHECKING
    )
    return items + [
        DayItem(
            group="needs_you",
            title=_("%(name)s asked you to look at its rows") % {"name": one.organisation.name},
            url=reverse("disclosures:check", args=[one.id]),
            on=one.answered_at.date() if one.answered_at else None,
        )
        for one in asked.select_related("organisation").order_by("answered_at")[:10]
    ]


def _of_certifier(viewer: Viewer) -> list[DayItem]:
    if not viewer.may("approve_disclosures"):
        return []
    waiting = Disclosure.objects.filter(state__in=(State.TO_APPROVE, State.APPROVED)).order_by("year")
    corrections = DisclosureCorrection.objects.filter(published_at=None, refused_because="")
    return [
        *(
            DayItem(
                group="needs_you",
                title=_("The disclosure of %(year)s: %(state)s")
                % {"year": one.year, "state": one.get_state_display()},
                url=reverse("disclosures:disclosure", args=[one.id]),
                on=one.due_on,
            )
            for one in waiting
        ),
        *(
            DayItem(
                group="needs_you",
                title=_("A correction of %(year)s waits for you") % {"year": one.disclosure.year},
                url=reverse("disclosures:decide", args=[one.id]),
                on=one.made_at.date(),
            )
            for one in corrections.select_related("disclosure").order_by("made_at")[:10]
        ),
    ]
