"""Clients that send answers until each is acknowledged, whatever happens to the server meanwhile."""

import json
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.faults.serving import LOST, Answer, call

DEADLINE_SECONDS = 300  # long, for a machine that others use too
LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"


@dataclass(frozen=True)
class Writing:
    """One answer a client wants kept: on which page, under which code, through the pages or the client's own door."""

    slug: str
    code: str
    text: str
    by_pages: bool = False


@dataclass
class Log:
    """What clients saw. `acknowledged` holds the texts they were told are kept."""

    acknowledged: set[str] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    without_retry_after: int = 0
    without_words: int = 0
    guard: threading.Lock = field(default_factory=threading.Lock)

    def saw(self, answer: Answer) -> None:
        """Count an answer, and look at the page of a refusal."""
        with self.guard:
            self.statuses[answer.status] += 1
            if answer.status in (503, 507):
                self.without_retry_after += not answer.header("Retry-After")
                self.without_words += "Nothing that was kept before is lost" not in answer.body

    def kept(self, text: str) -> None:
        """Remember an acknowledgement."""
        with self.guard:
            self.acknowledged.add(text)


def make_code() -> str:
    """Return a receipt code as a client makes it."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(12))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def make_writings(slugs: Sequence[str], number: int, *, by_pages: int = 0) -> list[Writing]:
    """Return so many answers spread over pages, all different, none of which looks like a number of somebody's."""
    return [
        Writing(slugs[place % len(slugs)], make_code(), f"Answer {_make_word()}, {place}", place < by_pages)
        for place in range(number)
    ]


def _make_word() -> str:
    return "".join(secrets.choice("abcdefghijklmnop") for _ in range(16))


def send(port: int, writing: Writing, log: Log, text: str = "") -> Answer:
    """Send one answer to the client's door, once."""
    body = json.dumps({"slug": writing.slug, "code": writing.code, "text": text or writing.text}).encode()
    answer = call(port, "POST", "/faults/answers/", body, {"Content-Type": "application/json"})
    log.saw(answer)
    return answer


class Visitor:
    """Somebody who answers on the real pages, with the two cookies a browser would hold."""

    def __init__(self, port: int, writing: Writing, log: Log) -> None:
        self.port, self.writing, self.log = port, writing, log
        self.cookies: dict[str, str] = {}

    def _go(self, method: str, page: str, **fields: str) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["X-CSRFToken"] = self.cookies.get("csrftoken", "")
            body = urlencode(fields).encode()
        answer = call(self.port, method, f"/say/{self.writing.slug}/{page}", body, headers)
        self.log.saw(answer)
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                cookie, _, content = value.partition(";")[0].partition("=")
                self.cookies[cookie] = content
        return answer

    def try_to_send(self) -> bool:
        """Walk through the pages once; return whether the last one says that the words are kept."""
        if self._go("GET", "agree/").status != 200:
            return False
        for page, fields in (("agree/", {}), ("question/1/", {"text": self.writing.text}), ("check/", {})):
            answer = self._go("POST", page, **fields)
            if page != "check/" and answer.status != 302:
                return False
            if page == "check/" and answer.status != 302:
                # Lost on the way: send the same page again, as a person would, before beginning anew.
                return self._send_again()
        return self._go("GET", "sent/").status == 200

    def _send_again(self) -> bool:
        deadline = time.monotonic() + DEADLINE_SECONDS
        while time.monotonic() < deadline:
            if self._go("POST", "check/").status == 302:
                return self._go("GET", "sent/").status == 200
            if self._go("GET", "sent/").status == 200:
                return True
            time.sleep(0.1)
        return False


def write_all(
    port: int,
    writings: Sequence[Writing],
    log: Log,
    *,
    clients: int,
    meanwhile: Callable[[], None] = lambda: None,
    seconds: float = DEADLINE_SECONDS,
) -> None:
    """Let clients send everything at once, each until it is acknowledged; `meanwhile` harms the server."""
    waiting = list(writings)
    deadline = time.monotonic() + seconds

    def work() -> None:
        while time.monotonic() < deadline:
            with log.guard:
                if not waiting:
                    return
                writing = waiting.pop()
            _send_until_kept(port, writing, log, deadline)

    threads = [threading.Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    meanwhile()
    for thread in threads:
        thread.join()


def _send_until_kept(port: int, writing: Writing, log: Log, deadline: float) -> None:
    visitor = Visitor(port, writing, log) if writing.by_pages else None
    while time.monotonic() < deadline:
        is_kept = visitor.try_to_send() if visitor else send(port, writing, log).status == 200
        if is_kept:
            log.kept(writing.text)
            return
        time.sleep(0.25)


def send_each_once(port: int, writings: Sequence[Writing], *, text: str = "", clients: int = 8) -> Log:
    """Send every answer one more time, with other words where some are given; return what came back."""
    log, waiting = Log(), list(writings)

    def work() -> None:
        while True:
            with log.guard:
                if not waiting:
                    return
                writing = waiting.pop()
            send(port, writing, log, text)

    threads = [threading.Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return log


def wait_until(holds: Callable[[], bool], seconds: float = DEADLINE_SECONDS) -> None:
    """Wait for something that other threads bring about."""
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.02)


__all__ = [
    "LOST",
    "Log",
    "Visitor",
    "Writing",
    "make_writings",
    "send",
    "send_each_once",
    "wait_until",
    "write_all",
]
