"""Writes about relationships: keeping them, notes, priorities, promises."""

from alongside.apps.partnership.operations.relations.judging import judge_relationships
from alongside.apps.partnership.operations.relations.keeping import (
    RelationshipPlan,
    end_relationship,
    keep_relationship,
    remind_later,
    reopen_relationship,
)
from alongside.apps.partnership.operations.relations.notes import (
    InteractionPlan,
    answer_notes,
    change_interaction,
    record_interaction,
    share_notes,
)
from alongside.apps.partnership.operations.relations.priorities import (
    PriorityPlan,
    move_priority,
    record_priority,
)
from alongside.apps.partnership.operations.relations.promises import PromisePlan, make_promise

__all__ = [
    "InteractionPlan",
    "PriorityPlan",
    "PromisePlan",
    "RelationshipPlan",
    "answer_notes",
    "change_interaction",
    "end_relationship",
    "judge_relationships",
    "keep_relationship",
    "make_promise",
    "move_priority",
    "record_interaction",
    "record_priority",
    "remind_later",
    "reopen_relationship",
    "share_notes",
]
