"""Counts that may leave the team: small ones hidden, the rest rounded, totals never giving a part away."""

from alongside.science.disclosure.protection import HIDDEN, ProtectedCount, protect_count
from alongside.science.disclosure.sums import Bounds, Sum, protect_sums, subtract_all

__all__ = [
    "HIDDEN",
    "Bounds",
    "ProtectedCount",
    "Sum",
    "protect_count",
    "protect_sums",
    "subtract_all",
]
