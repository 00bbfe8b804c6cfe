"""The rest of a large partnership, made up: papers, requests, events, projects, paid work, grants of other funders."""

import hashlib
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from alongside.apps.agreements.models import Agreement, AgreementEvent, AgreementVersion, RuleSet
from alongside.apps.agreements.operations import take_in_shipped_rules
from alongside.apps.base.rules import Viewer
from alongside.apps.partnership.models import (
    Event,
    FundingRequest,
    GivingFile,
    JointProject,
    Payment,
    PaymentEvent,
    PublishedGrant,
)
from alongside.apps.partnership.models.services.needs import ServiceNeed
from alongside.apps.partnership.models.services.offers import ServiceOffer
from alongside.apps.partnership.operations.funding.criteria import keep_criteria
from alongside.apps.people.models import Person

DOCUMENT = (
    "1. What this is\n\nWe pay towards it; the group plans and runs it.\n\n2. What comes after\n\nOne page."
)


def make_versions(agreements: Sequence[Agreement], at: datetime) -> Iterator[AgreementVersion]:
    """Yield the one version of each agreement."""
    take_in_shipped_rules(at=at)
    rules = RuleSet.objects.get(name="abpi-2024", edition=1)
    digest = hashlib.sha256(DOCUMENT.encode()).hexdigest()
    for one in agreements:
        yield AgreementVersion(
            agreement=one,
            number=1,
            rule_set=rules,
            template=f"{one.kind}/1",
            document=DOCUMENT,
            document_sha256=digest,
            written_by_id=one.author_id,
            written_at=one.created_at,
        )


def make_agreement_events(agreements: Sequence[Agreement]) -> Iterator[AgreementEvent]:
    """Yield how each agreement came about."""
    for one in agreements:
        for became in ("draft", "partner_review", "certified", "signed"):
            yield AgreementEvent(
                agreement=one, became=became, version_number=1, by_id=one.author_id, at=_at(one.starts_on)
            )


def make_payment_events(payments: Sequence[Payment]) -> Iterator[PaymentEvent]:
    """Yield the steps of each payment."""
    for one in payments:
        yield PaymentEvent(payment=one, became="asked", by_id=one.asked_by_id, at=one.asked_at)
        if one.first_approved_at:
            approved = {"became": "approved", "by_id": one.first_approved_by_id, "at": one.first_approved_at}
            yield PaymentEvent(payment=one, was="asked", **approved)
        if one.paid_on:
            yield PaymentEvent(
                payment=one, was="approved", became="paid", by_id=one.paid_by_id, at=_at(one.paid_on)
            )


def make_requests(
    ids: Sequence[UUID], number: int, lead: Viewer, decider: Viewer, at: datetime, draw: random.Random
) -> Iterator[FundingRequest]:
    """Yield requests for funding in every state up to a decision, and after one."""
    criteria = keep_criteria(on=at.date(), at=at)
    for place in range(number):
        received = date(2025, 1, 2) + timedelta(days=draw.randrange(650))
        state = ("requested", "review", "decision", "funded", "closed", "declined")[place % 6]
        is_decided = place % 6 > 2
        yield FundingRequest(
            reference=f"FR-{received.year}-{place:05}",
            organisation_id=draw.choice(ids),
            kind=("grant", "donation", "sponsorship")[place % 3],
            title=f"Phone friends, part {place}",
            purpose="People ring each other.",
            benefit="Nobody waits alone.",
            amount_pence=draw.randrange(10_000, 2_000_000),
            starts_on=received + timedelta(days=60),
            ends_on=received + timedelta(days=300),
            way="letter",
            received_on=received,
            state=state,
            criteria=criteria,
            request_key=_key(draw),
            written_by_id=lead.own_id,
            written_at=_at(received),
            decided_by_id=decider.own_id if is_decided else None,
            decided_at=_at(received + timedelta(days=30)) if is_decided else None,
            decision_reason="It helps people who wait." if is_decided else "",
            report_due_on=received + timedelta(days=330) if state == "funded" else None,
        )


def make_events(number: int, lead: Viewer, at: datetime, draw: random.Random) -> Iterator[Event]:
    """Yield events of two years, past and coming."""
    for place in range(number):
        starts = _at(date(2025, 1, 2) + timedelta(days=draw.randrange(730)))
        yield Event(
            title=f"Skin and heart days, number {place}",
            neutral_title="A meeting",
            kind=("own", "joint", "sponsored")[place % 3],
            state="reported" if starts < at else ("idea", "approved", "open")[place % 3],
            purpose="What helps at home.",
            place=("online", "in_person", "hybrid")[place % 3],
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            capacity=30,
            visibility=("public", "invited", "team")[place % 3],
            lead_id=lead.own_id,
            created_at=starts - timedelta(days=60),
            changed_at=starts - timedelta(days=60),
            opened_at=starts - timedelta(days=50),
        )


def make_projects(number: int, lead: Viewer, at: datetime, draw: random.Random) -> Iterator[JointProject]:
    """Yield joint projects, some of them public."""
    for place in range(number):
        starts = date(2025, 1, 2) + timedelta(days=draw.randrange(600))
        is_public = place % 3 == 0
        yield JointProject(
            title=f"Fewer wasted journeys, number {place}",
            state="running" if is_public else ("idea", "co_design")[place % 2],
            patient_benefit="A name to ring.",
            starts_on=starts,
            ends_on=starts + timedelta(days=400),
            lead_id=lead.own_id,
            summary="We count the journeys together." if is_public else "",
            published_at=_at(starts) if is_public else None,
            created_at=at - timedelta(hours=place),
        )


def make_partners_of(things: Sequence[Any], ids: Sequence[UUID], column: str) -> Iterator[Any]:
    """Yield which two organisations each of these events or projects belongs to."""
    through: Any = type(things[0])._meta.get_field("partners").remote_field.through if things else None
    for place, one in enumerate(things):
        for organisation_id in {ids[place % len(ids)], ids[(3 * place + 1) % len(ids)]}:
            yield through(**{column: one.id, "organisation_id": organisation_id})


def make_needs(number: int, lead: Viewer, approver: Viewer, at: datetime) -> Iterator[ServiceNeed]:
    """Yield approved needs for people's work."""
    for place in range(number):
        yield ServiceNeed(
            reference=f"NE-2026-{place:05}",
            title=f"Reading a letter, number {place}",
            what="Say what is clear and what hurts.",
            why="We write for people whose lives we do not live.",
            criteria="They know the condition from their own days.",
            selector="The lead, who knows the groups.",
            most_people=50,
            state="approved",
            author_id=lead.own_id,
            written_at=at - timedelta(hours=place),
            approved_by_id=approver.own_id,
            approved_at=at,
        )


def make_offers(
    needs: Sequence[ServiceNeed], people: Sequence[Person], lead: Viewer, at: datetime
) -> Iterator[ServiceOffer]:
    """Yield one offer of each need to each of these people."""
    for place, need in enumerate(needs):
        for number, person in enumerate(people):
            yield ServiceOffer(
                reference=f"OF-2026-{place * len(people) + number:05}",
                need=need,
                person=person,
                capacity="themselves",
                standing="patient",
                title=need.title,
                ask="Read it, and tell us.",
                time_words="about two hours, at home",
                fee_pence=7_500,
                starts_on=at.date(),
                ends_on=at.date() + timedelta(days=60),
                answer_by=at.date() + timedelta(days=30),
                state=("offered", "declined", "withdrawn")[number % 3],
                offered_by_id=lead.own_id,
                offered_at=at - timedelta(hours=number),
            )


def make_grants(
    file: GivingFile, number: int, ids: Sequence[UUID], draw: random.Random
) -> Iterator[PublishedGrant]:
    """Yield grants of other funders, three of four to partners of ours."""
    for place in range(number):
        yield PublishedGrant(
            file=file,
            grant_id=f"360G-made-up-{place}",
            row=place + 2,
            title="Towards a group’s year",
            description="Rent, a telephone, and somebody who answers it.",
            currency="GBP",
            amount_pence=draw.randrange(50_000, 9_000_000),
            awarded_on=date(2022, 1, 1) + timedelta(days=draw.randrange(1_700)),
            funder_identifier=f"GB-CHC-{place % 40}",
            funder_name=f"Another funder {place % 40}",
            recipient_identifier=f"GB-CHC-{place}",
            recipient_name=f"Heart and home {place}",
            recipient_id=draw.choice(ids) if place % 4 else None,
        )


def make_file(at: datetime) -> GivingFile:
    """Return the file those grants came in."""
    return GivingFile(
        file_name="made-up.json",
        stored_name="made-up",
        sha256="0" * 64,
        source="Made up",
        state="kept",
        uploaded_at=at,
    )


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)


def _key(draw: random.Random) -> UUID:
    return UUID(int=draw.getrandbits(128), version=4)
