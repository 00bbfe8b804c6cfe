"""Words that hold somebody's bank details: finance holds those, and no other place ever does."""

import re

from alongside.apps.base.rules.refused import check

_SORT_CODE = re.compile(r"(?<![\d-])\d{2}[-– ]?\d{2}[-– ]?\d{2}(?![\d-])")
_ACCOUNT = re.compile(r"(?<!\d)(?:\d{8}|\d{4} \d{4})(?!\d)")
_NAMED = re.compile(
    r"\b(?:sort\s*code|account\s*(?:number|no\.?|num)|a/c\s*(?:no\.?)?|iban)\W{0,4}(?:is\W{1,3})?(?=(?:[\W_]*\d){6})",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}\b", re.IGNORECASE)
_NEAR = 30  # how far apart a sort code and an account number may stand and still belong together
# How long an IBAN is, by country (ISO 13616); a text that only begins like one is not one.
_IBAN_LENGTHS = {
    "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24, "FI": 18,
    "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20, "LU": 20,
    "LV": 21, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24,
}  # fmt: skip


def find_bank_details(words: str) -> str:
    """Return which bank details a text seems to hold, in words, or "" where it holds none."""
    if any(_is_iban(found.group()) for found in _IBAN.finditer(words)):
        return "an IBAN"
    if _NAMED.search(words):
        return "a sort code or an account number"
    for sort_code in _SORT_CODE.finditer(words):
        around = words[max(0, sort_code.start() - _NEAR) : sort_code.end() + _NEAR]
        rest = around.replace(sort_code.group(), " / ", 1)
        if _ACCOUNT.search(rest):
            return "a sort code and an account number"
    return ""


def check_no_bank_details(words: str, *, field: str = "") -> None:
    """Refuse a text that seems to hold bank details, and say where they belong."""
    found = find_bank_details(words)
    check(
        not found,
        f"This seems to hold {found}. Bank details are never kept here: take them out, and give them to finance "
        "by the way finance has agreed with the payee.",
        field=field,
    )


def _is_iban(text: str) -> bool:
    """Say whether letters and digits begin with an IBAN: moved and counted as ISO 13616 says, they leave one."""
    plain = re.sub(r"[ -]", "", text).upper()
    length = _IBAN_LENGTHS.get(plain[:2], 0)
    if not length or len(plain) < length:
        return False
    moved = plain[4:length] + plain[:4]
    return int("".join(str(int(letter, 36)) for letter in moved)) % 97 == 1
