"""Bank details are found in free text, and ordinary words are left in peace."""

import pytest

from alongside.apps.base.rules import Refused
from alongside.apps.base.rules.bank_details import check_no_bank_details, find_bank_details


@pytest.mark.parametrize(
    "words",
    [
        "Pay 20-45-53 12345678 please",
        "12345678 (204553)",
        "20 45 53, account 1234 5678",
        "Sort code: 204553",
        "account no. 12345678",
        "My IBAN is GB82 WEST 1234 5698 7654 32",
        "gb82west12345698765432 thanks",
        "DE89370400440532013000",
    ],
)
def test_bank_details_are_found(words: str) -> None:
    assert find_bank_details(words)
    with pytest.raises(Refused, match="give them to finance"):
        check_no_bank_details(words, field="words")


@pytest.mark.parametrize(
    "words",
    [
        "",
        "First half of the grant 2026-27, reference PAY-2026-00042",
        "Ring 07700 900123 or 01632 960111",
        "Meeting on 12-03-26 in room 204",
        "GB82WEST12345698765433 is no IBAN, its sum is wrong",
        "GB12 is a short code; XX12 ABCD 1234 5678 9012 has no country",
        "Invoice 20260042 for 60 people at £12.50",
        "Please account for the number of seats",
    ],
)
def test_other_words_are_left_in_peace(words: str) -> None:
    assert find_bank_details(words) == ""
    check_no_bank_details(words)
