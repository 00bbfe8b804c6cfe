"""What de-identification finds and what it covers needlessly, by class, on labelled sentences; and what it costs.

`python -m benchmarks.deidentify [FILE]` prints recall and precision for the half of the sentences that was looked at
while tuning and for the half that never was. With a file of comments (a CSV with a column `text`) it prints how many
marks there are in a thousand of them; no comment is printed. `--misses` shows the tuning half's misses, for tuning.
"""

import csv
import hashlib
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from alongside.science.deidentify import Finder, deidentify
from alongside.science.values.redaction import SURE

HERE = Path(__file__).resolve().parents[1]
SENTENCES = HERE / "tests" / "science" / "deidentify" / "sentences.txt"
COMMENTS = HERE.parent / "shared" / "data" / "comments" / "nhs_comments.csv"
LABEL = re.compile(r"\{(\w+)\|([^}]*)\}")
NOT_PROMISED = "untitled"


@dataclass(frozen=True)
class Labelled:
    """A sentence and what points to a person in it: places in code points, half open, each with its class."""

    text: str
    labels: tuple[tuple[int, int, str], ...]
    is_held_out: bool


@dataclass
class Score:
    """Counts of one class: labelled, wholly covered, with the right class; found, and found where nothing is."""

    labelled: int = 0
    covered: int = 0
    right_class: int = 0
    found: int = 0
    needless: int = 0

    @property
    def recall(self) -> float:
        """Return the share of what is labelled that is wholly covered, whatever the class."""
        return self.covered / self.labelled if self.labelled else 1.0

    @property
    def precision(self) -> float:
        """Return the share of what was covered that touches something labelled."""
        return 1 - self.needless / self.found if self.found else 1.0


@dataclass
class Scores:
    """The scores of one half, by class."""

    by_kind: dict[str, Score] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def of(self, kind: str) -> Score:
        """Return the score of a class."""
        return self.by_kind.setdefault(kind, Score())

    def total(self) -> Score:
        """Return all classes together, without what is not promised."""
        promised = [score for kind, score in self.by_kind.items() if kind != NOT_PROMISED]
        sums = [sum(getattr(one, name) for one in promised) for name in Score.__dataclass_fields__]
        return Score(*sums)


def read_sentences(path: Path = SENTENCES) -> list[Labelled]:
    """Return the labelled sentences; which half one belongs to follows from the digest of its words."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        text, labels, read = "", [], 0
        for label in LABEL.finditer(line):
            text += line[read : label.start()]
            labels.append((len(text), len(text) + len(label.group(2)), label.group(1)))
            text += label.group(2)
            read = label.end()
        text += line[read:]
        found.append(Labelled(text, tuple(labels), hashlib.sha256(text.encode()).digest()[0] % 2 == 1))
    return found


def score(sentences: Sequence[Labelled]) -> Scores:
    """Return how much of what is labelled is covered, and how much is covered without need."""
    scores, finder = Scores(), Finder()
    for one in sentences:
        spans, covered = deidentify(one.text, finder)
        for start, end, kind in one.labels:
            here = scores.of(kind)
            here.labelled += 1
            holders = [span for span in spans if span.start <= start and end <= span.end]
            here.covered += bool(holders)
            here.right_class += any(span.kind == kind for span in holders)
            if not holders and kind != NOT_PROMISED:
                scores.misses.append(f"missed {kind} “{one.text[start:end]}”: {covered.text}")
        for span in spans:
            here = scores.of(span.kind)
            here.found += 1
            if not any(span.start < end and start < span.end for start, end, _kind in one.labels):
                here.needless += 1
                scores.misses.append(f"needless {span.kind} ({span.reason}): {covered.text}")
    return scores


def print_scores(title: str, scores: Scores) -> None:
    """Print one half, class by class."""
    print(f"\n{title}")
    print(
        f"{'class':16} {'labelled':>8} {'covered':>8} {'recall':>7} {'right class':>12} {'found':>6} {'precision':>10}"
    )
    rows = [*sorted(scores.by_kind.items()), ("all but untitled", scores.total())]
    for kind, one in rows:
        right = f"{one.right_class / one.labelled:.2f}" if one.labelled else "-"
        precision = f"{one.precision:.2f}" if one.found else "-"
        recall = f"{one.recall:.2f}" if one.labelled else "-"
        print(
            f"{kind:16} {one.labelled:8} {one.covered:8} {recall:>7} {right:>12} {one.found:6} {precision:>10}"
        )


def print_comments(path: Path) -> None:
    """Print how many marks a thousand real comments get, and what reading one costs."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file) if row["text"].strip()]
    finder, marks, doubtful = Finder(), Counter[str](), 0
    begun = time.process_time()
    for text in texts:
        spans, _covered = deidentify(text, finder)
        marks.update(span.kind for span in spans)
        doubtful += any(span.certainty != SURE for span in spans)
    cost = (time.process_time() - begun) / len(texts)
    print(f"\n{len(texts):,} real comments: {1000 * sum(marks.values()) / len(texts):.1f} marks in 1,000,")
    print(
        f"{1000 * doubtful / len(texts):.1f} of 1,000 comments wait for a person; {1e6 * cost:.0f} µs a comment"
    )
    for kind, number in marks.most_common():
        print(f"  {kind:16} {1000 * number / len(texts):6.1f} in 1,000")


def print_growth() -> None:
    """Print how much longer twice the text takes, for texts made to run patterns away; the worst of each."""
    finder, worst = Finder(), 0.0
    for piece in ("0 ", "a@", "Dr ", "oh ", "12 A", "www.", "O'", "live at 1 a ", "born ", "Sarah, "):
        seconds = []
        for letters in (50_000, 100_000):
            text = piece * (letters // len(piece))
            begun = time.process_time()
            finder.find(text)
            seconds.append(time.process_time() - begun)
        worst = max(worst, seconds[1] / seconds[0])
    print(f"\nhostile texts, 100,000 letters beside 50,000: at most {worst:.1f} times the work")


def main(arguments: Sequence[str]) -> int:
    """Print both halves, and the real comments where they are."""
    sentences = read_sentences()
    tuning = score([one for one in sentences if not one.is_held_out])
    held_out = score([one for one in sentences if one.is_held_out])
    print(f"{len(sentences)} made-up sentences, {sum(one.is_held_out for one in sentences)} of them held out")
    print_scores("Tuning half", tuning)
    if "--misses" in arguments:
        print("\n".join(tuning.misses))
        return 0
    print_scores("Held-out half", held_out)
    print_growth()
    files = [Path(one) for one in arguments if not one.startswith("-")] or [COMMENTS]
    if files[0].exists():
        print_comments(files[0])
    else:
        print(f"SKIPPED: no real comments ({files[0]})")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
