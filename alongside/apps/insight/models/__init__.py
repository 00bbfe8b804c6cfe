"""What a machine proposed, what a person decided (in different tables), and insights with their evidence."""

from alongside.apps.insight.models.decisions import (
    Dissent,
    Placement,
    PlacementChange,
    Theme,
    ThemeDecision,
)
from alongside.apps.insight.models.insights import Evidence, Insight, InsightVoucher, PatientConfirmation
from alongside.apps.insight.models.looking import LookAgain
from alongside.apps.insight.models.proposals import (
    ProposedPlacement,
    ProposedQuote,
    ProposedTheme,
    ThemeRun,
    counting,
)

__all__ = [
    "Dissent",
    "Evidence",
    "Insight",
    "InsightVoucher",
    "LookAgain",
    "PatientConfirmation",
    "Placement",
    "PlacementChange",
    "ProposedPlacement",
    "ProposedQuote",
    "ProposedTheme",
    "Theme",
    "ThemeDecision",
    "ThemeRun",
    "counting",
]
