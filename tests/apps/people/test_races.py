"""Tries, codes and invitations keep count when many come at once, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import SYSTEM, Refused
from alongside.apps.people.models import Person, WrongTries
from alongside.apps.people.operations import invite, note_wrong_try, take_invitation
from alongside.apps.people.operations.sign_ins import digest_place
from alongside.apps.people.queries import is_locked
from alongside.apps.people.rules import TRIES_FROM_ONE_PLACE
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(doing: Callable[[int], bool], times: int) -> list[bool]:
    """Do something many times in four threads, each with a connection of its own; return what each said."""

    def do(number: int) -> bool:
        try:
            return doing(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        return list(threads.map(do, range(times)))


def test_no_wrong_try_is_lost_when_many_come_at_once() -> None:
    def try_once(_number: int) -> bool:
        note_wrong_try(email="ada@example.org", place="here", at=NOW)
        return True

    at_once(try_once, TRIES_FROM_ONE_PLACE - 1)
    here = digest_place("ada@example.org", "here")
    assert WrongTries.objects.get(digest=here).tries == TRIES_FROM_ONE_PLACE - 1
    assert not is_locked(digests=[here], at=NOW)
    try_once(0)
    assert is_locked(digests=[here], at=NOW)
    assert AuditLine.objects.filter(operation="sign_in_refused").count() == TRIES_FROM_ONE_PLACE


def test_an_invitation_opened_many_times_at_once_makes_one_account() -> None:
    invited = invite(email="bea@example.org", name="Bea", roles=["analyst"], by=SYSTEM, at=NOW)
    token = invited.link.rstrip("/").rsplit("/", 1)[1]

    def take(number: int) -> bool:
        try:
            take_invitation(token=token, at=NOW, password=f"four odd words here {number}")
        except Refused:
            return False
        return True

    assert at_once(take, 8).count(True) == 1
    assert Person.objects.count() == 1
