"""Cards can be read back: whatever a name holds, it stays one value, and no line is too long."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.adapters.files.contact_cards import MOST_OCTETS, write_cards
from alongside.science.values.contacts import ContactCard

# What a card may hold: anything but control characters, which an address book has no place for.
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from(",;\\\n"), max_size=120)
CARDS = st.builds(
    ContactCard, id=st.uuids(), name=WORDS, organisation=WORDS, role=WORDS, email=st.just("meg@example.org"),
    phone=WORDS, language=st.sampled_from(["", "en", "cy", "pt-BR"]), note=WORDS,
)  # fmt: skip


def read_cards(text: str) -> list[dict[str, str]]:
    """Read cards as an address book does: unfold, split at the first colon, take the escapes away."""
    cards: list[dict[str, str]] = []
    for line in text.replace("\r\n ", "").split("\r\n"):
        if line == "BEGIN:VCARD":
            cards.append({})
        elif line:
            name, _, value = line.partition(":")
            cards[-1][name.split(";")[0]] = _unescape(value)
    return cards


def _unescape(value: str) -> str:
    found, letters = "", iter(value)
    for letter in letters:
        if letter == "\\":
            letter = next(letters)
            letter = "\n" if letter == "n" else letter
        found += letter
    return found


@given(st.lists(CARDS, max_size=3))
@settings(max_examples=60)
def test_every_card_can_be_read_back(cards: list[ContactCard]) -> None:
    text = "".join(write_cards(cards))
    assert all(len(line.encode()) <= MOST_OCTETS for line in text.split("\r\n"))
    read = read_cards(text)
    assert [one["FN"] for one in read] == [card.name for card in cards]
    assert [one["ORG"] for one in read] == [card.organisation for card in cards]
    assert [one.get("TITLE", "") for one in read] == [card.role for card in cards]
    assert [one.get("TEL", "") for one in read] == [card.phone for card in cards]
    assert [one.get("NOTE", "") for one in read] == [card.note for card in cards]
    assert [one.get("LANG", "") for one in read] == [card.language for card in cards]


def test_a_card_looks_as_the_standard_wants() -> None:
    card = ContactCard(
        UUID(int=7), "Meg Rowntree", "Side Door; Cumbria", "Chair, trustees", "meg@example.org", "07700 900123",
        "cy", "", datetime(2026, 11, 1, 9, tzinfo=UTC),
    )  # fmt: skip
    assert "".join(write_cards([card])).split("\r\n") == [
        "BEGIN:VCARD", "VERSION:4.0", "UID:urn:uuid:00000000-0000-0000-0000-000000000007", "KIND:individual",
        "FN:Meg Rowntree", "ORG:Side Door\\; Cumbria", "TITLE:Chair\\, trustees", "EMAIL:meg@example.org",
        "TEL;VALUE=text:07700 900123", "LANG:cy", "REV:20261101T090000Z", "END:VCARD", "",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["English please", "x:y", ""])
def test_a_language_that_is_no_code_is_left_out(language: str) -> None:
    text = "".join(write_cards([ContactCard(uuid4(), "Meg", "Side Door", language=language)]))
    assert "LANG" not in text


def test_control_characters_do_not_get_into_a_card() -> None:
    text = "".join(write_cards([ContactCard(uuid4(), "Meg\x00\x0b Rowntree\r\nChair", "Side Door")]))
    assert "FN:Meg Rowntree\\nChair\r\n" in text
