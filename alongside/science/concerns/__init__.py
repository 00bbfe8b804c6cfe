"""Find what cannot wait in somebody's words, by rules that a safety officer can read and own."""

from alongside.science.concerns.deadlines import find_deadline, is_working_day
from alongside.science.concerns.finding import Finder
from alongside.science.concerns.reading import BadRules, load_rules

__all__ = ["BadRules", "Finder", "find_deadline", "is_working_day", "load_rules"]
