"""Forms of the insight room; they check input and never save."""

from alongside.apps.insight.forms.decisions import DecisionForm, FindThemesForm, Typed
from alongside.apps.insight.forms.insights import (
    BackForm,
    ConfirmationForm,
    FigureForm,
    InsightForm,
    ListForm,
    QuoteForm,
    ReasonForm,
)

__all__ = [
    "BackForm",
    "ConfirmationForm",
    "DecisionForm",
    "FigureForm",
    "FindThemesForm",
    "InsightForm",
    "ListForm",
    "QuoteForm",
    "ReasonForm",
    "Typed",
]
