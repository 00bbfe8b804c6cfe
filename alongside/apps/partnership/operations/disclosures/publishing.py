"""A second person approves, a year becomes public: one snapshot with its checksum, made once, never changed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Refused, Viewer, check_may
from alongside.apps.partnership.bridge.openness import (
    SCHEMA,
    as_listed,
    digest_text,
    route_year,
    sum_rows,
    write_canonical,
)
from alongside.apps.partnership.models import (
    Disclosure,
    DisclosureRow,
    DisclosureSnapshot,
    DisclosureTotal,
)
from alongside.apps.partnership.operations.disclosures.collecting import SAID, check_is_whole, make_rows
from alongside.apps.partnership.operations.disclosures.moving import lock_disclosure, move
from alongside.apps.partnership.queries.disclosures.document import (
    Intactness,
    PublishedDays,
    build_document,
    digest_contents,
    look_at_snapshot,
)
from alongside.apps.partnership.queries.disclosures.paid import get_own_organisation, list_paid_facts
from alongside.apps.partnership.queries.disclosures.reconcile import list_left_out
from alongside.apps.partnership.rules.disclosure_content import get_rules
from alongside.apps.partnership.rules.disclosures import (
    check_another_person,
    check_can_move,
    check_words,
)

State = Disclosure.State


@transaction.atomic
def approve_disclosure(*, disclosure_id: UUID, by: Viewer, at: datetime) -> None:
    """Stand behind a year as a second person: its rows are what is published and nothing else."""
    check_may(by, "approve_disclosures")
    disclosure = lock_disclosure(disclosure_id)
    check_can_move(disclosure, State.APPROVED)
    check_another_person(disclosure, by)
    check_is_whole(disclosure)
    check_nothing_moved(disclosure)
    disclosure.approved_by_id, disclosure.approved_at = by.person_id, at
    disclosure.approved_sha256 = digest_contents(disclosure, get_own_organisation())
    disclosure.save(update_fields=["approved_by_id", "approved_at", "approved_sha256"])
    move(disclosure, State.APPROVED, operation="approve_disclosure", by=by, at=at)


@transaction.atomic
def send_back(*, disclosure_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """Send a year that waits for approval, or is approved and not public yet, back to collecting, with the reason."""
    check_may(by, "approve_disclosures")
    disclosure = lock_disclosure(disclosure_id)
    check_can_move(disclosure, State.COLLECTING)
    reason = check_words(words, field="words", ask="Say what must change.")
    move(disclosure, State.COLLECTING, operation="send_disclosure_back", by=by, at=at, words=reason)
    disclosure.approved_by_id = disclosure.approved_at = disclosure.prepared_by_id = (
        disclosure.prepared_at
    ) = None
    disclosure.approved_sha256 = ""
    disclosure.save(
        update_fields=["approved_by_id", "approved_at", "approved_sha256", "prepared_by_id", "prepared_at"]
    )


def check_nothing_moved(disclosure: Disclosure) -> None:
    """Refuse to go on where payments of the year changed after the rows were collected."""
    routed = route_year(list_paid_facts(disclosure.year), get_rules(disclosure.rules).routing)
    now = make_rows(disclosure, routed.rows)
    held = DisclosureRow.objects.filter(disclosure=disclosure, correction=None).order_by("number")
    if [_say(row) for row in now] != [_say(row) for row in held]:
        raise Refused(
            "Payments of this year, or the names of organisations, changed after the rows were collected. "
            "Send it back and collect again, so that nothing is lost."
        )


def _say(row: DisclosureRow) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in (*SAID, "source_key"))


@transaction.atomic
def publish_disclosure(*, disclosure_id: UUID, by: Viewer, at: datetime) -> str:
    """Make a year public as it was approved; return its checksum. Of two who press at once, one publishes."""
    check_may(by, "approve_disclosures")
    disclosure = lock_disclosure(disclosure_id)
    if disclosure.state in Disclosure.PUBLIC:
        raise Refused(
            f"{disclosure.year} is public already. What is wrong is corrected beside the old entry."
        )
    check_can_move(disclosure, State.PUBLISHED)
    check_nothing_moved(disclosure)
    publisher, rules = get_own_organisation(), get_rules(disclosure.rules)
    if digest_contents(disclosure, publisher) != disclosure.approved_sha256:
        raise Refused(
            "This is not what was approved any more. Send it back, look at it and approve it again."
        )
    days = PublishedDays(
        at.date(), rules.get_public_until(at.date()), rules.get_retain_until(disclosure.year)
    )
    left_out = list_left_out(disclosure)
    text = write_canonical(build_document(disclosure, publisher, days, left_out))
    rows = DisclosureRow.objects.filter(disclosure=disclosure, correction=None)
    snapshot = DisclosureSnapshot.objects.create(
        disclosure=disclosure,
        schema=SCHEMA,
        text=text,
        sha256=digest_text(text),
        rows=rows.count(),
        organisations=rows.values("organisation_id").distinct().count(),
        left_out=[[one.because, str(one.id)] for one in left_out],
        made_at=at,
    )
    store_totals(disclosure, after=0)
    disclosure.published_by_id, disclosure.published_at = by.person_id, at
    disclosure.public_until, disclosure.retain_until = days.public_until, days.retain_until
    disclosure.verified_at, disclosure.is_intact = at, True
    disclosure.save(
        update_fields=[
            "published_by_id", "published_at", "public_until", "retain_until", "verified_at", "is_intact"
        ]
    )  # fmt: skip
    move(disclosure, State.PUBLISHED, operation="publish_disclosure", by=by, at=at)
    return snapshot.sha256


def store_totals(disclosure: Disclosure, *, after: int) -> None:
    """Keep the sums of the year as it stands after so many corrections."""
    rows = DisclosureRow.objects.filter(disclosure=disclosure).standing()
    wrong = DisclosureRow.objects.filter(
        disclosure=disclosure, corrected_by__published_at__isnull=False
    ).values_list("id", flat=True)
    totals = sum_rows(as_listed(row) for row in rows.exclude(id__in=list(wrong)))
    DisclosureTotal.objects.bulk_create(
        DisclosureTotal(
            disclosure=disclosure,
            after=after,
            list=one.list,
            category=one.category,
            currency=one.currency,
            rows=one.rows,
            organisations=one.organisations,
            amount_pence=one.amount_pence,
            unvalued=one.unvalued,
        )
        for one in totals
    )


@transaction.atomic
def verify_disclosure(*, disclosure_id: UUID, by: Viewer, at: datetime) -> Intactness:
    """Look whether a published year still is what was published, and keep what was found for everybody to see."""
    check_may(by, "see_disclosures")
    disclosure = lock_disclosure(disclosure_id)
    if disclosure.state not in Disclosure.PUBLIC:
        raise Refused("Only what is published can be compared with its checksum.")
    found = look_at_snapshot(disclosure)
    disclosure.verified_at, disclosure.is_intact = at, found.is_intact
    disclosure.save(update_fields=["verified_at", "is_intact"])
    record_audit(
        by=by, at=at, operation="verify_disclosure", on=disclosure, detail={"is_intact": found.is_intact}
    )
    return found
