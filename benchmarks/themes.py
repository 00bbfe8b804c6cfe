"""Themes beside a peer in one run: agreement with people's labels, and time.

`python -m benchmarks.themes [FILE]` reads the real comments and finds themes with our default engine and with the
usual recipe, TF-IDF and NMF from scikit-learn. Agreement is the normalised mutual information with the labels, on
comments that carry exactly one label; the comments we leave unplaced count together as one theme, which cannot
happen for the peer. Times are medians of three; the machine is shared, so read the ratio.
"""

import csv
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import normalized_mutual_info_score

from alongside.science.themes import find_themes
from alongside.science.values.themes import ThemeSettings, VoiceText

FILE = Path(__file__).resolve().parents[2] / "shared" / "data" / "comments" / "nhs_comments.csv"
NO_LABEL = {"", "Labelling not possible", "Not assigned"}
RUNS = 3


def read_comments(path: Path) -> tuple[list[str], list[str]]:
    """Return the texts that carry exactly one label, with that label; each text once."""
    found: dict[str, str] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            label = row["labels"].strip()
            if row["text"].strip() and "|" not in label and label not in NO_LABEL:
                found.setdefault(row["text"], label)
    return list(found), list(found.values())


def place_with_ours(texts: Sequence[str], themes: int | None) -> list[str]:
    """Return the theme of each text by our default engine."""
    voices = [VoiceText(id=str(number), text=text) for number, text in enumerate(texts)]
    result = find_themes(voices, ThemeSettings(themes=themes))
    return [str(placement.theme_id or placement.status) for placement in result.placements]


def place_with_peer(texts: Sequence[str], themes: int) -> list[str]:
    """Return the theme of each text by TF-IDF and NMF."""
    matrix = TfidfVectorizer(stop_words="english", ngram_range=(1, 2), min_df=2).fit_transform(texts)
    weights = NMF(n_components=themes, random_state=0, init="nndsvd", max_iter=300).fit_transform(matrix)
    return [str(row) for row in weights.argmax(axis=1)]


def measure(place: Callable[[], list[str]]) -> tuple[float, list[str]]:
    """Return the median seconds of three runs and the last answer."""
    seconds, answer = [], []
    for _run in range(RUNS):
        begun = time.perf_counter()
        answer = place()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds), answer


def print_beside(what: str, ours: float, peer: float) -> None:
    """Print one figure of both and their ratio."""
    print(f"{what:17} ours {ours:.3f}   TF-IDF + NMF {peer:.3f}   ratio {ours / peer:.2f}")


def main(path: Path) -> int:
    """Print agreement and time of both, and their ratios."""
    if not path.exists():
        print(f"SKIPPED: the comments are not here ({path})")
        return 1
    texts, labels = read_comments(path)
    ours_seconds, ours = measure(lambda: place_with_ours(texts, None))
    themes = len({theme for theme in ours if theme not in ("unplaced", "blank")})
    peer_seconds, peer = measure(lambda: place_with_peer(texts, themes))
    unplaced = sum(theme in ("unplaced", "blank") for theme in ours)
    ours_score = normalized_mutual_info_score(labels, ours)
    peer_score = normalized_mutual_info_score(labels, peer)
    print(f"{len(texts):,} comments with one label, {len(set(labels))} labels, {themes} themes")
    print_beside("agreement (NMI)", ours_score, peer_score)
    print_beside("seconds (median)", ours_seconds, peer_seconds)
    print(f"left to read by a person: ours {unplaced:,} ({unplaced / len(texts):.0%}), peer 0")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else FILE))
