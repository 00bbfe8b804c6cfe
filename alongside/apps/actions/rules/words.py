"""Checks on words that leave the house, and the secrets of private links."""

import hashlib
import secrets
from datetime import datetime, timedelta

from alongside.apps.base.rules import check

LINK_LASTS = timedelta(days=60)
VISIT_LASTS = timedelta(minutes=30)
CODE_LASTS = timedelta(minutes=10)
CODE_TRIES = 5
MOST_CODES_AN_HOUR = 4
MOST_CODES_A_LINK = 20  # 100 tries in a million, however long somebody holds the link


def make_token() -> str:
    """Return a new secret for a private link, 256 random bits."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """Return what is kept of a token: its SHA-256. A random token of 256 bits needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_code() -> str:
    """Return a new one-time code of six digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


def check_plain_text(words: str, *, what: str, field: str, most: int = 4000) -> str:
    """Return the words without outer blanks; refuse none at all or more than can be read."""
    kept = words.strip()
    check(bool(kept), f"Write {what}.", field=field)
    check(len(kept) <= most, f"This is {len(kept)} characters long; the most is {most}.", field=field)
    return kept


def check_not_sent(sent_at: datetime | None) -> None:
    """Refuse to change a message that somebody may already have read."""
    check(sent_at is None, "This message has been sent. Write a new one instead; both stay in the history.")


def check_story_is_complete(*, title: str, heard: str, did: str) -> None:
    """Refuse to publish a story that leaves out what was heard or what was done."""
    check(bool(title.strip()), "Give the public page a title.", field="title")
    check(bool(heard.strip()), "Say in your own words what you heard.", field="heard")
    check(bool(did.strip()), "Say what you did, or why you will not.", field="did")
