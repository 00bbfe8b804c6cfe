"""What we promise partners: each promise is an action with an owner and a day."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.apps.actions.operations.actions import ActionPlan, start_action
from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Viewer, check, check_may
from alongside.apps.partnership.models import Promise
from alongside.apps.partnership.operations.relations.keeping import ensure_relationship, name_partner
from alongside.apps.partnership.operations.relations.priorities import check_is_theirs
from alongside.apps.partnership.rules.relations import check_happened, check_words

TITLE_LENGTH = 200


@dataclass(frozen=True)
class PromisePlan:
    """What we said we would do, who of us does it, and by when."""

    words: str
    owner_id: UUID
    due_on: date


@transaction.atomic
def make_promise(
    *,
    organisation_id: UUID,
    promise: PromisePlan,
    made_on: date,
    by: Viewer,
    at: datetime,
    interaction_id: UUID | None = None,
) -> UUID:
    """Keep a promise to a partner, and start the action that keeps it."""
    check_may(by, "keep_relations")
    words = check_words(promise.words, _("Write what we promised."), field="words", most=2000)
    check_happened(made_on, at.date())
    due = _("Enter the day until when: the day of the promise or later.")
    check(promise.due_on >= made_on, due, field="due_on")
    ensure_relationship(organisation_id, by, made_on, at)
    if interaction_id is not None:
        check_is_theirs(interaction_id, organisation_id, by)
    name = name_partner(organisation_id, by)
    action = start_action(
        plan=ActionPlan(
            title=words if len(words) <= TITLE_LENGTH else f"{words[: TITLE_LENGTH - 1]}…",
            description=words if len(words) > TITLE_LENGTH else "",
            owner_id=promise.owner_id,
            due_on=promise.due_on,
            partner_ids=[organisation_id],
        ),
        origin="promise",
        origin_note=_("Promised to %(name)s on %(day)s.") % {"name": name, "day": f"{made_on:%-d %B %Y}"},
        by=by,
        at=at,
    )
    kept = Promise.objects.create(
        organisation_id=organisation_id,
        interaction_id=interaction_id,
        action=action,
        words=words,
        made_on=made_on,
        made_by_id=by.person_id,
        made_at=at,
    )
    record_audit(by=by, at=at, operation="make_promise", on=kept)
    return kept.id
