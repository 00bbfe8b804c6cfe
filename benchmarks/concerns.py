"""How well the rules hear what cannot wait: recall and precision by kind, beside the list of words people use instead.

`python -m benchmarks.concerns` scores the labelled sentences of `tests/science/concerns`, ours beside the usual recipe:
a short list of alarm words a kind. Where the shared data are there, it also says how many of 4,000 real comments
somebody would be asked to read, and in how many real drug reviews with a side effect one was heard. The machine is
shared, so read the ratio of times.
"""

import csv
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook

from alongside.apps.engagement.bridge import find_concerns
from alongside.science.values.concerns import KINDS
from tests.science.concerns.sentences import read_sentences

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "comments"
# What a team writes down in five minutes.
ALARM_WORDS = {
    "adverse_event": r"side effect|reaction|allerg|rash|overdose",
    "product_complaint": r"faulty|broken|defect|leaking|expired",
    "safeguarding": r"abuse|neglect|safeguard|hit me|bruise",
    "urgent_harm": r"suicid|kill myself|self.?harm|want to die|chest pain",
    "complaint": r"complain|ombudsman|solicitor|negligen|PALS",
}
Hear = Callable[[str], set[str]]


def hear_with_ours(text: str) -> set[str]:
    """Return the kinds our rules hear."""
    return {one.kind for one in find_concerns(text)}


def hear_with_peer(text: str) -> set[str]:
    """Return the kinds a short list of words hears."""
    return {kind for kind, words in ALARM_WORDS.items() if re.search(words, text, re.I)}


def score(hear: Hear, sentences: list[tuple[str, str]], kind: str) -> tuple[float, float]:
    """Return recall and precision of one kind."""
    heard = [(label, kind in hear(text)) for label, text in sentences]
    right = sum(label == kind and found for label, found in heard)
    return right / sum(label == kind for label, _found in heard), right / max(
        1, sum(found for _l, found in heard)
    )


def print_scores(name: str) -> None:
    """Print recall and precision of both on one half of the sentences."""
    sentences = read_sentences(name)
    print(f"\n{name}: {len(sentences)} sentences")
    for kind in KINDS:
        (recall, precision), (peer_recall, peer_precision) = (
            score(hear, sentences, kind) for hear in (hear_with_ours, hear_with_peer)
        )
        print(
            f"{kind:18} recall ours {recall:.2f}   words {peer_recall:.2f}   "
            f"precision ours {precision:.2f}   words {peer_precision:.2f}"
        )


def print_load(path: Path) -> None:
    """Print how many real comments somebody would be asked to read, and the time of both."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        texts = sorted({row["text"].strip() for row in csv.DictReader(file) if len(row["text"]) > 10})
    seconds = {}
    for name, hear in (("ours", hear_with_ours), ("words", hear_with_peer)):
        begun = time.perf_counter()
        flagged = sum(bool(hear(text)) for text in texts)
        seconds[name] = time.perf_counter() - begun
        print(f"real comments to read: {name} {flagged} of {len(texts):,} ({flagged / len(texts):.1%})")
    print(f"seconds: ours {seconds['ours']:.2f}   words {seconds['words']:.2f}   "
          f"ratio {seconds['ours'] / seconds['words']:.1f}")  # fmt: skip


def print_reviews(path: Path) -> None:
    """Print in how many real drug reviews that tell of a side effect one was heard."""
    reviews: dict[object, list[tuple[str, bool]]] = defaultdict(list)
    rows = load_workbook(path, read_only=False)["Sentence_Labeling"].iter_rows(min_row=2, values_only=True)
    for row in rows:
        if row[4]:
            reviews[row[2]].append((str(row[4]), row[5] == 1))
    told = [
        " ".join(text for text, _is in one)
        for one in reviews.values()
        if any(is_one for _text, is_one in one)
    ]
    for name, hear in (("ours", hear_with_ours), ("words", hear_with_peer)):
        heard = sum("adverse_event" in hear(text) for text in told)
        print(
            f"real drug reviews with a side effect: {name} heard {heard} of {len(told)} ({heard / len(told):.0%})"
        )


def main() -> int:
    """Print every figure."""
    for name in ("held_out", "tuning"):
        print_scores(name)
    print()
    for path, show in ((DATA / "nhs_comments.csv", print_load), (DATA / "psytar.xlsx", print_reviews)):
        if path.exists():
            show(path)
        else:
            print(f"SKIPPED: {path.name} is not here")
    return 0


if __name__ == "__main__":
    sys.exit(main())
