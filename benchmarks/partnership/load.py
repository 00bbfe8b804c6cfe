"""Write a large made-up partnership straight into the tables: to measure with, never beside real rows.

The chain around it is real: people come in by invitation's operations, the year is disclosed by its own. Rows are
drawn from one seed, so two loads are alike.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import models, transaction

from alongside.apps.actions.models import Action
from alongside.apps.agreements.models import Agreement
from alongside.apps.base.rules import SYSTEM, Viewer, acting
from alongside.apps.partnership.models import (
    ContactPerson,
    Interaction,
    OtherFunder,
    Payment,
    Priority,
    Promise,
    Relationship,
)
from alongside.apps.partnership.operations.relations import judge_relationships
from alongside.apps.people.models import Organisation, OrganisationIdentifier, OrganisationIncome, Person
from alongside.apps.people.operations import add_organisation, add_person
from alongside.apps.people.queries import get_viewer
from benchmarks.partnership import rooms

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
FIRST, LAST = date(2024, 1, 2), date(2026, 10, 30)
BATCH = 1_000
TO_PAY = timedelta(days=12)
KINDS = ("patient_group", "patient_group", "patient_group", "umbrella", "carers", "charity", "nhs_body")
PLACES = (
    "Ash",
    "Birk",
    "Cold",
    "Dale",
    "Elm",
    "Fern",
    "Glen",
    "Holm",
    "Kirk",
    "Lark",
    "Moor",
    "North",
    "Oak",
    "Penn",
)
ENDS = (
    "bridge",
    "by",
    "combe",
    "field",
    "ford",
    "ham",
    "leigh",
    "mere",
    "ness",
    "stow",
    "thwaite",
    "ton",
    "wick",
)
ABOUT = ("Heart", "Skin", "Lung", "Kidney", "Joint", "Sight", "Hearing", "Nerve", "Blood", "Rare Condition")
SORTS = ("Group", "Network", "Alliance", "Collective", "Society", "Circle")
CATEGORIES = ("grant", "grant", "donation", "sponsorship", "fee")
TITLES = (
    "Quarterly meeting",
    "Call about the newsletter",
    "Visit to the drop-in",
    "Letter about waiting times",
)


@dataclass(frozen=True)
class Size:
    """How many of each."""

    organisations: int = 10_000
    interactions: int = 100_000
    payments: int = 50_000
    contacts: int = 15_000
    priorities: int = 10_000
    promises: int = 4_000
    requests: int = 6_000
    events: int = 2_000
    projects: int = 1_000
    needs: int = 100
    workers: int = 50
    grants: int = 20_000


@dataclass(frozen=True)
class Cast:
    """Who may look and write."""

    lead: Viewer
    certifier: Viewer
    finance: Viewer
    partner: Viewer


Say = Callable[[str], None]


def load(size: Size, say: Say) -> Cast:
    """Write everything into an empty installation; return who can look at it."""
    draw = random.Random(20261123)
    with acting(SYSTEM, why="a large made-up partnership"), transaction.atomic():
        home = add_organisation(name="Merrowdale Partnership", kind="own", by=SYSTEM, at=AT)
        organisations = _store(_organisations(size, draw), say, "organisations")
        ids = [one.id for one in organisations]
        _store(_numbers(ids), say, "identifiers")
        _store(_incomes(ids, draw), say, "incomes")
        cast = Cast(
            lead=_add("engagement_lead", home.id),
            certifier=_add("certifier", home.id),
            finance=_add("finance", home.id),
            partner=_add("partner_user", ids[0]),
        )
        _store(_relationships(ids, cast.lead, draw), say, "relationships")
        _store(_contacts(size, ids, draw), say, "contacts")
        met = _store(_interactions(size, ids, draw), say, "interactions")
        _store(_priorities(size, met, draw), say, "priorities")
        _store_promises(size, met, cast.lead, draw, say)
        agreements = _store(_agreements(size, ids, cast.lead, draw), say, "agreements")
        _store(rooms.make_versions(agreements, AT), say, "words of agreements")
        _store(rooms.make_agreement_events(agreements), say, "steps of agreements")
        payments = _store(_payments(size, agreements, cast, draw), say, "payments")
        _store(rooms.make_payment_events(payments), say, "steps of payments")
        _store(_funders(ids, draw), say, "other funders")
        _store_rooms(size, ids, cast, draw, say)
    return cast


def _store_rooms(size: Size, ids: Sequence[UUID], cast: Cast, draw: random.Random, say: Say) -> None:
    requests = rooms.make_requests(ids, size.requests, cast.lead, cast.certifier, AT, draw)
    _store(requests, say, "requests for funding")
    events = _store(rooms.make_events(size.events, cast.lead, AT, draw), say, "events")
    _store(rooms.make_partners_of(events, ids, "event_id"), say, "partners of events")
    projects = _store(rooms.make_projects(size.projects, cast.lead, AT, draw), say, "joint projects")
    _store(rooms.make_partners_of(projects, ids, "jointproject_id"), say, "partners of projects")
    people = [_add("patient_partner", None, str(number)) for number in range(size.workers)]
    needs = _store(rooms.make_needs(size.needs, cast.lead, cast.certifier, AT), say, "needs")
    workers = Person.objects.filter(id__in=[one.own_id for one in people])
    _store(rooms.make_offers(needs, list(workers), cast.lead, AT), say, "offers of paid work")
    file = _store(iter([rooms.make_file(AT)]), say, "file of grants")[0]
    _store(rooms.make_grants(file, size.grants, ids, draw), say, "grants of other funders")


def _store(rows: Iterator[Any], say: Say, words: str) -> list[Any]:
    every = list(rows)
    if every:
        model: type[models.Model] = type(every[0])
        model._default_manager.bulk_create(every, batch_size=BATCH)
    say(f"  {len(every):,} {words}")
    return every


def _add(role: str, organisation_id: UUID | None, number: str = "") -> Viewer:
    person = add_person(
        email=f"{role}{number}@merrowdale.example",
        name=f"Made-up {role.replace('_', ' ')} {number}".strip(),
        roles=[role],
        organisation_id=organisation_id,
        by=SYSTEM,
        at=AT,
    )
    return get_viewer(person)


def _day(draw: random.Random) -> date:
    return FIRST + timedelta(days=draw.randrange((LAST - FIRST).days))


def _organisations(size: Size, draw: random.Random) -> Iterator[Organisation]:
    for number in range(size.organisations):
        name = f"{draw.choice(PLACES)}{draw.choice(ENDS)} {draw.choice(ABOUT)} {draw.choice(SORTS)} {number}"
        yield Organisation(
            name=name,
            kind=KINDS[number % len(KINDS)],
            nation=("England", "Scotland", "Wales", "Northern Ireland")[number % 4],
            reach=f"About {draw.randrange(20, 4_000)} people",
            created_at=AT,
        )


def _numbers(ids: Sequence[UUID]) -> Iterator[OrganisationIdentifier]:
    for number, one in enumerate(ids):
        if number % 5:
            yield OrganisationIdentifier(
                organisation_id=one, scheme="GB-CHC", number=str(200_000 + number), added_at=AT
            )


def _incomes(ids: Sequence[UUID], draw: random.Random) -> Iterator[OrganisationIncome]:
    for one in ids:
        for year in (2024, 2025):
            yield OrganisationIncome(
                organisation_id=one,
                year_ends_on=date(year, 3, 31),
                amount_pence=draw.randrange(500_000, 90_000_000),
                source="Made up",
                added_at=AT,
            )


def _relationships(ids: Sequence[UUID], lead: Viewer, draw: random.Random) -> Iterator[Relationship]:
    for one in ids:
        yield Relationship(
            organisation_id=one,
            lead_id=lead.own_id,
            contact_every_days=draw.choice((30, 60, 90, 180)),
            review_on=date(2026, 1, 1) + timedelta(days=draw.randrange(600)),
            began_on=FIRST,
            created_at=AT,
        )


def _contacts(size: Size, ids: Sequence[UUID], draw: random.Random) -> Iterator[ContactPerson]:
    for number in range(size.contacts):
        yield ContactPerson(
            organisation_id=ids[number % len(ids)],
            name=f"{draw.choice(PLACES)} {draw.choice(ENDS).title()} {number}",
            email=f"person{number}@group.example",
            created_at=AT,
            changed_at=AT,
        )


def _interactions(size: Size, ids: Sequence[UUID], draw: random.Random) -> Iterator[Interaction]:
    kinds = [value for value in Interaction.Kind.values if value != "event"]
    for number in range(size.interactions):
        is_shared = number % 3 == 0
        yield Interaction(
            organisation_id=draw.choice(ids),
            kind=kinds[number % len(kinds)],
            happened_on=_day(draw),
            title=draw.choice(TITLES),
            shared_notes="We spoke about buses, letters and the next meeting." if is_shared else "",
            private_notes="Ask again in spring.",
            note_state=("shared", "confirmed")[number % 2] if is_shared else "draft",
            shared_at=AT if is_shared else None,
            recorded_at=AT,
        )


def _priorities(size: Size, met: Sequence[Interaction], draw: random.Random) -> Iterator[Priority]:
    for one in draw.sample(met, min(size.priorities, len(met))):
        yield Priority(
            organisation_id=one.organisation_id,
            interaction_id=one.id,
            words="A bus that meets the clinic.",
            strength=Priority.Strength.values[0],
            heard_on=one.happened_on,
            recorded_at=AT,
        )


def _store_promises(
    size: Size, met: Sequence[Interaction], lead: Viewer, draw: random.Random, say: Say
) -> None:
    chosen = draw.sample(met, min(size.promises, len(met)))
    actions = [
        Action(
            title="Ask the bus company about the ten past nine",
            origin="promise",
            origin_note="A promise to a partner",
            owner_id=lead.own_id,
            due_on=one.happened_on + timedelta(days=60),
            created_at=AT,
        )
        for one in chosen
    ]
    _store(iter(actions), say, "actions")
    promises = (
        Promise(
            organisation_id=one.organisation_id,
            interaction_id=one.id,
            action_id=action.id,
            words=action.title,
            made_on=one.happened_on,
            made_at=AT,
        )
        for one, action in zip(chosen, actions, strict=True)
    )
    _store(promises, say, "promises")


def _agreements(size: Size, ids: Sequence[UUID], lead: Viewer, draw: random.Random) -> Iterator[Agreement]:
    for number in range(max(1, size.payments // 4)):
        starts = _day(draw)
        yield Agreement(
            reference=f"AG-{starts.year}-{number:06}",
            kind=("grant", "donation", "sponsorship", "service")[number % 4],
            capacity="organisation",
            organisation_id=draw.choice(ids),
            title=f"Work together, part {number}",
            state=("active", "completed", "signed")[number % 3],
            starts_on=starts,
            ends_on=starts + timedelta(days=365),
            amount_pence=100_000_000,
            author_id=lead.own_id,
            created_at=AT,
            shown_at=AT,
            certified_at=AT,
            signed_on=starts,
        )


def _payments(
    size: Size, agreements: Sequence[Agreement], cast: Cast, draw: random.Random
) -> Iterator[Payment]:
    for number in range(size.payments):
        agreement = agreements[number % len(agreements)]
        paid_on = min(agreement.starts_on + timedelta(days=draw.randrange(300)), LAST)
        is_paid = number % 20 != 0
        asked_at = datetime.combine(paid_on - TO_PAY, AT.time(), tzinfo=UTC)
        yield Payment(
            reference=f"PAY-{paid_on.year}-{number:06}",
            agreement=agreement,
            organisation_id=agreement.organisation_id,
            category="fee" if agreement.kind == "service" else agreement.kind,
            amount_pence=draw.randrange(5_000, 5_000_000),
            description="Phone friends: one part of the year",
            capacity="organisation",
            request_key=uuid4(),
            state="paid" if is_paid else "asked",
            due_on=paid_on,
            paid_on=paid_on if is_paid else None,
            days_to_pay=TO_PAY.days if is_paid else None,
            finance_reference=f"F{number}" if is_paid else "",
            asked_by_id=cast.lead.own_id,
            asked_at=asked_at,
            first_approved_by_id=cast.certifier.own_id if is_paid else None,
            first_approved_at=asked_at if is_paid else None,
            paid_by_id=cast.finance.own_id if is_paid else None,
        )


def _funders(ids: Sequence[UUID], draw: random.Random) -> Iterator[OtherFunder]:
    for number, one in enumerate(ids):
        yield OtherFunder(
            organisation_id=one,
            name=f"Another funder {number % 40}",
            year=2025,
            amount_pence=draw.randrange(10_000, 9_000_000),
            source="Made up",
            added_at=AT,
        )


def main(scale: float) -> int:
    """Fill an empty installation; return 0."""
    if Organisation.objects.exists():
        print("There are organisations here already: load into an empty installation.")
        return 1
    size = Size(**{name: max(1, round(number * scale)) for name, number in vars(Size()).items()})
    load(size, print)
    changed = judge_relationships(on=AT.date(), by=SYSTEM, at=AT)  # as the worker does each hour
    print(f"  {changed:,} relationships stand otherwise than well")
    return 0
