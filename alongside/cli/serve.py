"""`alongside serve`, `alongside demo`, `alongside work` and `alongside add-person`."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from types import FrameType

import click
from django.utils import timezone

from alongside.cli.installation import open_installation, prepare_tables_and_files, say

DATA_HELP = "The folder for the database and files. Default: ALONGSIDE_DATA, or ./var."


def _check_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise click.ClickException(
                f"Port {port} on {host} cannot be used ({taken.strerror}). Choose another one with --port, "
                f"or PORT={port + 1} with make."
            ) from taken


def _serve(host: str, port: int, workers: int) -> int:
    """Run the web server and one job worker until told to stop; return the server's exit code."""
    server = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "2", "--no-ws", "--log-level", "warning"),
        "alongside.config.wsgi:application",
    ]
    worker = [sys.executable, "-m", "alongside.cli.main", "work"]
    running = {"server": subprocess.Popen(server), "worker": subprocess.Popen(worker)}
    told = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal told
        told = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not told and running["server"].poll() is None:
        if running["worker"].poll() is not None:
            running["worker"] = subprocess.Popen(worker)
        time.sleep(0.3)
    for process in running.values():
        if process.poll() is None:
            process.terminate()
    codes = [process.wait(timeout=15) for process in running.values()]
    return 0 if told else codes[0]


def _wait_until_it_answers(host: str, port: int, seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            if probe.connect_ex((host, port)) == 0:
                return True
        time.sleep(0.1)
    return False


def _announce(host: str, port: int, words: str) -> None:
    """Say the address once the server answers, from a process of its own, so that serving is not held up."""
    if os.fork() == 0:
        if _wait_until_it_answers(host, port):
            say(words)
        os._exit(0)


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help=DATA_HELP)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
@click.option("--workers", default=2, show_default=True, help="Server processes; about one a core.")
def serve(data: Path | None, host: str, port: int, workers: int) -> None:
    """Serve an installation of your own.

    Brings the database to this version, then runs the web server and the worker for long jobs in the
    foreground. The first time, invite yourself in another terminal:

    \b
        alongside add-person you@example.org --name "Your Name" --role administrator --role engagement_lead
    """
    _check_port(host, port)
    address = f"http://{host}:{port}"
    open_installation(data, url=address)
    import_module("alongside.config.checks").refuse_unsafe_settings()
    prepare_tables_and_files()
    _announce(host, port, f"Alongside is at {address}. Stop it with Ctrl-C.")
    sys.exit(_serve(host, port, workers))


@click.command()
@click.option(
    "--data", type=click.Path(path_type=Path), help="The folder for the demonstration. Default: ./var/demo."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
@click.option("--reset", is_flag=True, help="Start again: throw this demonstration's data away first.")
@click.option("--build-only", is_flag=True, help="Make the data and stop, without serving.")
def demo(data: Path | None, host: str, port: int, reset: bool, build_only: bool) -> None:
    """Open a working product with a made-up organisation in it.

    Everything in it is fictional. Sign in on the first page by choosing a person; no password is needed.
    What you change stays until you start it with --reset.
    """
    if not build_only:
        _check_port(host, port)
    folder = data or Path("var") / "demo"
    if reset and folder.exists():
        if not (folder / "demonstration").exists():
            raise click.ClickException(f"{folder} does not hold a demonstration, so nothing was thrown away.")
        shutil.rmtree(folder)
    address = f"http://{host}:{port}"
    open_installation(folder, demo=True, url=address)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "demonstration").touch()
    say("Preparing tables and pages …")
    prepare_tables_and_files()
    import_module("alongside.demo.build").build_if_empty(say=say)
    if build_only:
        return
    _announce(host, port, f"\nAlongside is at {address}/  (made-up data; stop it with Ctrl-C)\n")
    sys.exit(_serve(host, port, workers=2))


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help=DATA_HELP)
@click.option("--until-idle", is_flag=True, help="Stop when nothing is waiting.")
def work(data: Path | None, until_idle: bool) -> None:
    """Do waiting jobs; `serve` and `demo` run one such worker, and more may run beside it."""
    open_installation(data)
    import_module("alongside.config.checks").begin_safely()
    import_module("alongside.apps.base.jobs").work_until_told_to_stop(is_idle_enough=lambda: until_idle)


@click.command("add-person")
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", "roles", multiple=True, required=True, help="A role; repeat for several.")
@click.option("--data", type=click.Path(path_type=Path), help=DATA_HELP)
@click.option("--password", help="A password at once, instead of an invitation: at least 15 characters.")
def add_person(
    email: str, name: str, roles: tuple[str, ...], data: Path | None, password: str | None
) -> None:
    """Invite somebody to have an account, such as the first administrator.

    Prints a link that works for seven days, once. Whoever opens it chooses how to sign in. The letter with the link
    leaves too, where mail is set up.
    """
    if password is not None and len(password) < 15:
        raise click.ClickException("The password needs at least 15 characters.")
    open_installation(data)
    prepare_tables_and_files()
    rules = import_module("alongside.apps.base.rules")
    operations = import_module("alongside.apps.people.operations")
    who = {"email": email, "name": name, "roles": roles, "by": rules.SYSTEM, "at": timezone.now()}
    try:
        with rules.acting(rules.SYSTEM, why="alongside add-person"):
            if password is None:
                invited = operations.invite(**who)
            else:
                operations.add_person(**who, password=password)
    except rules.Refused as refusal:
        raise click.ClickException(refusal.reason) from refusal
    if password is None:
        say(f"{name} is invited. Open this link to choose how to sign in; it works for seven days, once:")
        say(f"\n    {invited.link}\n")
    else:
        say(f"{name} can sign in with {email}, and is then asked to set up a second step.")
