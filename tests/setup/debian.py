"""Install Debian's packages that the tests need, where that is allowed."""

import ctypes.util
import os
import shutil
import subprocess


def install_missing(*, browser: bool, postgresql: bool) -> None:
    """Install Chromium, PostgreSQL and Pango from Debian where they are missing and we may."""
    wanted = []
    if browser:
        wanted.append("chromium")
    if postgresql:
        wanted.append("postgresql")
    if ctypes.util.find_library("pango-1.0") is None:
        wanted += ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
    if shutil.which("pdftoppm") is None:
        wanted.append("poppler-utils")
    if not wanted:
        return
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") is None or (prefix and shutil.which("sudo") is None):
        return
    print(f"== Installing from Debian: {' '.join(wanted)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*prefix, "apt-get", "update", "-qq"], check=False, env=environment)
    subprocess.run(
        [*prefix, "apt-get", "install", "-y", "-qq", *wanted],
        check=False,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
