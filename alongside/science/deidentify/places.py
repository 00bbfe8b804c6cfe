"""Where somebody can be reached: e-mail and web addresses, names in social media, streets with a number."""

import re
from collections.abc import Iterator

from alongside.science.values.redaction import DOUBTFUL, SURE, Span

TOP = r"(?:com|co|org|net|uk|gov|edu|info|io|me|ie|eu|fr|de|pl|wales|cymru|scot|biz|tv|app|example|test)"
AT = re.compile(r"@")
LOCAL = re.compile(r"[\w.+%'’\-]{1,64}\s?$")
DOMAIN = re.compile(r"[\w\-]{1,63}(?:\.[\w\-]{2,63}){1,5}", re.ASCII)
SPACED_DOMAIN = re.compile(rf"\s?[\w\-]{{1,63}}\s?\.\s?{TOP}(?:\s?\.\s?{TOP})?\b", re.ASCII | re.IGNORECASE)
PROVIDER = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|aol|btinternet|live|sky|nhs|me)\b", re.I
)
SPELT = re.compile(
    r"\b[\w.+\-]{1,64}\s?(?:\(at\)|\[at\]|\sat\s)\s?[\w\-]{2,63}(?:\s?(?:\(dot\)|\[dot\]|\sdot\s|\.)\s?[\w\-]{2,20})"
    r"{1,3}",
    re.IGNORECASE,
)
WEB = re.compile(r"(?<!\w)(?:https?://|www\.)[^\s<>\"“”]{2,500}", re.IGNORECASE)
BARE = re.compile(
    rf"(?<![\w@.])[a-z0-9\-]{{2,63}}(?:\.[a-z0-9\-]{{2,63}}){{0,4}}\.{TOP}/[^\s<>\"“”]{{1,300}}", re.I
)
PUBLIC_SITE = re.compile(
    r"(?:https?://)?(?:[\w\-]{1,63}\.){0,4}(?:nhs|gov)\.(?:uk|wales|scot)(?:$|[/?#:])", re.I
)
HANDLE = re.compile(r"(?<![\w@.+\-])@(?=\d{0,4}[^\W\d_])[\w.]{2,30}")
NAMED_HANDLE = re.compile(
    r"\b(?:insta(?:gram)?|twitter|facebook|fb|tik\s?tok|snap(?:chat)?|threads|bluesky|linkedin)\b"
    r"\s?(?:(?:handle|name|account|user\s?name|page)\s?)?(?:is|:|=|as|handle:)\s{0,2}@?([\w.]{3,30})",
    re.IGNORECASE,
)
NOT_HANDLES = frozenset(
    {"home", "work", "hospital", "night", "nhs", "nhsuk", "clinic", "reception", "the", "all"}
)

STRONG_STREET = (
    r"(?:Road|Rd|Street|Avenue|Ave|Lane|Ln|Close|Drive|Crescent|Cres|Gardens|Gdns|Terrace|Grove|Mews|Square)"
)
WEAK_STREET = r"(?:Way|Court|Place|Hill|Row|Rise|Walk|View|Park|Green|Parade|St|Croft|Meadow|Fields)"
FLAT = r"(?:(?:[Ff]lat|[Aa]pt|[Aa]partment)\s?\d{1,4}[A-Za-z]?,?\s{1,2})?"
STREET = re.compile(
    rf"(?<![\w.]){FLAT}\d{{1,4}}[A-Za-z]?,?\s{{1,2}}(?:[A-Z][\w'’\-]{{1,20}}\s{{1,2}}){{1,3}}"
    rf"(?:({STRONG_STREET})|{WEAK_STREET})\b"
)
WELSH_STREET = re.compile(
    r"(?<![\w.])\d{1,4}[A-Za-z]?,?\s(?:Heol|Ffordd|Stryd|Lôn|Maes|Rhodfa|Clos|Bryn|Cae|Tan)"
    r"(?:\s(?:y|yr|[A-Z][\w'’\-]{1,20})){1,3}"
)
LIVING = re.compile(
    rf"\b(?:live|lives|living|lived|address|home)\b\s?(?:is|:|at|in|was)?\s(?:at\s)?({FLAT}\d{{1,4}}[a-z]?,?\s"
    r"(?!min|hour|mile|day|week|month|year|km|metre|yard)(?:[a-z'’\-]{2,20}\s){1,3}"
    r"(?:road|rd|street|st|avenue|ave|lane|close|drive|crescent|gardens|terrace|grove|way|court))\b",
    re.IGNORECASE,
)


def find_addresses(text: str) -> Iterator[Span]:
    """Yield e-mail and web addresses, and names in social media."""
    for found in AT.finditer(text):
        yield from _find_email(text, found.start())
    for pattern in (WEB, BARE):
        for found in pattern.finditer(text):
            end = found.start() + len(found.group().rstrip(".,;:!?)]}'’"))
            if end > found.start() and not PUBLIC_SITE.match(text, found.start(), end):
                yield Span(found.start(), end, "web_address", SURE, "a web address")
    for found in HANDLE.finditer(text):
        if found.group()[1:].lower().rstrip(".") not in NOT_HANDLES:
            end = found.start() + len(found.group().rstrip("."))
            yield Span(found.start(), end, "handle", SURE, "a name in social media")


def _find_email(text: str, at: int) -> Iterator[Span]:
    local = LOCAL.search(text, max(0, at - 66), at)
    if local is None:
        return
    domain = DOMAIN.match(text, at + 1) or SPACED_DOMAIN.match(text, at + 1)
    if domain:
        yield Span(local.start(), domain.end(), "email", SURE, "an e-mail address")
    elif provider := PROVIDER.match(text, at + 1):
        yield Span(local.start(), provider.end(), "email", DOUBTFUL, "like an e-mail address without its end")


def find_spelt_addresses(text: str) -> Iterator[Span]:
    """Yield e-mail addresses written in words, and names in social media after the network's own."""
    for found in SPELT.finditer(text):
        words = found.group().lower()
        if re.search(rf"(?:dot\W{{0,2}}|\.\s?){TOP}$", words):
            sure = PROVIDER.search(words) or "dot" in words
            yield Span(*found.span(), "email", SURE if sure else DOUBTFUL, "an e-mail address in words")
    for found in NAMED_HANDLE.finditer(text):
        if re.search(r"[\d_.]", found.group(1)) or "@" in found.group():
            yield Span(*found.span(1), "handle", SURE, "a name in social media")
        elif re.search(r"handle|name|:", found.group()[: found.start(1) - found.start()]):
            yield Span(*found.span(1), "handle", DOUBTFUL, "a word after the name of a social network")


def find_streets(text: str) -> Iterator[Span]:
    """Yield a house number with its street."""
    for found in STREET.finditer(text):
        if found.group(1):
            yield Span(*found.span(), "address", SURE, "a house number with a street")
        else:
            yield Span(*found.span(), "address", DOUBTFUL, "a number with what may be a street")
    for found in WELSH_STREET.finditer(text):
        yield Span(*found.span(), "address", SURE, "a house number with a street")
    for found in LIVING.finditer(text):
        yield Span(*found.span(1), "address", DOUBTFUL, "after “live at”, what may be a street")
