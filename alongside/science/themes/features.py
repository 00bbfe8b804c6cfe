"""Texts become short dense vectors: TF-IDF of words and of characters and of near words, reduced by an SVD."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from alongside.science.themes.words import content_stems, fold, load_words

Vectors = npt.NDArray[np.float64]

DIMENSIONS = 80
FEWEST_DIMENSIONS = 8
TEXTS_A_DIMENSION = 5  # of few texts each would else point its own way
WORD_FEATURES = 40_000
CHARACTER_FEATURES = 40_000
CHARACTER_WEIGHT = 0.3  # characters catch spelling and other languages; words carry the theme
NEAR_WEIGHT = 1.0
FEW = 200
FEW_TO_CENTRE = 150


class TextSpace:
    """A space in which texts about the same thing lie close together. Rows of `vectors` have length 1 or 0."""

    def __init__(self, texts: Sequence[str], *, seed: int) -> None:
        few = len(texts) < FEW
        self.parts: list[tuple[TfidfVectorizer, float]] = [
            (
                TfidfVectorizer(
                    analyzer=_words_and_pairs,
                    min_df=1 if few else 2,
                    max_features=WORD_FEATURES,
                    sublinear_tf=True,
                ),
                1.0,
            ),
            (TfidfVectorizer(analyzer=_near_words, sublinear_tf=True), NEAR_WEIGHT),
            (
                TfidfVectorizer(
                    analyzer="char_wb",
                    ngram_range=(3, 5),
                    preprocessor=fold,
                    min_df=1 if few else 3,
                    max_features=CHARACTER_FEATURES,
                    sublinear_tf=True,
                ),
                CHARACTER_WEIGHT,
            ),
        ]
        features = self._fit(texts)
        size = min(
            DIMENSIONS,
            max(FEWEST_DIMENSIONS, len(texts) // TEXTS_A_DIMENSION),
            features.shape[0] - 1,
            features.shape[1] - 1,
        )
        self.reduction = TruncatedSVD(size, random_state=seed).fit(features) if size >= 2 else None
        self.middle = np.zeros(1)
        self.vectors = self._reduce(features)
        if len(texts) >= FEW_TO_CENTRE:
            # What everybody speaks of (the condition, the service) tells no voice from another: taken out.
            answered = np.abs(self.vectors).sum(axis=1) > 0
            self.middle = self.vectors[answered].mean(axis=0) if answered.any() else self.middle
            self.vectors = self._centred(self.vectors)

    def place(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of further texts."""
        vectors = self._reduce(
            self._join([part.transform(texts) * weight for part, weight in self.parts], len(texts))
        )
        return self._centred(vectors)

    def _centred(self, vectors: Vectors) -> Vectors:
        said = np.abs(vectors).sum(axis=1, keepdims=True) > 0
        return np.asarray(normalize(np.where(said, vectors - self.middle, 0.0)), dtype=np.float64)

    def _fit(self, texts: Sequence[str]) -> sparse.csr_matrix:
        kept, matrices = [], []
        for part, weight in self.parts:
            try:
                matrices.append(part.fit_transform(texts) * weight)
            except ValueError:  # no feature of this kind in any text: another language, or only symbols
                continue
            kept.append((part, weight))
        self.parts = kept
        return self._join(matrices, len(texts))

    @staticmethod
    def _join(matrices: list[sparse.csr_matrix], rows: int) -> sparse.csr_matrix:
        if not matrices:
            return sparse.csr_matrix((rows, 1))
        return sparse.hstack(matrices, format="csr")

    def _reduce(self, features: sparse.csr_matrix) -> Vectors:
        reduced = features.toarray() if self.reduction is None else self.reduction.transform(features)
        return np.asarray(normalize(reduced), dtype=np.float64)


def _words_and_pairs(text: str) -> list[str]:
    words = content_stems(text)
    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    return [word for word in words if word not in load_words().beside_another] + pairs


def _near_words(text: str) -> list[str]:
    near = load_words().near
    return [str(line) for word in content_stems(text) for line in near.get(word, ())]
