"""The labelled sentences, and how well the rules hear them: recall and precision by kind."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from alongside.science.concerns import Finder
from alongside.science.values.concerns import KINDS

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Score:
    """How many sentences of a kind were heard, missed, and heard where they were of another kind or none."""

    heard: int
    missed: int
    false: int

    @property
    def recall(self) -> float:
        """Return the share of sentences of the kind that were heard."""
        return self.heard / (self.heard + self.missed)

    @property
    def precision(self) -> float:
        """Return the share of what was heard that is of the kind."""
        return self.heard / max(1, self.heard + self.false)


def read_sentences(name: str) -> list[tuple[str, str]]:
    """Return the sentences of a file, each with its kind or none."""
    content = yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))
    return [(kind, text) for kind, texts in content.items() for text in texts]


def score(finder: Finder, sentences: list[tuple[str, str]]) -> dict[str, Score]:
    """Return the score of each kind."""
    found = [(label, {one.kind for one in finder.find(text)}) for label, text in sentences]
    return {
        kind: Score(
            heard=sum(label == kind and kind in heard for label, heard in found),
            missed=sum(label == kind and kind not in heard for label, heard in found),
            false=sum(label != kind and kind in heard for label, heard in found),
        )
        for kind in KINDS
    }
