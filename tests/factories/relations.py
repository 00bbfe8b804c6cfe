"""A partner with notes of both halves, a priority and a promise, through the real operations."""

from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from alongside.apps.base.rules import SYSTEM, Viewer
from alongside.apps.partnership.models import Interaction
from alongside.apps.partnership.operations.relations import (
    InteractionPlan,
    PriorityPlan,
    PromisePlan,
    record_interaction,
)
from alongside.apps.people.operations import IncomeTerms, set_income
from tests.factories.partners import make_organisation
from tests.factories.people import NOW, make_person

TODAY = NOW.date()
_numbers = count(1)


def make_note(
    organisation_id: UUID,
    *,
    by: Viewer = SYSTEM,
    title: str = "First meeting",
    happened_on: date = TODAY,
    shared_notes: str = "We talked about the leaflet.",
    private_notes: str = "They are short of money.",
    share: bool = False,
    **more: Any,
) -> UUID:
    """Return the id of notes of a meeting."""
    plan = InteractionPlan(
        "meeting", happened_on, title, shared_notes=shared_notes, private_notes=private_notes
    )
    return record_interaction(organisation_id=organisation_id, plan=plan, share=share, by=by, at=NOW, **more)


def make_promise_plan(owner_id: UUID, words: str = "Send the minutes", *, days: int = 30) -> PromisePlan:
    """Return a promise due so many days from today."""
    return PromisePlan(words, owner_id, TODAY + timedelta(days=days))


def make_partner(mark: str) -> dict[str, Any]:
    """Return the ids of a partner with shared notes, a priority, a promise and an income, its words marked."""
    group = make_organisation(f"Hearts number {next(_numbers)}")
    owner = make_person("owner", email=f"marked-account-promise-{mark}@example.org")
    note = make_note(
        group.id,
        title=f"First meeting {mark}",
        private_notes="markedprivate words",
        share=True,
        promises=[make_promise_plan(owner.id, f"Send the minutes {mark}")],
        priorities=[PriorityPlan(f"A number to ring {mark}", "first", "their chair")],
    )
    income = IncomeTerms(date(2025, 3, 31), 120_000_00, "Annual return")
    set_income(organisation_id=group.id, income=income, by=SYSTEM, at=NOW)
    found = Interaction.objects.get(id=note)
    return {
        "organisation_id": group.id, "interaction_id": note, "priority_id": found.priorities.get().id,
    }  # fmt: skip
