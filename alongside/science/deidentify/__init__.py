"""Find what points to a person in what somebody said, and cover it: values in, values out."""

from alongside.science.deidentify.finding import Finder
from alongside.science.deidentify.redacting import deidentify, redact

__all__ = ["Finder", "deidentify", "redact"]
