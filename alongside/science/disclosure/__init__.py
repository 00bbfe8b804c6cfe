"""Counts of people that may leave the team: small ones hidden, the rest rounded, totals included."""

from alongside.science.disclosure.protection import HIDDEN, ProtectedCount, protect_count

__all__ = ["HIDDEN", "ProtectedCount", "protect_count"]
