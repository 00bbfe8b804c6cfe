"""Build the wheel and try it as a stranger would: a clean environment, no Node, no repository.

`python -m tests.wheel` builds into dist/, installs the pinned requirements and the wheel into a new virtual
environment, runs `alongside themes` on a small file, makes the demonstration and fetches its sign-in page.
"""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDED = ("static/built/alongside.css", "static/built/print.css", "demo/content/organisation.yaml")
COMMENTS = "id,text\n1,The bus to the clinic takes two hours\n2,Two buses and a long walk to the clinic\n3,\n"


def run(*command: str | Path, **options: object) -> None:
    """Run one command and stop with its output where it fails."""
    subprocess.run([str(part) for part in command], check=True, **options)  # type: ignore[call-overload]


def build() -> Path:
    """Return the newly built wheel, having looked inside it."""
    shutil.rmtree(ROOT / "dist", ignore_errors=True)
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", ROOT / "dist", ROOT)
    wheel = next((ROOT / "dist").glob("alongside-*.whl"))
    names = zipfile.ZipFile(wheel).namelist()
    missing = [need for need in NEEDED if not any(name.endswith(need) for name in names)]
    if missing:
        raise SystemExit(f"the wheel lacks {', '.join(missing)}")
    return wheel


def find_free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def fetch(port: int, path: str) -> tuple[int, str]:
    """Return status and text of one page of the demonstration."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def try_demo(alongside: Path, folder: Path, environment: dict[str, str]) -> None:
    """Serve the demonstration and fetch its first page and its stylesheet."""
    port = find_free_port()
    command = [str(alongside), "demo", "--data", str(folder / "demo"), "--port", str(port)]
    server = subprocess.Popen(command, env=environment, cwd=folder)
    try:
        deadline = time.monotonic() + 300
        while True:
            try:
                status, page = fetch(port, "/sign-in/")
                break
            except OSError:
                if time.monotonic() > deadline or server.poll() is not None:
                    raise SystemExit("the demonstration did not answer") from None
                time.sleep(0.5)
        stylesheet = re.search(r'href="(/static/built/[^"]+\.css)"', page)
        if status != 200 or stylesheet is None or fetch(port, stylesheet[1])[0] != 200:
            raise SystemExit(f"the sign-in page answered {status} or without its stylesheet")
    finally:
        server.terminate()
        server.wait(timeout=30)


def main() -> None:
    """Build, install, try."""
    wheel = build()
    folder = Path(tempfile.mkdtemp(prefix="alongside-wheel-"))
    try:
        run(sys.executable, "-m", "venv", folder / "venv")
        programs = folder / "venv" / "bin"
        run(
            programs / "pip",
            "install",
            "--quiet",
            "--require-hashes",
            "-r",
            ROOT / "requirements" / "run.txt",
        )
        run(programs / "pip", "install", "--quiet", "--no-deps", wheel)
        # No Node and no repository: only the new environment's programs and the system's plain ones.
        environment = {
            key: value for key, value in os.environ.items() if not key.startswith(("ALONGSIDE", "PYTHON"))
        }
        environment["PATH"] = (
            f"{programs}:/usr/bin:/bin"
            if shutil.which("node", path="/usr/bin:/bin") is None
            else str(programs)
        )
        (folder / "comments.csv").write_text(COMMENTS)
        run(
            programs / "alongside",
            "themes",
            "comments.csv",
            "--text",
            "text",
            "--id",
            "id",
            "--out",
            "out",
            cwd=folder,
            env=environment,
        )
        if not (folder / "out" / "report.html").exists():
            raise SystemExit("no report was written")
        try_demo(programs / "alongside", folder, environment)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{wheel.name} works in a clean environment without Node", flush=True)


if __name__ == "__main__":
    main()
