"""What is locked opens only with its key, in its place, unchanged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.adapters.vault import CannotOpen, Vault, make_key

PLACE = "voice:1"


@given(words=st.binary(max_size=400), place=st.text(max_size=40))
def test_what_is_locked_opens_in_its_place(words: bytes, place: str) -> None:
    vault = Vault([make_key()])
    assert vault.open(vault.lock(words, place=place), place=place) == words


def test_the_same_words_are_never_locked_the_same_way_twice() -> None:
    vault = Vault([make_key()])
    assert vault.lock(b"words", place=PLACE) != vault.lock(b"words", place=PLACE)


def test_another_place_does_not_open_it() -> None:
    vault = Vault([make_key()])
    with pytest.raises(CannotOpen):
        vault.open(vault.lock(b"words", place=PLACE), place="voice:2")


@pytest.mark.parametrize("byte", [0, 2, 8, 20, -1])
def test_one_changed_byte_is_noticed(byte: int) -> None:
    vault = Vault([make_key()])
    changed = bytearray(vault.lock(b"words", place=PLACE))
    changed[byte] ^= 1
    with pytest.raises(CannotOpen):
        vault.open(bytes(changed), place=PLACE)


def test_a_new_key_first_still_opens_what_the_old_one_locked() -> None:
    old, new = make_key(), make_key()
    locked = Vault([old]).lock(b"words", place=PLACE)
    assert Vault([new, old]).open(locked, place=PLACE) == b"words"
    with pytest.raises(CannotOpen):
        Vault([new]).open(locked, place=PLACE)


@pytest.mark.parametrize("keys", [[], [b"short"]])
def test_a_vault_without_a_whole_key_is_refused(keys: list[bytes]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Vault(keys)
