"""Relations, funding, payments, events, joint projects and disclosure."""

from alongside.apps.partnership.models.events import (
    AgendaItem,
    Event,
    EventChange,
    EventCost,
    EventReport,
)
from alongside.apps.partnership.models.payments import Payment, PaymentEvent
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
from alongside.apps.partnership.models.registrations import CalendarFeed, Registration

__all__ = [
    "AgendaItem",
    "AimAgreement",
    "CalendarFeed",
    "Event",
    "EventChange",
    "EventCost",
    "EventReport",
    "JointProject",
    "Payment",
    "PaymentEvent",
    "ProjectAim",
    "ProjectChange",
    "ProjectContribution",
    "ProjectEvaluation",
    "ProjectMeasure",
    "ProjectMeeting",
    "Registration",
]
