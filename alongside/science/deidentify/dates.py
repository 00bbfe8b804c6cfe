"""Dates of birth: a date beside words that say so; every other date stays."""

import re
from collections.abc import Iterator

from alongside.science.values.redaction import DOUBTFUL, SURE, Span

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd"
    r"|rhagfyr)"
)
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = re.compile(
    rf"(?<!\d)(?:\d{{1,2}}\s?[./\-]\s?\d{{1,2}}\s?[./\-]\s?(?:\d{{4}}|\d{{2}})|\d{{4}}-\d{{1,2}}-\d{{1,2}}"
    rf"|{DAY}\s{{0,2}}(?:of\s)?{MONTH}\b[\s,'’]{{0,3}}(?:\d{{4}}|\d{{2}})"
    rf"|{MONTH}\s{{1,2}}{DAY},?\s{{1,2}}\d{{4}}|{MONTH}\s{{1,2}}(?:of\s)?\d{{4}})(?!\d)",
    re.IGNORECASE,
)
BIRTH = (
    r"(?:\bd\.?\s?o\.?\s?b\b\.?|\bdate of birth\b|\bbirth\s?date\b|\bbirth\s?day\b|\bb-?day\b|\bborn\b"
    r"|\bganwyd\b|\bdyddiad geni\b)"
)
ANY_BIRTH = re.compile(r"d\.?\s?o\.?\s?b|birth|b-?day|born|ganwyd|geni", re.IGNORECASE)
BIRTH_BEFORE = re.compile(rf"{BIRTH}[^\d.!?\x1f]{{0,25}}$", re.IGNORECASE)
BIRTH_AFTER = re.compile(
    r"[^\d.!?\x1f]{0,20}(?:\bd\.?o\.?b\b|\bdate of birth\b|\bbirth\s?day\b|\bbirth\s?date\b)", re.IGNORECASE
)
SOLID = re.compile(r"\bd\.?o\.?b\.?\W{1,3}(?:is\s)?(\d{8}|\d{6}|\d{4})(?!\w)", re.IGNORECASE)
BEFORE = 45


def find_dates_of_birth(text: str) -> Iterator[Span]:
    """Yield dates beside “born”, “date of birth” or “birthday”."""
    if not ANY_BIRTH.search(text):
        return
    for found in DATE.finditer(text):
        before = text[max(0, found.start() - BEFORE) : found.start()]
        if BIRTH_BEFORE.search(before) or BIRTH_AFTER.match(text, found.end()):
            yield Span(
                *found.span(), "date_of_birth", SURE, "a date beside “born”, “birthday” or “date of birth”"
            )
    for found in SOLID.finditer(text):
        certainty = DOUBTFUL if len(found.group(1)) == 4 else SURE
        yield Span(*found.span(1), "date_of_birth", certainty, "digits right after “date of birth”")
