"""Numbers that point to one person: by their form, their check digit, and the words around them."""

import re
from collections.abc import Iterator

from alongside.science.deidentify.lists import words_of
from alongside.science.values.redaction import DOUBTFUL, SURE, Span

BEFORE, AFTER = 40, 25

NHS = re.compile(r"(?<!\d)\d(?:[ .\-]{0,2}\d){9}(?!\d)")
NHS_SHAPE = re.compile(r"\d{10}|\d{3}[ \-]{1,2}\d{3}[ \-]{1,2}\d{4}")
NHS_WORDS = re.compile(
    r"\bnhs\b\W{0,3}(?:no\b|num|nr\b|#|id\b|is\b|was\b|[:\-]|$)|\bn\.h\.s|\bchi\b|\bh\s?&\s?c\b|health and care n"
    r"|rhif (?:y )?(?:gig|nhs)",
    re.IGNORECASE,
)
UK_PHONE = re.compile(
    r"(?<![\w£$€])(?<!\d[.,/\-])(?:\+\s?44|0044|\(\+?44\)|(?=44[\s\-]{0,2}[12378]\d)44|\(?(?=0))"
    r"(?:[\s.()\-–]{0,3}\d){9,13}"
)
FOREIGN_PHONE = re.compile(
    r"(?<!\w)(?:\+\s?(?!\s?44)[1-9]|00\s?(?!44)[1-9])(?:[\s.()\-–]{0,3}\d){8,13}(?!\d)"
)
SHORT_PHONE = re.compile(r"(?<![\w£$€])(?<!\d[.,])\d{3,5}[\s\-]{0,2}\d{3,4}(?:[\s\-]{0,2}\d{3,4})?(?![\w%])")
PHONE_WORDS = re.compile(
    r"\b(?:tel|telephone|phone|ring|rang|call|called|mobile|mob|cell|landline|whatsapp|text|fax|ffon|ffoniwch)"
    r"\b[^\d.!?\x1f]{0,20}$",
    re.IGNORECASE,
)
EXTENSION = re.compile(r"\s{0,2},?\s{0,2}(?:ext\.?|extension|x)\s{0,2}\d{1,6}(?!\w|[\s\-]\d)", re.IGNORECASE)
LONE_EXTENSION = re.compile(
    r"\b(?:ext\.?|extension)\s{0,2}(?:no\.?|number)?\s{0,2}(\d{3,6})(?!\w)", re.IGNORECASE
)
SPOKEN_DIGIT = (
    r"(?:zero|nought|naught|oh|one|two|three|four|five|six|seven|eight|nine|double|treble|triple|o)"
)
SPOKEN = re.compile(rf"\b{SPOKEN_DIGIT}(?:[\s,.\-]{{1,3}}{SPOKEN_DIGIT}\b){{6,24}}", re.IGNORECASE)
DATE_START = re.compile(r"\d{1,2}[./\-]\d{1,2}[./\-]\d{2,4}(?!\d)")

AREAS = words_of(
    "AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK"
    " FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN"
    " NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW"
    " UB W WA WC WD WF WN WR WS WV YO ZE"
)
POSTCODE = re.compile(
    r"(?<!\w)([A-Z]{1,2})(\d[A-Z\d]?)(\s{0,2})(\d)([ABD-HJLNP-UW-Z]{2})(?!\w)", re.IGNORECASE
)
# After a digit these are ordinal endings and units: "B4 3rd floor", "B12 5ug".
NOT_INWARD = frozenset({"st", "nd", "rd", "th", "ug", "hr", "yr", "lb", "pt", "gb", "gp", "ed", "xl", "ft"})

NI = re.compile(
    r"(?<!\w)([A-Z]{2})([ \-]{0,2})"
    r"\d{2}[ \-]{0,2}\d{2}[ \-]{0,2}\d{2}[ \-]{0,2}([A-D])?(?!\w)",
    re.IGNORECASE,
)
NI_PREFIX = re.compile(r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]", re.IGNORECASE)
NI_WORDS = re.compile(r"national ins|\bnino?\b|\bn\.?i\.?\b|yswiriant", re.IGNORECASE)

RECORD = re.compile(
    r"\b(?:(hosp(?:ital)?|patient|mrn|pas)|unit|clinic|case|record|ref(?:erence)?|complaint|datix|policy|passport)"
    r"(?:\s?(?:no\b\.?|num(?:ber)?\b|id\b|ref\b)|(?<=mrn))\s{0,2}(?:is|was|:|=|-|#)?\s{0,2}"
    r"([a-z]{0,3}[\-/ ]?\d[\da-z/\-]{3,11})(?!\w)",
    re.IGNORECASE,
)


def has_right_check_digit(digits: str) -> bool:
    """Return whether ten digits end in the check digit of an NHS number (modulus 11)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def find_numbers(text: str) -> Iterator[Span]:
    """Yield every number of a person; what needs more digits than the text holds is not looked for."""
    digits = sum(map(str.isdigit, text))
    for fewest, find in (
        (2, find_postcodes),
        (3, find_phones),
        (4, find_record_numbers),
        (6, find_ni_numbers),
        (10, find_nhs_numbers),
    ):
        if digits >= fewest:
            yield from find(text)


def find_nhs_numbers(text: str) -> Iterator[Span]:
    """Yield NHS numbers: sure by check digit and context, doubtful by one of the two."""
    for found in NHS.finditer(text):
        start, end = found.span()
        digits = only_digits(found.group())
        is_right = has_right_check_digit(digits)
        before = text[max(0, start - BEFORE) : start]
        is_named = bool(NHS_WORDS.search(before) or NHS_WORDS.search(text[end : end + AFTER]))
        if is_named and is_right:
            yield Span(
                start, end, "nhs_number", SURE, "ten digits with the right check digit, beside “NHS number”"
            )
        elif is_named:
            yield Span(
                start, end, "nhs_number", DOUBTFUL, "beside “NHS number”, but its check digit is wrong"
            )
        elif is_right and digits[0] != "0" and NHS_SHAPE.fullmatch(found.group()):
            yield Span(start, end, "nhs_number", DOUBTFUL, "ten digits with the check digit of an NHS number")


def find_phones(text: str) -> Iterator[Span]:
    """Yield phone numbers in all the ways they are written."""
    yield from _find_uk_phones(text)
    for found in FOREIGN_PHONE.finditer(text):
        if 9 <= len(only_digits(found.group())) <= 15 and _longest_group(found.group()) > 1:
            yield Span(*found.span(), "phone", SURE, "a number with a country's code")
    for found in SHORT_PHONE.finditer(text):
        before = text[max(0, found.start() - BEFORE) : found.start()]
        if len(only_digits(found.group())) >= 6 and PHONE_WORDS.search(before):
            yield Span(*found.span(), "phone", DOUBTFUL, "a number after “ring” or “phone”, without its area")
    for found in LONE_EXTENSION.finditer(text):
        yield Span(*found.span(1), "phone", SURE, "an extension")


def _find_uk_phones(text: str) -> Iterator[Span]:
    place = 0
    while found := UK_PHONE.search(text, place):
        place = found.start() + 1
        end = _end_of_uk_phone(found)
        if end is None or DATE_START.match(text, found.start()):
            continue
        before = text[max(0, found.start() - BEFORE) : found.start()]
        if _longest_group(text[found.start() : end]) < 2 and not PHONE_WORDS.search(before):
            continue  # somebody counts
        extension = EXTENSION.match(text, end)
        end = place = extension.end() if extension else end
        yield Span(found.start(), end, "phone", SURE, "a phone number of this country")


def _end_of_uk_phone(found: re.Match[str]) -> int | None:
    """Return where the number ends: after ten or eleven digits, counted from its 0; None where it is none."""
    text = found.group()
    places = [place for place, letter in enumerate(text) if letter.isdigit()]
    digits = "".join(text[place] for place in places)
    skipped = 4 if digits.startswith("0044") else 2 if digits.startswith("44") else 0
    national = digits[skipped:]
    trunk = 1 if national.startswith("0") else 0
    if national[trunk : trunk + 1] not in tuple("1235789"):
        return None
    for wanted in (10, 9):
        last = skipped + trunk + wanted - 1
        if last < len(places):
            end = found.start() + places[last] + 1
            if not found.string[end : end + 1].isalnum():
                return end
    return None


def _longest_group(text: str) -> int:
    return max((len(group) for group in re.findall(r"\d+", text)), default=0)


def find_spoken_numbers(text: str) -> Iterator[Span]:
    """Yield phone numbers said in words, as in a transcript."""
    for found in SPOKEN.finditer(text):
        words = re.findall(r"[a-z]+", found.group().lower())
        digits = len(words) + words.count("treble") + words.count("triple")
        before = text[max(0, found.start() - BEFORE) : found.start()]
        if words[0] in ("oh", "o", "zero", "nought", "naught") and digits >= 9:
            yield Span(*found.span(), "phone", SURE, "a phone number said in words")
        elif PHONE_WORDS.search(before):
            yield Span(*found.span(), "phone", DOUBTFUL, "digits said in words, after “ring” or “phone”")


def find_postcodes(text: str) -> Iterator[Span]:
    """Yield whole postcodes; the first half alone names a town, not a person."""
    for found in POSTCODE.finditer(text):
        area, unit = found.group(1), found.group(5)
        if area.upper() in AREAS and unit not in NOT_INWARD:
            yield Span(*found.span(), "postcode", SURE, "a whole postcode")


def find_ni_numbers(text: str) -> Iterator[Span]:
    """Yield National Insurance numbers."""
    for found in NI.finditer(text):
        prefix, gap, suffix = found.groups()
        is_named = bool(NI_WORDS.search(text[max(0, found.start() - BEFORE) : found.start()]))
        if not is_named and not NI_PREFIX.fullmatch(prefix):
            continue
        if is_named or (suffix and (prefix.isupper() or not gap)):
            yield Span(*found.span(), "ni_number", SURE, "the form of a National Insurance number")
        elif suffix:
            yield Span(
                *found.span(), "ni_number", DOUBTFUL, "like a National Insurance number, in small letters"
            )


def find_record_numbers(text: str) -> Iterator[Span]:
    """Yield numbers of a record, where words say so."""
    for found in RECORD.finditer(text):
        certainty = SURE if found.group(1) else DOUBTFUL
        yield Span(*found.span(2), "record_number", certainty, "after words such as “hospital number”")


def only_digits(text: str) -> str:
    """Return the digits of a text, as they are."""
    return "".join(letter for letter in text if letter.isdigit())
