"""Vectors become groups: seeded k-means, then centres recomputed from the vectors that clearly belong."""

import warnings
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import silhouette_score
from sklearn.preprocessing import normalize

from alongside.science.themes.features import Vectors

Weights = npt.NDArray[np.float64]
Labels = npt.NDArray[np.intp]

NEVER_NEAR = 0.18
OUTLYING = 0.15
NEAR_ENOUGH = 0.28  # below this closeness to its own centre a voice is left for a person to read
COHERENT = 0.36  # a group whose middle member lies further out than this is about nothing in particular
TOO_ALIKE = 0.5  # two centres closer than this are one theme said in two ways
ROUNDS = 8
MOST_THEMES = 30
TEXTS_A_THEME = 5  # fewer voices than this to a theme and a theme is an anecdote
STARTS = 4
SILHOUETTE_SAMPLE = 1_500
WIDENING = 6
FEWER, MORE = 0.8, 1.25  # the numbers tried beside the expected one
SURE_BELOW = 4  # so few themes that there is nothing to choose from


@dataclass(frozen=True)
class Groups:
    """Unit centres, one row for each group."""

    centres: Vectors

    def nearest(self, vectors: Vectors) -> tuple[Labels, Weights]:
        """Return for each vector its nearest group, and how close it lies (-1 to 1; 0 for a vector of zeros)."""
        closeness = vectors @ self.centres.T
        labels = closeness.argmax(axis=1)
        return labels, closeness[np.arange(len(vectors)), labels]


def near_enough(closeness: Weights) -> float:
    """Return how close a text must lie to be placed.

    0.28; where so many lie further out (other languages, very mixed answers), as much as leaves 15 in 100
    texts to be read, but never under 0.18.
    """
    if not len(closeness):
        return NEAR_ENOUGH
    return float(np.clip(np.quantile(closeness, OUTLYING), NEVER_NEAR, NEAR_ENOUGH))


def expected_themes(texts: int) -> int:
    """Return how many themes a reader can expect from so many different texts.

    Three times the fourth root, so that ten times the voices give fewer than twice the themes; of few voices
    three quarters of the square root, so that a theme is more than an anecdote.
    """
    many, few = round(3 * sqrt(sqrt(texts))), round(0.75 * sqrt(texts))
    return max(1, min(many, few, texts // TEXTS_A_THEME, MOST_THEMES))


def find_groups(vectors: Vectors, weights: Weights, *, wanted: int | None, seed: int) -> Groups:
    """Return the groups. `wanted` is how many; None tries three numbers and keeps the clearest."""
    if wanted is not None:
        return _exactly(vectors, weights, min(wanted, len(vectors)), seed)
    middle = expected_themes(len(vectors))
    candidates = {middle, round(middle * FEWER), min(round(middle * MORE), MOST_THEMES)}
    if middle < SURE_BELOW:
        candidates = {middle}
    tried = [
        _clean(vectors, weights, _k_means(vectors, weights, number, seed)) for number in sorted(candidates)
    ]
    return max(tried, key=lambda groups: _clearness(vectors, groups, seed))


def _exactly(vectors: Vectors, weights: Weights, wanted: int, seed: int) -> Groups:
    """Return this many groups: look for more until, cleaned, enough are left; else plain k-means of that many."""
    asked, looks = wanted, 0
    while True:
        looks += 1
        groups = _clean(vectors, weights, _k_means(vectors, weights, asked, seed))
        missing = wanted - len(groups.centres)
        if missing == 0:
            return groups
        if missing < 0 or asked == len(vectors) or looks == WIDENING:
            break
        asked = min(asked + missing, len(vectors))
    return _k_means(vectors, weights, wanted, seed)


def _clean(vectors: Vectors, weights: Weights, groups: Groups) -> Groups:
    """Drop groups about nothing in particular, then join those too alike."""
    return _merged(vectors, weights, _coherent(vectors, weights, groups))


def _clearness(vectors: Vectors, groups: Groups, seed: int) -> float:
    """Return the silhouette of a seeded sample, by cosine."""
    chosen = np.random.default_rng(seed).permutation(len(vectors))[:SILHOUETTE_SAMPLE]
    labels, _ = groups.nearest(vectors[chosen])
    kinds = len(np.unique(labels))
    if kinds < 2 or kinds >= len(chosen):
        return -1.0
    return float(silhouette_score(vectors[chosen], labels, metric="cosine"))


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


def _merged(vectors: Vectors, weights: Weights, groups: Groups) -> Groups:
    """Join groups that are too alike, the closest pair first."""
    centres = groups.centres
    while len(centres) > 1:
        closeness = centres @ centres.T
        np.fill_diagonal(closeness, -1.0)
        first, second = np.unravel_index(closeness.argmax(), closeness.shape)
        if closeness[first, second] < TOO_ALIKE:
            break
        labels, _ = Groups(centres).nearest(vectors)
        sizes = [max(float(weights[labels == group].sum()), 1.0) for group in (first, second)]
        joined = sizes[0] * centres[first] + sizes[1] * centres[second]
        others = np.delete(centres, [first, second], axis=0)
        centres = _sharpen(vectors, weights, Groups(normalize(np.vstack([others, joined])))).centres
    return Groups(centres)


def _coherent(vectors: Vectors, weights: Weights, groups: Groups) -> Groups:
    """Drop groups whose middle member lies far out, and groups nobody clearly belongs to; keep at least one."""
    labels, closeness = groups.nearest(vectors)
    middles = np.array(
        [
            np.median(closeness[labels == group]) if (labels == group).any() else -1.0
            for group in range(len(groups.centres))
        ]
    )
    keep = middles >= COHERENT
    if not keep.any():
        keep = middles == middles.max()
    return groups if keep.all() else _sharpen(vectors, weights, Groups(groups.centres[keep]))
