"""Relations, funding, payments, events, joint projects and disclosure."""

from alongside.apps.partnership.models.changes import ChangeRequest
from alongside.apps.partnership.models.contact_imports import (
    ContactImport,
    ContactImportEffect,
    ContactImportRow,
)
from alongside.apps.partnership.models.contacts import ContactPerson
from alongside.apps.partnership.models.merging import (
    DuplicateProposal,
    Merge,
    MergedValue,
    MergeKind,
    TwoAfterAll,
)
from alongside.apps.partnership.models.payments import Payment, PaymentEvent
from alongside.apps.partnership.models.relations import (
    Interaction,
    NoteAnswer,
    Priority,
    PriorityEvent,
    Promise,
    RegularContact,
    Relationship,
)

__all__ = [
    "ChangeRequest",
    "ContactImport",
    "ContactImportEffect",
    "ContactImportRow",
    "ContactPerson",
    "DuplicateProposal",
    "Interaction",
    "Merge",
    "MergeKind",
    "MergedValue",
    "NoteAnswer",
    "Payment",
    "PaymentEvent",
    "Priority",
    "PriorityEvent",
    "Promise",
    "RegularContact",
    "Relationship",
    "TwoAfterAll",
]
