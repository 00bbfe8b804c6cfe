"""The rules of disclosure are dated content: which year they are for, the days that follow, what each column is."""

import json
from datetime import date
from importlib.resources import files

import jsonschema
import pytest

from alongside.apps.base.rules import Refused
from alongside.apps.partnership.bridge.openness import as_fact
from alongside.apps.partnership.models import Payment
from alongside.apps.partnership.queries.disclosures.tables import write_pounds
from alongside.apps.partnership.rules.disclosure_content import (
    find_rules,
    get_rules,
    list_note_sections,
    list_rule_editions,
)
from alongside.apps.partnership.rules.disclosures import MOVES, STEPS
from alongside.apps.people.models import Organisation


def test_days_follow_from_the_content() -> None:
    rules = find_rules(2025)

    assert rules.get_due_on(2025) == date(2026, 6, 30)
    assert rules.get_retain_until(2025) == date(2030, 12, 31)
    assert rules.get_public_until(date(2024, 2, 29)) == date(2027, 2, 28)
    assert rules.get_public_until(date(2026, 6, 9)) == date(2029, 6, 9)


def test_a_year_before_every_edition_has_no_rules_and_a_name_that_is_gone_is_said() -> None:
    with pytest.raises(Refused, match="No rules of disclosure are written for 2019"):
        find_rules(2019)
    with pytest.raises(Refused, match="not in this installation"):
        get_rules("abpi-1999")


def test_every_kind_of_organisation_has_its_list_or_its_reason() -> None:
    kinds = set(Organisation.Kind.values)
    for rules in list_rule_editions():
        assert kinds <= {*rules.routing.lists, *rules.routing.left_out}
        for names in rules.routing.categories.values():
            assert set(names) == set(Payment.Category.values)
            assert set(names.values()) <= set(rules.category_words)
        assert rules.say_category("grant") == "Grant"
        assert rules.say_category("nothing known") == "nothing known"


def test_a_year_before_every_method_note_begins_with_the_first() -> None:
    assert [one.key for one in list_note_sections(2001)] == [one.key for one in list_note_sections(2026)]


def test_the_published_schema_is_one() -> None:
    schema = json.loads((files("alongside.content") / "schemas" / "register-1.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)


def test_every_state_stands_on_exactly_one_step() -> None:
    assert sorted(state for _name, states in STEPS for state in states) == sorted(MOVES)


def test_only_what_was_paid_counts() -> None:
    with pytest.raises(ValueError, match="Only what was paid"):
        as_fact(Payment())


def test_pounds_for_machines() -> None:
    assert [write_pounds(pence) for pence in (None, 5, 123_450)] == ["", "0.05", "1234.50"]
