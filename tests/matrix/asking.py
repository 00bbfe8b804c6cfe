"""Ask an address as a reader would, and say in one word what it answered."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.apps.actions.views.private import LINK, UNTIL
from alongside.apps.engagement.rules.asking import remember_asker
from tests.matrix.addresses import list_addresses
from tests.matrix.language import ABSENT, OPEN, PUBLIC, REFUSED, SIGN_IN, WRONG_METHOD, Row
from tests.matrix.world import World

ROLE_WORDS = "Your role does not let you"
CSRF = "x" * 32
HOLES = {address.name: address.holes for address in list_addresses()}
# What reading may write: the session, and the lines that say who read what.
MAY_BE_WRITTEN = re.compile(
    r'"(django_session|engagement_concern_event|base_audit\w*|\w*_read(ing)?s?|usersessions_\w+)"', re.I
)
WRITING = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|ALTER|CREATE|DROP)\b", re.I)
_CHANGING = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
    r'|hx-headers=\'[^\']*\'|"X-CSRFToken": ?"[^"]*"|nonce="[^"]*"|token-\w+|nobodys|/\d+/|/say/[^/"]+/'
)


def find_address(world: World, reader: str, row: Row, side: str) -> str:
    """Return the address of a row for a reader; what a kind of thing calls its own comes before the common names."""
    filled = world.fill(reader, side)
    own_names = {name: filled[key] for name in HOLES[row.name] if (key := f"{row.of}_{name}") in filled}
    have = {**filled, "object_id": filled.get(f"{row.of}_id"), **own_names, **row.values}
    return reverse(row.name, kwargs={name: have[name] for name in HOLES[row.name]})


class Asker:
    """One reader at the door: signed in or not, with a private link already opened on this device."""

    def __init__(self, world: World, reader: str) -> None:
        self.world, self.reader = world, reader
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        if reader != PUBLIC:
            self.client.force_login(world.people[reader])
        session = self.client.session
        session[LINK] = str(world.link_id)
        session[UNTIL] = (timezone.now() + timedelta(hours=1)).isoformat()
        until = timezone.now() + timedelta(hours=1)
        remember_asker(session, [world.speaker_id], how="private_link", until=until)
        session.save()
        self.client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
        self.client.cookies[settings.CSRF_COOKIE_NAME] = CSRF
        self._cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}

    def find(self, row: Row, side: str) -> str:
        """Return the address of a row, filled with what is on this side."""
        return find_address(self.world, self.reader, row, side)

    def get(self, address: str) -> Any:
        """Return what a GET answers."""
        self._take_cookies()
        return self.client.get(address)

    def post(self, address: str, data: Mapping[str, object], *, with_token: bool = True) -> Any:
        """Return what a POST answers, from a form of ours or a forged one."""
        self._take_cookies()
        headers = {"X-CSRFToken": CSRF} if with_token else {}
        return self.client.post(address, dict(data), headers=headers)

    def _take_cookies(self) -> None:
        self.client.cookies = SimpleCookie(self._cookies)


def read_text(answer: Any) -> str:
    """Return the text of an answer: a page as it is, a spreadsheet unpacked."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"\n".join(book.read(name) for name in book.namelist())
    return bytes(body).decode("utf-8", "replace")


def classify(answer: Any, text: str, row: Row, wanted: str) -> str:
    """Return what an answer was, in one of the words of the matrix.

    An operation that finds nothing and one that finds something in the wrong state both refuse, so a refusal that is
    not about the role counts as what was wanted; that another's is answered like nobody's is compared apart.
    """
    if answer.status_code == 302 and answer["Location"].startswith(reverse(settings.LOGIN_URL) + "?"):
        return SIGN_IN
    if answer.status_code == 405 or (wanted == WRONG_METHOD and answer.status_code == 302):
        return WRONG_METHOD  # or led back to a page that can be read
    if ROLE_WORDS in text:
        return REFUSED
    if answer.status_code in (404, 410):
        return ABSENT
    if answer.status_code == 403 or (row.says_so and answer.status_code == 200):
        return wanted if wanted in (OPEN, ABSENT) else REFUSED
    if answer.status_code >= 500:
        return f"breaks ({answer.status_code})"
    return OPEN


def make_alike(answer: Any, text: str) -> str:
    """Return an answer without what differs between any two: ids, tokens."""
    where = answer.headers.get("Location", "")
    return _CHANGING.sub("…", f"{answer.status_code} {where}\n{text}")


@contextmanager
def undone() -> Iterator[None]:
    """Undo in the end whatever was written."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def watched() -> Iterator[list[str]]:
    """Yield a list that fills with what is written beside the session and the lines about reading."""
    written: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITING.match(sql) and not MAY_BE_WRITTEN.search(sql.split("WHERE")[0]):
            written.append(sql[:120])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written
