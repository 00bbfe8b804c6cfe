"""How relationships stand: facts from our tables, reasons from every room that announced some."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Min
from django.urls import reverse

from alongside.apps.actions.queries.actions import UNDERWAY
from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.partnering import HealthReason
from alongside.apps.base.rules.registry import registry, resolve
from alongside.apps.partnership.models import Interaction, Promise, Relationship
from alongside.apps.partnership.rules.health import (
    ENDED,
    GOOD,
    NOT_KEPT,
    ContactFacts,
    Health,
    judge_contact,
    weigh,
)

NOBODYS = UUID(int=0)


def gather_facts(viewer: Viewer, organisation_ids: Collection[UUID], on: date) -> dict[UUID, ContactFacts]:
    """Return what is known of each relationship that is kept now, in four queries however many there are.

    `organisation_ids` may be a query of ids; then the database joins instead of being told each id.
    """
    kept = Relationship.objects.for_viewer(viewer).filter(organisation_id__in=organisation_ids, ended_on=None)
    last = dict(
        Interaction.objects.for_viewer(viewer)
        .filter(organisation_id__in=organisation_ids)
        .values_list("organisation_id")
        .annotate(Max("happened_on"))
        .order_by()
    )
    unanswered = {
        organisation_id: (number, since)
        for organisation_id, number, since in Interaction.objects.for_viewer(viewer)
        .filter(organisation_id__in=organisation_ids, note_state=Interaction.NoteState.SHARED)
        .values_list("organisation_id")
        .annotate(Count("id"), Min("shared_at"))
        .order_by()
    }
    late = {
        organisation_id: (number, due_on)
        for organisation_id, number, due_on in Promise.objects.for_viewer(viewer)
        .filter(organisation_id__in=organisation_ids, action__state__in=UNDERWAY, action__due_on__lt=on)
        .values_list("organisation_id")
        .annotate(Count("id"), Min("action__due_on"))
        .order_by()
    }
    found = {}
    rows = kept.values_list("organisation_id", "contact_every_days", "began_on", "review_on")
    for organisation_id, every_days, began_on, review_on in rows:
        waiting, since = unanswered.get(organisation_id, (0, None))
        promises, due_on = late.get(organisation_id, (0, None))
        found[organisation_id] = ContactFacts(
            every_days=every_days,
            began_on=began_on,
            last_contact_on=last.get(organisation_id),
            review_on=review_on,
            unanswered=waiting,
            unanswered_since=since.date() if since else None,
            late_promises=promises,
            latest_due_on=due_on,
        )
    return found


def judge(viewer: Viewer, organisation_ids: Collection[UUID], on: date) -> list[HealthReason]:
    """Return what this part knows about how these relationships stand; nothing for those who see no relations."""
    if not viewer.may("see_relations"):
        return []
    address = page_of(NOBODYS)  # asked once: thousands of addresses take longer to make than to judge
    return [
        HealthReason(
            organisation_id,
            reason.words,
            reason.weight,
            f"{address.replace(str(NOBODYS), str(organisation_id))}#{reason.place}",
        )
        for organisation_id, facts in gather_facts(viewer, organisation_ids, on).items()
        for reason in judge_contact(facts, on)
    ]


def list_health(viewer: Viewer, organisation_ids: Collection[UUID], on: date) -> dict[UUID, Health]:
    """Return how each relationship stands, for every room's reasons together, in a fixed number of queries."""
    if not viewer.may("see_relations"):
        return {}
    kept = dict(
        Relationship.objects.for_viewer(viewer)
        .filter(organisation_id__in=organisation_ids)
        .values_list("organisation_id", "ended_on")
    )
    reasons: dict[UUID, list[HealthReason]] = {}
    for source in registry.list_health_sources():
        for reason in resolve(source.judge)(viewer, organisation_ids, on):
            reasons.setdefault(reason.organisation_id, []).append(reason)
    found = {}
    for organisation_id in organisation_ids:
        if organisation_id not in kept:
            found[organisation_id] = Health(NOT_KEPT)
        elif kept[organisation_id] is not None:
            found[organisation_id] = Health(ENDED)
        else:
            found[organisation_id] = weigh(reasons.get(organisation_id, []))
    return found


def page_of(organisation_id: UUID) -> str:
    """Return the address of a partner's page."""
    return reverse("relations:organisation", args=[organisation_id])


def list_asking(viewer: Viewer, on: date, most: int) -> tuple[list[tuple[UUID, str, Health]], int]:
    """Return the relationships this person leads that ask for something: id, name and health, and how many more do.

    The most strained come first, as they stood at the last hourly look; what is shown is judged anew. One that is put
    off to a later day is left out.
    """
    led = Relationship.objects.for_viewer(viewer).filter(lead_id=viewer.own_id, ended_on=None)
    asking = led.exclude(remind_from__gt=on).exclude(level=GOOD)
    # “strained” stands after “attention” by its letters; once more as many as are shown, for some are good since.
    first = asking.order_by("-level", "organisation__name")[: 2 * most]
    names = dict(first.values_list("organisation_id", "organisation__name"))
    healths = list_health(viewer, list(names), on)
    found = [(one, name, healths[one]) for one, name in names.items() if healths[one].level != GOOD]
    left = asking.count() - (len(names) - len(found)) - len(found[:most])
    return found[:most], left
