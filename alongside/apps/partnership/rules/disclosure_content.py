"""The rules of a yearly disclosure and the words of its method note: dated content, read as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from alongside.apps.base.rules import Refused
from alongside.science.values.openness import GivingTerms, RoutingTerms


@dataclass(frozen=True)
class PublishedColumn:
    """One column of the published table: its name there, what stands in it, whether it must be there, and why."""

    key: str
    of: str
    required: str
    source: str


@dataclass(frozen=True)
class DisclosureRules:
    """What one edition of the rules says about a year's disclosure. `from_year` to `to_year`: both included."""

    name: str
    title: str
    source: str
    verified: str
    from_year: int
    to_year: int | None
    due_after_months: int
    public_years: int
    retain_years: int
    partners_answer_days: int
    remind_after_days: int
    routing: RoutingTerms
    category_words: Mapping[str, str]
    columns: tuple[PublishedColumn, ...]
    groups: tuple[str, ...]
    group_words: Mapping[str, str]
    is_protected_by_default: bool
    protection_words: str
    giving: GivingTerms

    def get_due_on(self, year: int) -> date:
        """Return the last day on which the year may become public."""
        months = 12 + self.due_after_months
        return _end_of_month(year + (months - 1) // 12, (months - 1) % 12 + 1)

    def get_public_until(self, published_on: date) -> date:
        """Return until when it is public at least."""
        return _add_years(published_on, self.public_years)

    def get_retain_until(self, year: int) -> date:
        """Return until when its records are kept at least."""
        return date(year + self.retain_years, 12, 31)

    def say_category(self, category: str) -> str:
        """Return a category in words."""
        return self.category_words.get(category, category)


@dataclass(frozen=True)
class NoteSection:
    """One section of a method note: its heading and the words it begins with."""

    key: str
    title: str
    words: str


def _end_of_month(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _add_years(on: date, years: int) -> date:
    is_leap_day = (on.month, on.day) == (2, 29)
    return on.replace(year=on.year + years, day=28 if is_leap_day else on.day)


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(
        (files("alongside.content") / "disclosure" / name).read_text("utf-8")
    )
    return found


@lru_cache
def list_rule_editions() -> tuple[DisclosureRules, ...]:
    """Return every edition there is, the latest first."""
    folder = files("alongside.content") / "disclosure"
    names = [one.name for one in folder.iterdir() if one.name.endswith(".yaml")]
    found = [_as_rules(_read(name)) for name in names if not name.startswith("method-")]
    return tuple(sorted(found, key=lambda one: one.from_year, reverse=True))


def _as_rules(content: Mapping[str, Any]) -> DisclosureRules:
    days, people, giving = content["days"], content["people"], content["giving"]
    verified = content["verified"]
    return DisclosureRules(
        name=content["name"],
        title=content["title"],
        source=content["source"],
        verified=f"{verified['by']}, {verified['at']}. {verified['note']}",
        from_year=content["from_year"],
        to_year=content["to_year"],
        due_after_months=days["due_after_months"],
        public_years=days["public_years"],
        retain_years=days["retain_years"],
        partners_answer_days=days["partners_answer"],
        remind_after_days=days["remind_after"],
        routing=RoutingTerms(
            content["lists"], content["categories"], content["left_out"], content["row_per"]
        ),
        category_words=content["category_words"],
        columns=tuple(PublishedColumn(**one) for one in content["columns"]),
        groups=tuple(people["groups"]),
        group_words=people["words"],
        is_protected_by_default=people["default"] == "protected",
        protection_words=people["why"],
        giving=GivingTerms(tuple(giving["categories"]), giving["vocabulary"], giving["left_out"]),
    )


def find_rules(year: int) -> DisclosureRules:
    """Return the edition a year is disclosed after; Refused where none is written."""
    for one in list_rule_editions():
        if one.from_year <= year and (one.to_year is None or year <= one.to_year):
            return one
    raise Refused(
        f"No rules of disclosure are written for {year}. Ask an administrator to add an edition.",
        field="year",
    )


def get_rules(name: str) -> DisclosureRules:
    """Return an edition by its name; Refused where it is gone."""
    for one in list_rule_editions():
        if one.name == name:
            return one
    raise Refused(f"The rules “{name}” are not in this installation any more. Ask an administrator.")


@lru_cache
def list_note_sections(year: int) -> tuple[NoteSection, ...]:
    """Return the sections of a year's method note, with the words to begin with, from the latest fitting edition."""
    folder = files("alongside.content") / "disclosure"
    names = [one.name for one in folder.iterdir() if one.name.startswith("method-")]
    editions = sorted((_read(name) for name in names), key=lambda one: int(one["from_year"]))
    fitting = [one for one in editions if one["from_year"] <= year] or editions[:1]
    return tuple(
        NoteSection(one["key"], one["title"], " ".join(one["words"].split()))
        for one in fitting[-1]["sections"]
    )
