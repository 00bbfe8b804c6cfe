"""Engagements, the persons who spoke, their voices with an exact place, what is covered in them, files coming in."""

from alongside.apps.engagement.models.concerns import (
    Concern,
    ConcernEvent,
    ConcernKind,
    ConcernProposal,
    Urgency,
)
from alongside.apps.engagement.models.engagements import Engagement, EngagementAccess
from alongside.apps.engagement.models.imports import ColumnMapping, Import, ImportProblem, StagedChange
from alongside.apps.engagement.models.landing import insert_rows
from alongside.apps.engagement.models.members import Member
from alongside.apps.engagement.models.public_forms import PublicForm, PublicQuestion, Receipt
from alongside.apps.engagement.models.redactions import (
    Redaction,
    RedactionDecision,
    RedactionProposal,
    StaffName,
    VoiceOriginal,
)
from alongside.apps.engagement.models.retention import EngagementDeletion, RetentionDate
from alongside.apps.engagement.models.speakers import Contact, Facts, Speaker
from alongside.apps.engagement.models.voices import Source, Voice

__all__ = [
    "ColumnMapping",
    "Concern",
    "ConcernEvent",
    "ConcernKind",
    "ConcernProposal",
    "Contact",
    "Engagement",
    "EngagementAccess",
    "EngagementDeletion",
    "Facts",
    "Import",
    "ImportProblem",
    "Member",
    "PublicForm",
    "PublicQuestion",
    "Receipt",
    "Redaction",
    "RedactionDecision",
    "RedactionProposal",
    "RetentionDate",
    "Source",
    "Speaker",
    "StaffName",
    "StagedChange",
    "Urgency",
    "Voice",
    "VoiceOriginal",
    "insert_rows",
]
