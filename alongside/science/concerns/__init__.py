"""Find what cannot wait in somebody's words, by rules that a safety officer can read and own."""

from alongside.science.concerns.finding import Finder
from alongside.science.concerns.reading import BadRules, load_rules

__all__ = ["BadRules", "Finder", "load_rules"]
