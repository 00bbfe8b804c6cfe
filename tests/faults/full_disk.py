"""A disk that is full: a small tmpfs under the data folder (or PostgreSQL's tables), filled, and emptied again."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from tests.faults.engines import Bench, Installation
from tests.faults.report import Result
from tests.faults.serving import ask_inside, call, serving
from tests.faults.writing import Log, Writing, make_writings, send, write_all

DISK_BYTES = 96 * 2**20
ROOM_BYTES = 2 * 2**20  # what is left when the disk is "full", so that refusals begin in the middle of work
LONG = " ".join(["It went on for a long time and nobody came."] * 80)


class NoSmallDisk(Exception):
    """A small disk cannot be made on this machine."""


@contextmanager
def small_disk() -> Iterator[Path]:
    """Mount a tmpfs of 96 MiB; needs root. Raise NoSmallDisk where that is not permitted."""
    folder = Path(tempfile.mkdtemp(prefix="alongside-faults-disk-"))
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(folder)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        folder.rmdir()
        raise NoSmallDisk(made.stderr.strip())
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)
        with suppress(OSError):
            folder.rmdir()


@contextmanager
def installation_on(disk: Path, engine: str, bench: Bench) -> Iterator[Installation]:
    """Make an installation that writes to the small disk: all of it, or PostgreSQL's tables; uploads go there too."""
    (disk / "tmp").mkdir()
    room = {"TMPDIR": str(disk / "tmp")}
    if engine != "PostgreSQL" or bench.server is None:
        yield replace(bench.copy(engine, disk / "data"), extra=room)
        return
    tables, folder = disk / "tables", Path(tempfile.mkdtemp(prefix="alongside-faults-"))
    tables.mkdir()
    disk.chmod(0o755)
    installation = bench.copy(engine, folder / "data", tablespace=tables)
    try:
        yield replace(installation, extra=room)
    finally:
        (disk / "ballast").unlink(missing_ok=True)
        bench.server.drop_tablespace_of(installation.url)
        shutil.rmtree(folder, ignore_errors=True)


def run(result: Result, bench: Bench, *, writes: int = 300) -> None:
    """Fill the disk while people write, read meanwhile, make room, and let them go on."""
    with small_disk() as disk, installation_on(disk, result.engine, bench) as installation:
        slugs = installation.slugs
        writings = [
            Writing(one.slug, one.code, f"{one.text}. {LONG}") for one in make_writings(slugs, writes)
        ]
        full, log = Log(), Log()
        with serving(installation, result.mutant) as server:
            _fill(disk)
            for one in writings:
                if send(server.port, one, full).status == 200:
                    full.kept(one.text)
            refused = full.statuses[503] + full.statuses[507]
            readable = sum(call(server.port, "GET", f"/say/{slugs[0]}/").status == 200 for _ in range(10))
            uploaded = _upload(server.port, slugs[0])
            (disk / "ballast").unlink()
            write_all(server.port, writings, log, clients=4)
        tally = ask_inside(installation, "tally")
        told = full.acknowledged | log.acknowledged
        result.add("kept before it was full", full.statuses[200])
        result.add("refused while it was full", refused)
        result.add("refused at all", "yes" if refused else "no", "yes")
        result.add("of these 507", full.statuses[507])
        result.add("statuses other than 200, 503, 507", len(writings) - refused - full.statuses[200], 0)
        result.add("refusals without Retry-After or words", full.without_retry_after + full.without_words, 0)
        result.add("reading while it was full", readable, 10)
        result.add("an upload while it was full", uploaded, 507)
        result.add("kept once there was room", len(log.acknowledged), len(writings))
        result.add("acknowledged and lost", len(told - tally["kept"].keys()), 0)
        result.add("kept twice", sum(number > 1 for number in tally["kept"].values()), 0)
        result.add("integrity", tally["integrity"], "ok")
        result.note(f"{dict(full.statuses)}; {server.tail()[-600:]}")


def _fill(disk: Path) -> None:
    """Leave only a little room on the disk."""
    left = os.statvfs(disk)
    with (disk / "ballast").open("wb") as ballast:
        ballast.write(b"\0" * max(0, left.f_bavail * left.f_frsize - ROOM_BYTES))


def _upload(port: int, slug: str) -> int:
    """Send a file where none is asked for, and return the status: it is written to the full disk while it arrives."""
    edge = "edge"
    head = (
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n'
        "Content-Type: text/csv\r\n\r\n"
    )
    body = head.encode() + b"a,b\n" * 500_000 + f"\r\n--{edge}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={edge}"}
    page = call(port, "GET", f"/say/{slug}/take-back/")
    token = page.header("Set-Cookie").partition("csrftoken=")[2].partition(";")[0]
    headers |= {"Cookie": f"csrftoken={token}", "X-CSRFToken": token}
    return call(port, "POST", f"/say/{slug}/take-back/", body, headers).status
