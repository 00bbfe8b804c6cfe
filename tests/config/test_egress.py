"""Nothing leaves this machine: not from the server, not from the worker, not from the makers of documents."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from alongside.config.egress import Door, NothingLeaves, make_door

SMTP = "django.core.mail.backends.smtp.EmailBackend"
CONSOLE = "django.core.mail.backends.console.EmailBackend"
SHUT = make_door(email_backend=CONSOLE, email_host="smtp.example.org", email_port=587)
MAIL = make_door(email_backend=SMTP, email_host="smtp.example.org", email_port=587)


@pytest.mark.parametrize(
    "address", [("192.0.2.1", 80), ("169.254.169.254", 80), ("10.0.0.5", 443), ("2001:db8::1", 80, 0, 0)]
)
@pytest.mark.parametrize("event", ["socket.connect", "socket.sendto", "socket.sendmsg"])
def test_no_other_machine_is_reached(event: str, address: tuple[object, ...]) -> None:
    for door in (SHUT, MAIL):
        with pytest.raises(NothingLeaves, match="nothing leaves"):
            door.check(event, (None, address))


@pytest.mark.parametrize("host", ["evil.example", b"evil.example", "metadata.google.internal"])
def test_nobody_is_asked_where_another_machine_is(host: object) -> None:
    with pytest.raises(NothingLeaves, match="asks nobody"):
        SHUT.check("socket.getaddrinfo", (host, 80))
    with pytest.raises(NothingLeaves):
        MAIL.check("socket.getaddrinfo", (host, 80))


def test_this_machine_and_the_mail_server_are_reached() -> None:
    for address in (("127.0.0.1", 5432), ("::1", 5432, 0, 0), ("localhost", 80)):
        SHUT.check("socket.connect", (None, address))
    SHUT.check("socket.connect", (None, "/run/postgresql/.s.PGSQL.5432"))
    SHUT.check("socket.getaddrinfo", ("localhost", 80))
    SHUT.check("socket.getaddrinfo", ("127.0.0.1", 80))
    SHUT.check("open", ("a file", "r", 0))
    MAIL.check("socket.getaddrinfo", ("smtp.example.org", 587))
    MAIL.check("socket.connect", (None, ("192.0.2.25", 587)))
    assert Door() == SHUT


TRY = """
import {module}
import socket, urllib.request
one = lambda: urllib.request.urlopen("http://192.0.2.1/")
other = lambda: socket.create_connection(("evil.example", 80))
for reach in (one, other):
    try:
        reach()
    except OSError as refused:
        assert "nothing leaves" in str(refused), refused
    else:
        raise SystemExit("it left")
print("shut")
"""


def test_the_running_server_reaches_nothing(tmp_path: Path) -> None:
    environment = {**os.environ, "ALONGSIDE_DATA": str(tmp_path), "ALONGSIDE_EMAIL_BACKEND": CONSOLE}
    command = [sys.executable, "-c", TRY.format(module="alongside.config.wsgi")]
    tried = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert tried.stdout == "shut\n", tried.stderr


PRESS = """
import socket, sys
from {module} import shut_network
shut_network()
for reach in (lambda: socket.create_connection(("127.0.0.1", 1)), lambda: socket.getaddrinfo("localhost", 80)):
    try:
        reach()
    except PermissionError:
        continue
    raise SystemExit("it left")
print("shut")
"""


@pytest.mark.parametrize("module", ["alongside.adapters.documents.press", "alongside.adapters.files.bounded"])
def test_the_makers_and_readers_of_documents_reach_nothing(module: str) -> None:
    command = [sys.executable, "-c", PRESS.format(module=module)]
    tried = subprocess.run(command, capture_output=True, text=True, check=False)

    assert tried.stdout == "shut\n", tried.stderr


@pytest.mark.parametrize("address", [
    "http://127.0.0.1:1/", "https://192.0.2.1/", "file:///etc/passwd", "ftp://192.0.2.1/", "gopher://192.0.2.1/",
])  # fmt: skip
def test_the_maker_of_pdfs_fetches_from_no_address(address: str) -> None:
    fetching = pytest.importorskip("weasyprint.urls")
    with pytest.raises(Exception, match=r"protocol|not allowed|forbidden|URI"):
        fetching.URLFetcher(allowed_protocols=["data"]).fetch(address)
