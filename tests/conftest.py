"""What every test stands on: a shut network and plain static files."""

import socket
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import translation

from alongside.apps.people.rules.sign_in import SECOND_FACTOR
from tests.setup.flushing import let_tables_be_emptied
from tests.setup.trail import flush_despite_the_trail

# A busy machine makes drawing examples slow, which says nothing about the law that is tested.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")

LOOPBACK = ("127.0.0.1", "::1", "localhost")
PLAIN_STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


LONGEST = (
    "test_every_page",
    "test_from_words_to_change",
    "test_have_your_say",
    "test_listen",
    "test_decisions",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest journeys, so that nothing long is left for one worker at the end."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))


class NetworkIsShut(RuntimeError):
    """Say that a test tried to reach another machine."""


@pytest.fixture(autouse=True, scope="session")
def shut_network() -> Iterator[None]:
    """Let nothing leave this machine; databases and the browser live on it."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def check(at: socket.socket, address: Any) -> None:
        if at.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise NetworkIsShut(f"A test tried to reach {address[0]}: the network is shut in tests.")

    def guarded(self: socket.socket, address: Any) -> None:
        check(self, address)
        connect(self, address)

    def guarded_ex(self: socket.socket, address: Any) -> int:
        check(self, address)
        return connect_ex(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        patch.setattr(socket.socket, "connect_ex", guarded_ex)
        yield


@pytest.fixture(autouse=True, scope="session")
def tables_can_be_emptied() -> Iterator[None]:
    """Let the flush between tests empty the tables that refuse it; within a test they refuse as always."""
    as_it_was = let_tables_be_emptied()
    yield
    type(connection.ops).sql_flush = as_it_was  # type: ignore[method-assign]


@pytest.fixture(autouse=True, scope="session")
def trail_lets_tests_clear() -> Iterator[None]:
    """Let a test that commits clear its tables; the trail refuses everybody else."""
    with pytest.MonkeyPatch.context() as patch:
        flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_despite_the_trail(flush))
        yield


@pytest.fixture(autouse=True)
def english(settings: Any) -> Iterator[None]:
    """Begin each test in English: a request in Welsh leaves its language on the thread."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def plain_static_files(request: pytest.FixtureRequest, settings: Any) -> None:
    """Name static files as they are, so that no test needs collected ones; journeys use the real storage."""
    if request.node.get_closest_marker("journey") is None:
        settings.STORAGES = {**settings.STORAGES, "staticfiles": PLAIN_STATIC}


def pytest_configure(config: pytest.Config) -> None:
    """Keep quiet about static files that only journeys collect."""
    config.addinivalue_line("filterwarnings", "ignore:No directory at:UserWarning")


@pytest.fixture(autouse=True)
def counters_in_memory(settings: Any) -> Iterator[None]:
    """Count tries and codes in this process; an installation counts in its database, for all its processes."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def forced_sign_ins_have_both_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `Client.force_login` stand for a sign-in with password and second step, which it leaves out."""
    force_login = Client.force_login

    def force_with_both_steps(self: Client, user: Any, backend: str | None = None) -> None:
        # Read anew: operations that gave rights have counted up what a session must carry.
        force_login(self, type(user).objects.get(pk=user.pk), backend)
        session = self.session
        session[SECOND_FACTOR] = "test"
        session.save()

    monkeypatch.setattr(Client, "force_login", force_with_both_steps)


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Hash passwords cheaply: their strength is Django's to test, and each person made here has one."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
