"""What counts as an answer, what a safe pseudonym looks like, and what makes a voice the same voice twice."""

import hashlib
import re
import unicodedata
from functools import cache
from importlib.resources import files

import yaml

from alongside.apps.base.rules import check

APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})

SAFE_PSEUDONYM = re.compile(
    r"^(p|participant|patient|speaker|person|carer|moderator|facilitator|interviewer|researcher|interviewee)"
    r"[\s_#.-]*\d{0,4}$",
    re.IGNORECASE,
)


@cache
def _load_blank_answers() -> frozenset[str]:
    """Return the phrases that say nothing: the same list the theme engine reads."""
    lists = yaml.safe_load((files("alongside.content") / "themes" / "words-en.yaml").read_text("utf-8"))
    return frozenset(lists["blank"])


def is_blank_answer(text: str) -> bool:
    """Return whether nothing was said: the answer is kept, but never themed and never counted.

    A symbol such as 👍 is an answer, and so are "no", "none" and "nothing".
    """
    folded = " ".join(text.casefold().translate(APOSTROPHES).split())
    kept = [place for place, letter in enumerate(folded) if not _is_mark(letter)]
    return not kept or folded[kept[0] : kept[-1] + 1] in _load_blank_answers()


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PZC" or letter in "+=|~^`<>$"


def is_safe_pseudonym(name: str) -> bool:
    """Return whether a speaker's name in a file is plainly a label ("P3", "Moderator") and not somebody's name."""
    return bool(SAFE_PSEUDONYM.match(name.strip()))


def make_id_key(external_id: str, column: str) -> str:
    """Return what identifies an answer that has an id; `column` is empty for the first text column."""
    return hashlib.sha256(f"id\x1f{external_id}\x1f{column}".encode()).hexdigest()


def make_file_key(file_sha256: str, place: int, column: str) -> str:
    """Return what identifies an answer without an id: the file, its row or turn, and its column.

    The place comes right after the file, so that the keys of one file append to their index in order.
    """
    column_mark = hashlib.sha256(column.encode()).hexdigest()[:20] if column else "0" * 20
    return f"{file_sha256[:32]}{place:012x}{column_mark}"


def check_rows_may_leave(*, with_facts: bool, picks_by_facts: bool) -> None:
    """Refuse a download picked by facts of persons to those who may not take facts out: the pick tells the fact."""
    check(
        with_facts or not picks_by_facts,
        "These rows were picked by what people said about themselves, and your role cannot take that out of the team. "
        "Remove those filters and download again, or ask an analyst.",
    )
