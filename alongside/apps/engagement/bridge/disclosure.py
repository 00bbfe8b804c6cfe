"""Counts that may leave the team."""

from alongside.science.disclosure import protect_count


def protect_number(count: int) -> str:
    """Return a count of people as a page outside the team may show it: small ones hidden, the rest rounded."""
    return protect_count(count).words
