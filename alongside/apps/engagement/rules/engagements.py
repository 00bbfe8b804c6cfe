"""When an engagement takes voices, and what a public form must have."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from alongside.apps.base.rules import Refused, check

MOST_QUESTIONS = 5
MOST_ANSWERS_IN_TEN_MINUTES = 120


def check_dates(starts_on: date | None, ends_on: date | None) -> None:
    """Raise Refused where an engagement would end before it starts."""
    check(starts_on is not None, _("Enter the day it starts."), field="starts_on")
    check(
        ends_on is None or starts_on is None or ends_on >= starts_on,
        _("It cannot end before it starts. Change one of the two dates."),
        field="ends_on",
    )


def check_open(closed_at: datetime | None) -> None:
    """Raise Refused where an engagement is closed and takes no more voices."""
    check(closed_at is None, _("This engagement is closed. Open it again to bring in voices."))


def check_questions(questions: Sequence[str]) -> None:
    """Raise Refused unless there are one to five questions, each said once."""
    words = [question.strip() for question in questions]
    check(bool(words) and all(words), _("Write at least one question."), field="question_1")
    check(
        len(words) <= MOST_QUESTIONS,
        _("Ask at most five questions: fewer questions get longer answers."),
        field="question_5",
    )
    folded = [word.casefold() for word in words]
    check(
        len(set(folded)) == len(folded),
        _("Two of the questions are the same. Change one of them."),
        field="question_1",
    )


def check_public_form_open(
    opens_on: date, closes_on: date | None, closed_at: datetime | None, on: date
) -> None:
    """Raise Refused where a public form does not take answers today."""
    if on < opens_on:
        raise Refused(
            _("This page is not open yet. Please come back on %(day)s.") % {"day": f"{opens_on:%d/%m/%Y}"}
        )
    if closed_at is not None or (closes_on is not None and on > closes_on):
        raise Refused(_("This page is closed. Thank you for wanting to help."))


def check_rate(answers_lately: int) -> None:
    """Raise Refused where more answers arrive at once than people send; no address is kept to find that out."""
    check(
        answers_lately < MOST_ANSWERS_IN_TEN_MINUTES,
        _("Very many answers are arriving right now. Yours are still here: please send them in ten minutes."),
    )


def hash_receipt_code(code: str) -> str:
    """Return the digest of a receipt code, however it was typed."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
