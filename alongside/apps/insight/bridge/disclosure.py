"""Counts of people as they may be shown: small ones hidden, the rest rounded."""

from alongside.science.disclosure import protect_count


def protect_words(count: int) -> str:
    """Return a count of people in words that reveal nobody."""
    return protect_count(count).words
