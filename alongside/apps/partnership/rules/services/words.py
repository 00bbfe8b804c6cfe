"""Words that people type about paid work: something is there, not too much, and no bank details."""

from alongside.apps.base.rules import check
from alongside.apps.base.rules.bank_details import check_no_bank_details


def check_words(words: str, *, what: str, field: str, most: int = 2000, needed: bool = True) -> str:
    """Return the words without outer blanks; refuse none where some are needed, too many, and bank details."""
    kept = words.strip()
    check(bool(kept) or not needed, f"Write {what}.", field=field)
    check(len(kept) <= most, f"This is {len(kept)} characters long; the most is {most}.", field=field)
    check_no_bank_details(kept, field=field)
    return kept
