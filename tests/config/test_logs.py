"""The log names pages and faults, never a secret address or anybody's words."""

import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from alongside.config.logs import FaultsWithoutWords, WithoutSecrets


class Kept(logging.Handler):
    """Keep what would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.addFilter(WithoutSecrets())
        self.setFormatter(FaultsWithoutWords("%(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def log() -> Iterator[Kept]:
    kept = Kept()
    logging.getLogger("django").addHandler(kept)
    yield kept
    logging.getLogger("django").removeHandler(kept)


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "path"), [
    ("post", "/w/s3cret-token/"), ("get", "/w/s3cret-token/x/"), ("get", "/W/s3cret-token/"),
    ("get", "/s3cret-token/"), ("put", "/w/s3cret-token/stop/"),
])  # fmt: skip
def test_a_private_links_token_never_reaches_the_log(log: Kept, method: str, path: str) -> None:
    answer = getattr(Client(), method)(path)
    assert answer.status_code >= 400
    assert log.lines
    assert "s3cret" not in "\n".join(log.lines)


def test_a_fault_is_logged_by_place_and_kind_without_its_words() -> None:
    try:
        try:
            raise KeyError("what a patient wrote")
        except KeyError as cause:
            raise ValueError("ann@example.org wrote this") from cause
    except ValueError:
        text = FaultsWithoutWords().formatException(sys.exc_info())
    assert "ValueError" in text
    assert "because of KeyError" in text
    assert "test_logs.py" in text
    assert "ann@example.org" not in text.replace('raise ValueError("ann@example.org wrote this")', "")
    assert FaultsWithoutWords().formatException((None, None, None)) == ""


def test_the_console_writes_through_both_and_nothing_is_mailed() -> None:
    logging_of_the_house: Any = settings.LOGGING
    console = logging_of_the_house["handlers"]["console"]
    assert console["filters"] == ["without_secrets"]
    assert console["formatter"] == "plain"
    handlers = [*logging.getLogger("django").handlers, *logging.getLogger("django.request").handlers]
    assert not any(type(one).__name__ == "AdminEmailHandler" for one in handlers)
