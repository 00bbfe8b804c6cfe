"""Forms of the insight room; they check input and never save."""

from alongside.apps.insight.forms.decisions import DecisionForm, FindThemesForm, Typed

__all__ = ["DecisionForm", "FindThemesForm", "Typed"]
