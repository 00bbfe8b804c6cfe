"""Vectors become groups: seeded k-means, then centres recomputed from the vectors that clearly belong."""

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import silhouette_score
from sklearn.preprocessing import normalize

from alongside.science.themes.features import Vectors

Weights = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]

NEAR_ENOUGH = 0.28  # below this closeness to its own centre a voice is left for a person to read
COHERENT = 0.36  # a group whose middle member lies further out than this is about nothing in particular
ROUNDS = 8
MOST_THEMES = 30
TEXTS_A_THEME = 5  # fewer voices than this to a theme and a theme is an anecdote
STARTS = 4
SILHOUETTE_SAMPLE = 1_500
WIDENING = 4


@dataclass(frozen=True)
class Groups:
    """Unit centres, one row for each group."""

    centres: Vectors

    def nearest(self, vectors: Vectors) -> tuple[Labels, Weights]:
        """Return for each vector its nearest group, and how close it lies (-1 to 1; 0 for a vector of zeros)."""
        closeness = vectors @ self.centres.T
        labels = closeness.argmax(axis=1)
        return labels, closeness[np.arange(len(vectors)), labels]


def expected_themes(texts: int) -> int:
    """Return how many themes a reader can expect from so many different texts: twice the fourth root."""
    return max(1, min(round(2 * float(texts) ** 0.25), texts // TEXTS_A_THEME, MOST_THEMES))


def find_groups(vectors: Vectors, weights: Weights, *, wanted: int | None, seed: int) -> Groups:
    """Return the groups. `wanted` is how many; None tries three numbers and keeps the clearest."""
    if wanted is not None:
        return _group(vectors, weights, min(wanted, len(vectors)), seed, exact=True)
    middle = expected_themes(len(vectors))
    candidates = sorted({middle, round(middle * 0.8), round(middle * 1.25)} - {0})
    if middle < WIDENING:
        candidates = [middle]
    tried = [_group(vectors, weights, number, seed, exact=False) for number in candidates]
    return max(tried, key=lambda groups: _clearness(vectors, groups, seed))


def _clearness(vectors: Vectors, groups: Groups, seed: int) -> float:
    """Return the silhouette of a seeded sample, by cosine."""
    chosen = np.random.default_rng(seed).permutation(len(vectors))[:SILHOUETTE_SAMPLE]
    labels, _ = groups.nearest(vectors[chosen])
    kinds = len(np.unique(labels))
    if kinds < 2 or kinds >= len(chosen):
        return -1.0
    return float(silhouette_score(vectors[chosen], labels, metric="cosine"))


def _group(vectors: Vectors, weights: Weights, wanted: int, seed: int, *, exact: bool) -> Groups:
    """Return k-means groups without those about nothing in particular; `exact` looks again until the number fits."""
    asked = wanted
    groups = _k_means(vectors, weights, asked, seed)
    for _ in range(WIDENING):
        kept = _coherent(vectors, weights, groups)
        missing = wanted - len(kept.centres)
        if missing <= 0 or len(vectors) <= asked:
            return kept if missing <= 0 or not exact else groups
        asked = min(asked + missing, len(vectors))
        groups = _k_means(vectors, weights, asked, seed)
    kept = _coherent(vectors, weights, groups)
    return kept if len(kept.centres) >= wanted or not exact else _k_means(vectors, weights, wanted, seed)


def _k_means(vectors: Vectors, weights: Weights, number: int, seed: int) -> Groups:
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", ConvergenceWarning
        )  # fewer different vectors than groups: handled by the caller
        fitted = KMeans(number, n_init=STARTS, random_state=seed).fit(vectors, sample_weight=weights)
    return _sharpen(vectors, weights, Groups(normalize(fitted.cluster_centers_)))


def _sharpen(vectors: Vectors, weights: Weights, groups: Groups) -> Groups:
    """Recompute each centre from the vectors that clearly belong to it, a few times over."""
    centres = groups.centres
    for _ in range(ROUNDS):
        labels, closeness = Groups(centres).nearest(vectors)
        sums = np.zeros_like(centres)
        belongs = closeness >= NEAR_ENOUGH
        np.add.at(sums, labels[belongs], vectors[belongs] * weights[belongs, None])
        moved = np.where(np.abs(sums).sum(axis=1, keepdims=True) > 0, sums, centres)
        centres = normalize(moved)
    return Groups(centres)


def _coherent(vectors: Vectors, weights: Weights, groups: Groups) -> Groups:
    """Drop groups whose middle member lies far out, and groups nobody clearly belongs to; keep at least one."""
    labels, closeness = groups.nearest(vectors)
    middles = np.array(
        [np.median(closeness[labels == group]) if (labels == group).any() else -1.0 for group in range(len(groups.centres))]
    )
    keep = middles >= COHERENT
    if not keep.any():
        keep = middles == middles.max()
    return groups if keep.all() else _sharpen(vectors, weights, Groups(groups.centres[keep]))
