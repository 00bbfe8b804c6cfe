"""Money in whole pence: how people write it, and how we do."""

import re
from decimal import Decimal

from alongside.apps.base.rules.refused import Refused

SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}
MOST_PENCE = 10**12
_NUMBER = re.compile(r"^[-−]?\d{1,3}(?:[, \u00a0\u202f]\d{3})*(?:\.\d{1,2})?$|^[-−]?\d+(?:\.\d{1,2})?$")


def write_money(pence: int | None, currency: str = "GBP") -> str:
    """Return an amount as people read it, such as "£1,234.50"; whole pounds have no pence; nothing is a dash."""
    if pence is None:
        return "–"
    sign, whole = ("−" if pence < 0 else ""), abs(pence)
    words = f"{whole // 100:,}" if whole % 100 == 0 else f"{whole / 100:,.2f}"
    symbol = SYMBOLS.get(currency)
    return f"{sign}{symbol}{words}" if symbol else f"{sign}{words} {currency}"


def read_money(words: str, *, currency: str = "GBP", column: str = "amount") -> int:
    """Return an amount in pence, from "1234.5", "£1,234.50", "GBP 1 234.50" or "1,234.50".

    Raises Refused, naming the column and what would do, for anything that could be read in two ways ("1.234,50"),
    another currency's sign, three decimals, or more than ten thousand million pounds.
    """
    plain = words.strip()
    stripped = plain.removeprefix(currency).removesuffix(currency).strip()
    stripped = stripped.removeprefix(SYMBOLS.get(currency, "")).strip()
    if not _NUMBER.match(stripped):
        raise Refused(
            f"{column}: “{plain[:40]}” is not an amount in {currency}. Write it as 1234.50 or 1,234.50.",
            field=column,
        )
    cleaned = re.sub(r"[, \u00a0\u202f]", "", stripped).replace("−", "-")
    pence = int(Decimal(cleaned) * 100)
    if abs(pence) > MOST_PENCE:
        raise Refused(f"{column}: “{plain[:40]}” is too large to be right. Check the amount.", field=column)
    return pence
