"""Judge whether the rules of the field are kept: a rule book and facts in, findings out. No rule is written here."""

from alongside.science.rules.checks import CHECKS, shift_months
from alongside.science.rules.judging import judge, judge_fields
from alongside.science.rules.reading import BadBook, read_book

__all__ = ["CHECKS", "BadBook", "judge", "judge_fields", "read_book", "shift_months"]
