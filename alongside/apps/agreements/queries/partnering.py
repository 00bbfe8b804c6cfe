"""What agreements tell about partners: their timeline, how the relationship stands, what they may take away."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.apps.agreements.models import Agreement, AgreementEvent
from alongside.apps.agreements.queries.listing import ENDS_SOON, RUNNING, UNSIGNED
from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.partnering import HealthReason, SharedTable, TimelineEntry

State = Agreement.State
TOLD = (
    State.PARTNER_REVIEW, State.SIGNED, State.ACTIVE, State.COMPLETED, State.CLOSED, State.REJECTED, State.TERMINATED,
)  # fmt: skip
SHARED_COLUMNS = (
    "Number", "Kind", "Title", "State", "From", "To", "Amount in pounds", "Currency", "In kind",
    "Value in kind in pounds", "Signed on", "Words of the present version", "SHA-256",
)  # fmt: skip


def list_timeline(viewer: Viewer, organisation_ids: Collection[UUID], since: date) -> list[TimelineEntry]:
    """Return the steps of agreements with these partners since a day, as far as this viewer may see them."""
    seen = Agreement.objects.for_viewer(viewer).filter(organisation_id__in=organisation_ids)
    steps = (
        AgreementEvent.objects.filter(agreement__in=seen, became__in=TOLD, at__date__gte=since)
        .exclude(was="partner_review", became="partner_review")
        .select_related("agreement")
    )
    is_team = viewer.may("see_agreements")
    return [
        TimelineEntry(
            organisation_id=one.agreement.organisation_id,
            on=one.at.date(),
            kind=_("agreement"),
            title=f"{one.agreement.title}: {State(one.became).label}",
            words=f"{one.agreement.reference}, {one.agreement.get_kind_display()}",
            url=reverse("agreements:agreement" if is_team else "ours:agreement", args=[one.agreement_id]),
            is_shared=one.agreement.shown_at is not None,
        )
        for one in steps
        if one.agreement.organisation_id is not None
    ]


def judge_health(viewer: Viewer, organisation_ids: Collection[UUID], on: date) -> list[HealthReason]:
    """Return why agreements strain or ease these relationships: ended, ending, unsigned late, comments unanswered."""
    seen = Agreement.objects.for_viewer(viewer).filter(organisation_id__in=organisation_ids)
    unsigned = seen.filter(state__in=UNSIGNED, starts_on__lt=on).values_list("organisation_id", flat=True)
    ending = seen.filter(state__in=RUNNING, ends_on__lte=on + ENDS_SOON).values_list(
        "organisation_id", "ends_on"
    )
    asked = seen.filter(state__in=UNSIGNED, comments__is_from_partner=True, comments__answer="")
    asking = asked.values_list("organisation_id", flat=True)
    late, soon, over, open_comments = (dict[UUID, int]() for _each in range(4))
    for one in unsigned:
        _count(late, one)
    for one, ends_on in ending:
        _count(over if ends_on < on else soon, one)
    for one in asking:
        _count(open_comments, one)
    say = (
        (late, 2, ("%d agreement unsigned after its start", "%d agreements unsigned after their start")),
        (over, 1, ("%d agreement over, not completed", "%d agreements over, not completed")),
        (soon, 1, ("%d agreement ends soon", "%d agreements end soon")),
        (open_comments, 1, ("%d comment on an agreement waits", "%d comments on agreements wait")),
    )
    return [
        HealthReason(
            one, ngettext(*words, number) % number, weight, f"{reverse('agreements:list')}?organisation={one}"
        )
        for counts, weight, words in say
        for one, number in counts.items()
    ]


def _count(counts: dict[UUID, int], one: UUID | None) -> None:
    if one is not None:
        counts[one] = counts.get(one, 0) + 1


def collect_shared(viewer: Viewer, organisation_id: UUID) -> SharedTable:
    """Return a partner's agreements as it sees them and takes them away; empty for anybody else's."""
    seen = Agreement.objects.for_viewer(viewer).filter(
        organisation_id=organisation_id, shown_at__isnull=False
    )
    rows = []
    for one in seen.order_by("created_at").prefetch_related("versions"):
        version = next((each for each in one.versions.all() if each.number == one.version_number), None)
        rows.append(
            (
                one.reference,
                one.get_kind_display(),
                one.title,
                one.get_state_display(),
                one.starts_on.isoformat(),
                one.ends_on.isoformat(),
                _pounds(one.amount_pence),
                one.currency,
                one.in_kind_description,
                _pounds(one.in_kind_value_pence),
                one.signed_on.isoformat() if one.signed_on else "",
                version.document if version else "",
                version.document_sha256 if version else "",
            )
        )
    return SharedTable(
        SHARED_COLUMNS, tuple(rows), _("Every agreement that was shown to you, as it reads now.")
    )


def _pounds(pence: int | None) -> str:
    return "" if pence is None else f"{pence / 100:.2f}"
