"""Each person has a key; what was locked with it is gone once the key is destroyed."""

import pytest

from alongside.apps.base.models import PersonKey, new_id
from alongside.apps.base.operations import KeyDestroyed, ToLock, destroy_keys, lock_for, open_for
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
WORDS = "Call me on 07700 900123"


def test_locked_words_open_for_their_person_only_and_only_in_their_place() -> None:
    ada, ben = new_id(), new_id()
    locked, other = lock_for([ToLock(ada, WORDS, "here"), ToLock(ben, "Ben's", "here")], at=NOW)
    assert WORDS.encode() not in locked
    assert open_for(ada, locked, place="here") == WORDS
    assert open_for(ben, other, place="here") == "Ben's"
    assert open_for(ben, locked, place="here") is None
    assert open_for(ada, locked, place="there") is None
    assert PersonKey.objects.count() == 2


def test_a_destroyed_key_opens_nothing_and_none_takes_its_place() -> None:
    ada = new_id()
    (locked,) = lock_for([ToLock(ada, WORDS, "here")], at=NOW)
    assert destroy_keys([ada], at=NOW) == 1
    assert open_for(ada, locked, place="here") is None
    with pytest.raises(KeyDestroyed):
        lock_for([ToLock(ada, "more", "here")], at=NOW)


def test_somebody_without_a_key_who_is_erased_never_gets_one() -> None:
    ada = new_id()
    destroy_keys([ada], at=NOW)
    with pytest.raises(KeyDestroyed):
        lock_for([ToLock(ada, "words", "here")], at=NOW)
    assert open_for(new_id(), b"", place="here") is None
