"""Money in whole pence, however people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.apps.base.rules import Refused
from alongside.apps.base.rules.money import MOST_PENCE, read_money, write_money


@pytest.mark.parametrize(
    ("words", "pence"),
    [
        ("1234.5", 123450),
        ("£1,234.50", 123450),
        ("GBP 1 234.50", 123450),
        ("5", 500),
        (" £0.07 ", 7),
        ("−£3", None),
    ],
)
def test_people_write_amounts_in_many_ways(words: str, pence: int | None) -> None:
    if pence is None:
        with pytest.raises(Refused):
            read_money(words)
    else:
        assert read_money(words) == pence


@pytest.mark.parametrize(
    "words", ["1.234,50", "12,34", "€5", "about 50", "", "1.005", "1,23,456", "--5", "99999999999999"]
)
def test_what_could_be_read_in_two_ways_is_refused_by_column_and_value(words: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_money(words, column="Amount")
    assert refusal.value.reason.startswith("Amount: ")


@given(st.integers(min_value=0, max_value=MOST_PENCE))
def test_what_we_write_we_can_read(pence: int) -> None:
    assert read_money(write_money(pence)) == pence


def test_nothing_is_a_dash_and_another_currency_keeps_its_name() -> None:
    assert write_money(None) == "–"
    assert write_money(123450, "CHF") == "1,234.50 CHF"
    assert write_money(-500) == "−£5"
