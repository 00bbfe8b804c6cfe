"""Relations, contacts, funding, paid work, payments, events, joint projects and disclosure."""

from alongside.apps.partnership.models.changes import (
    ChangeRequest,
)
from alongside.apps.partnership.models.contact_imports import (
    ContactImport,
    ContactImportEffect,
    ContactImportRow,
)
from alongside.apps.partnership.models.contacts import (
    ContactPerson,
)
from alongside.apps.partnership.models.disclosed import (
    DisclosureCorrection,
    DisclosurePeople,
    DisclosureRow,
    DisclosureSnapshot,
    DisclosureTotal,
)
from alongside.apps.partnership.models.disclosures import (
    Disclosure,
    DisclosureCheck,
    DisclosureEvent,
    MethodNote,
)
from alongside.apps.partnership.models.events import (
    AgendaItem,
    Event,
    EventChange,
    EventCost,
    EventReport,
)
from alongside.apps.partnership.models.funding import (
    FundingCriteria,
    FundingEvent,
    FundingReport,
    FundingRequest,
    FundingReview,
    FundingScore,
)
from alongside.apps.partnership.models.giving import (
    GivingFile,
    GivingProblem,
    PublishedGrant,
)
from alongside.apps.partnership.models.independence import (
    HandsOff,
    HandsOffAnswer,
    HandsOffReply,
    OtherFunder,
)
from alongside.apps.partnership.models.merging import (
    DuplicateProposal,
    Merge,
    MergedValue,
    MergeKind,
    TwoAfterAll,
)
from alongside.apps.partnership.models.payments import (
    Payment,
    PaymentEvent,
    PaymentNumber,
)
from alongside.apps.partnership.models.projects import (
    AimAgreement,
    JointProject,
    ProjectAim,
    ProjectChange,
    ProjectContribution,
    ProjectEvaluation,
    ProjectMeasure,
    ProjectMeeting,
)
from alongside.apps.partnership.models.reconciling import (
    ReconciliationFile,
    ReconciliationRow,
)
from alongside.apps.partnership.models.registrations import (
    CalendarFeed,
    Registration,
)
from alongside.apps.partnership.models.relations import (
    Interaction,
    NoteAnswer,
    Priority,
    PriorityEvent,
    Promise,
    RegularContact,
    Relationship,
)
from alongside.apps.partnership.models.services.claims import (
    ExpenseLine,
    ServiceClaim,
)
from alongside.apps.partnership.models.services.needs import (
    ServiceNeed,
    ServiceNumber,
)
from alongside.apps.partnership.models.services.offers import (
    NoticeReading,
    ServiceEvent,
    ServiceOffer,
)
from alongside.apps.partnership.models.services.rates import (
    RateCard,
    RateLine,
    RateScheme,
)

__all__ = [
    "AgendaItem",
    "AimAgreement",
    "CalendarFeed",
    "ChangeRequest",
    "ContactImport",
    "ContactImportEffect",
    "ContactImportRow",
    "ContactPerson",
    "Disclosure",
    "DisclosureCheck",
    "DisclosureCorrection",
    "DisclosureEvent",
    "DisclosurePeople",
    "DisclosureRow",
    "DisclosureSnapshot",
    "DisclosureTotal",
    "DuplicateProposal",
    "Event",
    "EventChange",
    "EventCost",
    "EventReport",
    "ExpenseLine",
    "FundingCriteria",
    "FundingEvent",
    "FundingReport",
    "FundingRequest",
    "FundingReview",
    "FundingScore",
    "GivingFile",
    "GivingProblem",
    "HandsOff",
    "HandsOffAnswer",
    "HandsOffReply",
    "Interaction",
    "JointProject",
    "Merge",
    "MergeKind",
    "MergedValue",
    "MethodNote",
    "NoteAnswer",
    "NoticeReading",
    "OtherFunder",
    "Payment",
    "PaymentEvent",
    "PaymentNumber",
    "Priority",
    "PriorityEvent",
    "ProjectAim",
    "ProjectChange",
    "ProjectContribution",
    "ProjectEvaluation",
    "ProjectMeasure",
    "ProjectMeeting",
    "Promise",
    "PublishedGrant",
    "RateCard",
    "RateLine",
    "RateScheme",
    "ReconciliationFile",
    "ReconciliationRow",
    "Registration",
    "RegularContact",
    "Relationship",
    "ServiceClaim",
    "ServiceEvent",
    "ServiceNeed",
    "ServiceNumber",
    "ServiceOffer",
    "TwoAfterAll",
]
