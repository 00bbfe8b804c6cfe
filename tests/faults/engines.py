"""The two databases as the harness needs them: made fresh, stopped at once in the middle of work, started again."""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.setup.postgresql import find_postgresql


def find_free_port() -> int:
    """Return a local port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class PostgreSQL:
    """A server of the harness's own; it runs as `postgres` where we are root, which PostgreSQL refuses to be."""

    programs: Path
    folder: Path
    port: int
    user: str | None

    def run(self, *command: str) -> None:
        """Run one of its programs, quietly."""
        subprocess.run(command, check=True, user=self.user, cwd=self.folder, stdout=subprocess.DEVNULL)

    def start(self) -> None:
        """Start it and wait until it answers; `fsync` is off, because no power fails here."""
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} "
            "-c fsync=off -c max_connections=120 -c deadlock_timeout=200ms"
        )
        control = [str(self.programs / "pg_ctl"), "-D", str(self.folder / "data"), "-w"]
        self.run(*control, "-l", str(self.folder / "log"), "-o", options, "start")

    def stop_at_once(self) -> None:
        """Stop it as a crash does: no goodbye to anybody, recovery at the next start."""
        self.run(str(self.programs / "pg_ctl"), "-D", str(self.folder / "data"), "-m", "immediate", "stop")

    def new_database(self, tablespace: Path | None = None, template: str = "") -> str:
        """Make a database and return its address; its tables lie in another folder where one is given."""
        name = f"faults_{secrets.token_hex(4)}"
        clause = f" TEMPLATE {template.rsplit('/', 1)[1]}" if template else ""
        if tablespace is not None:
            shutil.chown(tablespace, self.user or os.getlogin())
            self._ask(f"CREATE TABLESPACE {name} LOCATION '{tablespace}'")
            clause += f" TABLESPACE {name}"
        self._ask(f"CREATE DATABASE {name}{clause}")
        return f"postgres://alongside@127.0.0.1:{self.port}/{name}"

    def drop_tablespace_of(self, url: str) -> None:
        """Throw a database and its tablespace away."""
        name = url.rsplit("/", 1)[1]
        self._ask(f"DROP DATABASE {name} WITH (FORCE)")
        self._ask(f"DROP TABLESPACE {name}")

    def _ask(self, words: str) -> None:
        address = f"postgres://alongside@127.0.0.1:{self.port}/postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(words.encode())


@contextmanager
def running_postgresql() -> Iterator[PostgreSQL | None]:
    """Run a PostgreSQL server for the harness; None where it is not installed."""
    programs = find_postgresql()
    if programs is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="alongside-faults-postgresql-"))
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    server = PostgreSQL(programs, folder, find_free_port(), user)
    server.run(
        str(programs / "initdb"), "-D", str(folder / "data"), "-U", "alongside", "-A", "trust", "-E", "UTF8",
        "--no-sync",
    )  # fmt: skip
    server.start()
    try:
        yield server
    finally:
        server.stop_at_once()
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Installation:
    """One installation of Alongside for one run: a data folder, and a database in it or on the server."""

    engine: str
    data: Path
    url: str = ""
    server: PostgreSQL | None = None
    extra: dict[str, str] = field(default_factory=dict)
    slugs: list[str] = field(default_factory=list)

    def environment(self, mutant: str = "") -> dict[str, str]:
        """Return what a process of this installation finds around it."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ALONGSIDE_")}
        kept |= {"ALONGSIDE_DATA": str(self.data), "FAULTS_MUTANT": mutant, **self.extra}
        return kept | ({"ALONGSIDE_DATABASE_URL": self.url} if self.url else {})


@dataclass
class Bench:
    """Everything runs are made from: the server, and one installation a database that is set up and only copied."""

    server: PostgreSQL | None
    models: dict[str, Installation] = field(default_factory=dict)
    slugs: dict[str, list[str]] = field(default_factory=dict)

    @contextmanager
    def new(self, engine: str) -> Iterator[Installation]:
        """Copy the set-up installation of one database, and throw the copy away afterwards."""
        folder = Path(tempfile.mkdtemp(prefix="alongside-faults-"))
        try:
            yield self.copy(engine, folder / "data")
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def copy(self, engine: str, data: Path, tablespace: Path | None = None) -> Installation:
        """Copy the set-up installation of one database to a folder that is not there yet."""
        model = self.models[engine]
        shutil.copytree(model.data, data)
        url = self.server.new_database(tablespace, model.url) if self.server and model.url else ""
        return Installation(engine, data, url, self.server, slugs=self.slugs[engine])
