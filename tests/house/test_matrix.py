"""Every address stands in the permission matrix, and the matrix speaks of nothing that is not there."""

from alongside.apps.people.rules import PERMISSIONS, ROLES
from tests.matrix.addresses import list_addresses, list_without_row
from tests.matrix.language import ACCOUNT, ANYBODY, KINDS, READERS
from tests.matrix.rooms import ROWS


def test_every_address_has_a_row() -> None:
    without = list_without_row({row.name for row in ROWS})

    assert not without, "\n" + "\n".join(without)


def test_an_address_without_a_row_is_told_how_to_get_one() -> None:
    named = {row.name for row in ROWS} - {"home:audit"}
    (sentence,) = list_without_row(named)

    assert "tests/matrix/rooms/" in sentence
    assert "home:audit" in sentence


def test_no_row_speaks_of_an_address_that_is_gone() -> None:
    names = {address.name for address in list_addresses()}

    assert [row.name for row in ROWS if row.name not in names] == []


def test_every_row_needs_rights_that_exist() -> None:
    known = {*PERMISSIONS, ACCOUNT, ANYBODY}
    strange = [
        (row.name, one)
        for row in ROWS
        for one in (*row.needs, *row.post_needs, *row.any_of)
        if one not in known
    ]

    assert strange == []
    assert [row.name for row in ROWS if row.of not in KINDS] == []


def test_every_role_is_asked() -> None:
    assert set(ROLES) < set(READERS)
