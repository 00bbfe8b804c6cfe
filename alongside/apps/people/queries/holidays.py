"""The bank holidays that move the last day of an answer: content that an organisation can change."""

from datetime import date
from functools import lru_cache
from importlib.resources import files

import yaml


@lru_cache
def list_bank_holidays() -> frozenset[date]:
    """Return the bank holidays of England and Wales."""
    content = yaml.safe_load(
        (files("alongside.content") / "calendar" / "bank_holidays.yaml").read_text("utf-8")
    )
    return frozenset(content["england_and_wales"])
