"""The terms payments are made on: dated content about limits, days and the rules of the field behind each check."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

import yaml


@dataclass(frozen=True)
class PaymentTerms:
    """One edition of our terms: above which amount in pence two people approve, within how many days we pay."""

    name: str
    valid_from: date
    second_approval_above_pence: int
    pay_within_days: int
    late_after_days: int
    source: str
    verified_by: str
    verified_on: date


@dataclass(frozen=True)
class FieldRule:
    """A rule of the field behind a check: what it is called, where it stands, who verified it and when."""

    title: str
    clause: str
    source: str
    verified_by: str
    verified_on: date

    @property
    def words(self) -> str:
        """Return it as a refusal names it."""
        return f"{self.title}: {self.clause}"


@lru_cache
def _read() -> tuple[tuple[PaymentTerms, ...], dict[str, FieldRule]]:
    text = files("alongside.content").joinpath("payments", "terms.yaml").read_text("utf-8")
    content = yaml.safe_load(text)
    editions = sorted((PaymentTerms(**one) for one in content["editions"]), key=lambda one: one.valid_from)
    return tuple(editions), {key: FieldRule(**one) for key, one in content["rules"].items()}


def get_payment_terms(on: date) -> PaymentTerms:
    """Return the terms in force on a day; before the first edition, the first."""
    editions, _rules = _read()
    begun = [one for one in editions if one.valid_from <= on]
    return begun[-1] if begun else editions[0]


def get_field_rule(key: str) -> FieldRule:
    """Return the rule of the field behind a check."""
    return _read()[1][key]
