"""Contacts leave as vCards."""

from collections.abc import Iterable, Iterator

from alongside.adapters.files.contact_cards import write_cards
from alongside.science.values.contacts import ContactCard


def stream_cards(cards: Iterable[ContactCard]) -> Iterator[str]:
    """Yield cards, each as one text."""
    return write_cards(cards)
