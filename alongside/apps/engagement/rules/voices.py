"""What counts as an answer, what a safe pseudonym looks like, and what makes a voice the same voice twice."""

import hashlib
import re

# Words people write, or software writes for them, where nothing was said.
BLANK_ANSWERS = frozenset(
    {
        "", "-", "--", ".", "..", "...", "n/a", "na", "n.a.", "n.a", "nil", "null", "blank", "did not answer",
        "no answer", "not answered", "no response", "no reply", "prefer not to say", "dim ateb", "heb ateb",
    }
)  # fmt: skip
SAFE_PSEUDONYM = re.compile(
    r"^(p|participant|patient|speaker|person|carer|moderator|facilitator|interviewer|researcher|interviewee)"
    r"[\s_#.-]*\d{0,4}$",
    re.IGNORECASE,
)


def is_blank_answer(text: str) -> bool:
    """Return whether nothing was said: the answer is kept, but never themed and never counted."""
    return text.strip().strip("\"'“”‘’").strip().rstrip(".").casefold() in BLANK_ANSWERS or not text.strip(
        " ."
    )


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
