import pytest

from tests.matrix.asking import Asker
from tests.matrix.judging import ask_to_read, ask_to_send
from tests.matrix.language import READERS
from tests.matrix.rooms.funding import ROWS

pytestmark = pytest.mark.django_db

def test_all(world):
    faults = []
    for reader in READERS:
        asker = Asker(world, reader)
        faults += [f"{reader}: {fault}" for row in ROWS for fault in (*ask_to_read(asker, row), *ask_to_send(asker, row))]
    assert not faults, "\n" + "\n".join(faults)
