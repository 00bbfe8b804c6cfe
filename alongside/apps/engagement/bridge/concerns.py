"""The rules that hear concerns, by when somebody must look, and mail that says how many wait."""

import smtplib
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files

import yaml
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from alongside.adapters.messages import compose_reminder
from alongside.science.concerns import Finder, find_deadline, is_working_day, load_rules
from alongside.science.values.concerns import ConcernRule, ProposedConcern

# The order matters: where two rules of a kind are as urgent, the one read first speaks.
RULE_FILES = ("urgent-harm", "safeguarding", "adverse-event", "product-complaint", "complaint")
# These print or keep a mail and deliver it to nobody.
NOT_DELIVERING = ("console", "dummy", "filebased")


def _read_content(*path: str) -> object:
    return yaml.safe_load(files("alongside.content").joinpath(*path).read_text("utf-8"))


@lru_cache
def list_concern_rules() -> tuple[ConcernRule, ...]:
    """Return the rules that listen for concerns, as the safety officer wrote them."""
    lists = _read_content("concerns", "words.yaml")
    contents = {name: _read_content("concerns", f"{name}.yaml") for name in RULE_FILES}
    return tuple(load_rules(lists, contents))  # type: ignore[arg-type]


@lru_cache
def _get_finder() -> Finder:
    return Finder(list_concern_rules())


def find_concerns(text: str) -> list[ProposedConcern]:
    """Return what the rules hear in a text that may not wait."""
    return _get_finder().find(text)


@lru_cache
def list_bank_holidays() -> frozenset[date]:
    """Return the days on which nobody is expected to look."""
    content = _read_content("calendar", "bank-holidays-england-wales.yaml")
    return frozenset(one["day"] for one in content["holidays"])  # type: ignore[index]


def count_working_days(kind: str) -> int:
    """Return within how many working days somebody must look at a concern of this kind."""
    return int(settings.CONCERN_WORKING_DAYS.get(kind, settings.CONCERN_WORKING_DAYS["default"]))


def find_due_at(kind: str, arrived_at: datetime) -> datetime:
    """Return by when somebody must have looked at a concern that arrived at a moment."""
    return find_deadline(timezone.localtime(arrived_at), count_working_days(kind), list_bank_holidays())


def is_day_of_work(on: date) -> bool:
    """Return whether people work on a day."""
    return is_working_day(on, list_bank_holidays())


def delivers_mail() -> bool:
    """Return whether mail leaves this installation; printing it counts in the demonstration only."""
    backend = settings.EMAIL_BACKEND.lower()
    return bool(settings.DEMO) or not any(name in backend for name in NOT_DELIVERING)


def send_reminder(*, to: str, waiting: int, late: int, link: str) -> bool:
    """Send how many concerns wait, and where; return whether the mail server took it."""
    letter = compose_reminder(to=to, waiting=waiting, late=late, link=link, sender=settings.BRAND["name"])
    mail = EmailMessage(letter.subject, letter.body, to=[letter.to], headers=dict(letter.headers))
    try:
        return bool(mail.send())
    except (OSError, smtplib.SMTPException):
        return False
