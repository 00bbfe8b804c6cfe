"""Engagements, the persons who spoke, their voices with an exact place, and files on their way in."""

from alongside.apps.engagement.models.engagements import (
    Engagement,
    EngagementAccess,
    PublicForm,
    PublicQuestion,
)
from alongside.apps.engagement.models.imports import ColumnMapping, Import, ImportProblem, StagedVoice
from alongside.apps.engagement.models.members import Member
from alongside.apps.engagement.models.speakers import Contact, Speaker
from alongside.apps.engagement.models.voices import Source, Voice

__all__ = [
    "ColumnMapping",
    "Contact",
    "Engagement",
    "EngagementAccess",
    "Import",
    "ImportProblem",
    "Member",
    "PublicForm",
    "PublicQuestion",
    "Source",
    "Speaker",
    "StagedVoice",
    "Voice",
]
