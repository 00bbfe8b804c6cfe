"""What funding tells other pages: a partner's timeline, how the relationship stands, somebody's day, what is shared."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.money import write_money
from alongside.apps.base.rules.partnering import HealthReason, SharedTable, TimelineEntry
from alongside.apps.partnership.models import FundingEvent, FundingRequest, HandsOff, HandsOffReply
from alongside.apps.partnership.queries.funding.independence import list_shares_above, select_other_funders
from alongside.apps.partnership.queries.funding.requests import waits_for
from alongside.science.values.trail import DayItem

State = FundingRequest.State
SOON = timedelta(days=14)
MOST_LINES = 50
_RUNNING = (State.REQUESTED, State.REVIEW, State.DECISION, State.AGREEMENT, State.FUNDED, State.REPORTED)


def _url(viewer: Viewer, request_id: UUID) -> str:
    return reverse("ours:funding_request" if viewer.partner_id else "funding:request", args=[request_id])


def list_timeline(viewer: Viewer, organisation_ids: Collection[UUID], since: date) -> list[TimelineEntry]:
    """Return the steps of these partners' requests since a day; a step that changed no state is left out."""
    visible = FundingRequest.objects.for_viewer(viewer).filter(organisation_id__in=list(organisation_ids))
    events = FundingEvent.objects.filter(request__in=visible, at__date__gte=since).exclude(
        became__in=[State.REVIEW, State.DECISION]
    )
    words = {value: str(label) for value, label in State.choices}
    return [
        TimelineEntry(
            organisation_id=one.request.organisation_id,
            on=one.at.date(),
            kind=_("funding"),
            title=one.request.title,
            words=words[one.became].capitalize(),
            url=_url(viewer, one.request_id),
            is_shared=True,
        )
        for one in events.select_related("request").order_by("-at")
        if one.was != one.became
    ]


def judge_health(viewer: Viewer, organisation_ids: Collection[UUID], on: date) -> list[HealthReason]:
    """Return what of funding strains a relationship: late reports, a disputed checklist, a share near the level."""
    if not viewer.may("see_funding"):
        return []
    ids = list(organisation_ids)
    return [*_late_reports(viewer, ids, on), *_disputes(ids), *_shares(viewer, ids, on)]


def _late_reports(viewer: Viewer, ids: list[UUID], on: date) -> list[HealthReason]:
    late = FundingRequest.objects.for_viewer(viewer).filter(
        organisation_id__in=ids, state=State.FUNDED, report_due_on__lt=on
    )
    found: dict[UUID, list[FundingRequest]] = {}
    for one in late.order_by("report_due_on"):
        found.setdefault(one.organisation_id, []).append(one)
    return [
        HealthReason(
            group,
            ngettext("%(n)s report late", "%(n)s reports late", len(rows)) % {"n": len(rows)},
            2,
            reverse("funding:request", args=[rows[0].id]),
        )
        for group, rows in found.items()
    ]


def _disputes(ids: list[UUID]) -> list[HealthReason]:
    newest = HandsOff.objects.filter(request=OuterRef("request")).order_by("-filled_at", "-id")
    said = HandsOffReply.objects.filter(hands_off=OuterRef("pk")).order_by("-at", "-id")
    disputed = HandsOff.objects.filter(
        request__organisation_id__in=ids, request__state__in=[*_RUNNING], id=Subquery(newest.values("id")[:1])
    ).alias(agrees=Subquery(said.values("agrees")[:1]))
    return [
        HealthReason(
            one.request.organisation_id,
            _("the group says our hands are not off"),
            2,
            reverse("funding:request", args=[one.request_id]),
        )
        for one in disputed.filter(agrees=False).select_related("request")
    ]


def _shares(viewer: Viewer, ids: list[UUID], on: date) -> list[HealthReason]:
    return [
        HealthReason(
            one.organisation_id,
            _("we gave %(percent)s %% of their income") % {"percent": round(100 * (one.share or 0))},
            1,
            reverse("funding:group", args=[one.organisation_id]),
        )
        for one in list_shares_above(viewer, ids, on)
    ]


def list_day(viewer: Viewer, on: date) -> list[DayItem]:
    """Return what of funding waits for somebody: to judge, decide, draw up, close; for a group, its report."""
    if viewer.partner_id is not None:
        return _groups_day(viewer, on)
    if not viewer.may("see_funding"):
        return []
    return [*_waiting(viewer), *_late_for_us(viewer, on)]


def _waiting(viewer: Viewer) -> list[DayItem]:
    waits = {
        State.REQUESTED: _("Request for funding came, review not begun"),
        State.REVIEW: _("Request for funding to review"),
        State.DECISION: _("Request for funding to decide on"),
        State.AGREEMENT: _("Granted, agreement to be made"),
        State.REPORTED: _("Report came, read it and close"),
    }
    found = FundingRequest.objects.for_viewer(viewer).filter(waits_for(viewer)).select_related("organisation")
    return [
        DayItem(
            "needs_you",
            f"{one.organisation.name}: {one.title}",
            _url(viewer, one.id),
            waits.get(State(one.state), ""),
        )
        for one in found.order_by("received_on")[:MOST_LINES]
    ]


def _late_for_us(viewer: Viewer, on: date) -> list[DayItem]:
    if not viewer.may("keep_relations"):
        return []
    late = FundingRequest.objects.for_viewer(viewer).filter(state=State.FUNDED, report_due_on__lt=on)
    return [
        DayItem(
            "late",
            f"{one.organisation.name}: {one.title}",
            _url(viewer, one.id),
            _("Report not here yet, due"),
            one.report_due_on,
        )
        for one in late.select_related("organisation").order_by("report_due_on")[:MOST_LINES]
    ]


def _groups_day(viewer: Viewer, on: date) -> list[DayItem]:
    mine = FundingRequest.objects.for_viewer(viewer)
    due = mine.filter(state=State.FUNDED, report_due_on__lte=on + SOON).order_by("report_due_on")
    items = [
        DayItem(
            "late" if one.report_due_on and one.report_due_on < on else "needs_you",
            one.title,
            reverse("ours:report", args=[one.id]),
            _("A short report is due"),
            one.report_due_on,
        )
        for one in due[:MOST_LINES]
    ]
    asked = HandsOff.objects.filter(request__in=mine.filter(state__in=_RUNNING), replies=None)
    newest = HandsOff.objects.filter(request=OuterRef("request")).order_by("-filled_at", "-id")
    open_lists = asked.filter(id=Subquery(newest.values("id")[:1])).select_related("request")
    items += [
        DayItem(
            "needs_you",
            one.request.title,
            reverse("ours:funding_request", args=[one.request_id]),
            _("We wrote down that this stays yours. Is it so?"),
        )
        for one in open_lists[:MOST_LINES]
    ]
    return items


def share_requests(viewer: Viewer, organisation_id: UUID) -> SharedTable:
    """Return what a group asked for, what was decided and why, and its reports."""
    found = FundingRequest.objects.for_viewer(viewer).filter(organisation_id=organisation_id)
    rows = tuple(
        (
            one.reference,
            one.title,
            one.get_kind_display(),
            write_given(one),
            one.received_on.isoformat(),
            one.get_state_display(),
            one.decided_at.date().isoformat() if one.decided_at else "",
            write_money(one.granted_pence, one.currency) if one.granted_pence else "",
            one.decision_reason,
            one.report_due_on.isoformat() if one.report_due_on else "",
            one.report.received_on.isoformat() if hasattr(one, "report") else "",
        )
        for one in found.select_related("report").order_by("received_on")
    )
    return SharedTable(
        (
            _("Reference"), _("What for"), _("Kind"), _("Asked for"), _("Asked on"), _("Where it stands"),
            _("Decided on"), _("Granted"), _("Reason"), _("Report due"), _("Report received"),
        ),
        rows,
    )  # fmt: skip


def share_other_funders(viewer: Viewer, organisation_id: UUID) -> SharedTable:
    """Return what is written down about a group's other funders."""
    found = select_other_funders(viewer).filter(organisation_id=organisation_id)
    return SharedTable(
        (_("Funder"), _("Year"), _("Amount"), _("Where this was read"), _("Said by")),
        tuple(
            (
                one.name,
                str(one.year),
                write_money(one.amount_pence, one.currency) if one.amount_pence else _("not known"),
                one.source,
                _("your group") if one.is_from_group else _("us"),
            )
            for one in found
        ),
        _("Tell us where a line is wrong."),
    )


def write_given(one: FundingRequest) -> str:
    """Return what is asked for in words: an amount, or a thing with its value where it has one."""
    if not one.is_in_kind:
        return write_money(one.amount_pence, one.currency)
    if one.in_kind_value_pence is None:
        return _("%(what)s (not valued)") % {"what": one.in_kind_description}
    value = write_money(one.in_kind_value_pence, one.currency)
    return _("%(what)s (worth %(value)s)") % {"what": one.in_kind_description, "value": value}
