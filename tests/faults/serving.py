"""The real server in a process group of its own, so that all of it can be killed at once; and calls from outside."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.engines import Installation, find_free_port

ROOT = Path(__file__).resolve().parent.parent.parent
LOST = 0  # the status of a request that got no answer


@dataclass
class Server:
    """What `alongside serve` runs: the web server, its workers and the worker for jobs."""

    installation: Installation
    port: int
    mutant: str = ""
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", "tests.faults.launcher", "serve", "--port", str(self.port)]
        log = (self.installation.data / "server.log").open("ab")
        with log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.installation.environment(self.mutant),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if call(self.port, "GET", "/about/privacy/").status not in (LOST, 503):
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError(f"the server did not start: {self.tail()}")

    def kill(self) -> None:
        """Kill every process of it at once, as a power cut would, but for the disk."""
        if self.process is not None:
            with suppress(ProcessLookupError):  # it may have ended by itself, and said why in its log
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def tail(self) -> str:
        """Return the end of its log."""
        return (self.installation.data / "server.log").read_text(errors="replace")[-1500:]


@contextmanager
def serving(installation: Installation, mutant: str = "") -> Iterator[Server]:
    """Run a server, and kill what is left of it afterwards."""
    server = Server(installation, find_free_port(), mutant)
    try:
        server.start()
        yield server
    finally:
        server.kill()


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 where nothing did."""

    status: int
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    def header(self, name: str) -> str:
        """Return a header, or nothing."""
        return next((value for found, value in self.headers if found.lower() == name.lower()), "")


def call(
    port: int,
    method: str,
    path: str,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
    timeout: float = 30,
) -> Answer:
    """Send one request and return its answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return Answer(answer.status, answer.read().decode(errors="replace"), tuple(answer.getheaders()))
    except (OSError, http.client.HTTPException):
        return Answer(LOST)
    finally:
        connection.close()


def ask_inside(installation: Installation, question: str, mutant: str = "", **arguments: Any) -> Any:
    """Ask something of an installation in a process of its own; return the answer."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.inside", question, json.dumps(arguments)],
        cwd=ROOT,
        env=installation.environment(mutant),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{question} ended with {done.returncode}: {done.stderr[-1500:]}")
    return json.loads(done.stdout.splitlines()[-1])


def run_alongside(
    installation: Installation, *arguments: str, mutant: str = ""
) -> "subprocess.CompletedProcess[str]":
    """Run the `alongside` command in an installation."""
    return subprocess.run(
        [sys.executable, "-m", "tests.faults.launcher", *arguments],
        cwd=ROOT,
        env=installation.environment(mutant),
        capture_output=True,
        text=True,
        check=False,
    )
