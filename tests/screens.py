"""Take a picture of every page at 1280 and 390 px, walking the demonstration as each of its people.

`python -m tests.screens [ONLY]` writes screens/<page>-<width>.png, one for each named page it can reach (only those
whose name holds ONLY, where given), and prints which pages it never met.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page, sync_playwright

from tests.setup.browser import ARGUMENTS, find_browser
from tests.wheel import find_free_port

ROOT = Path(__file__).resolve().parent.parent
SCREENS = ROOT / "screens"
WIDTHS = (1280, 390)
MOST_PAGES = 260  # addresses a person is followed to
MOST_OF_A_KIND = 3  # addresses of one name that are opened in search of further links
NO_PAGES = ("export", "pdf", "csv", "xlsx", "file", "download", "qr", "brand_css", "bad_rows")


@dataclass
class Walk:
    """What was met so far."""

    only: str = ""
    pictures: dict[str, str] = field(default_factory=dict)  # page name to address
    faults: list[str] = field(default_factory=list)


def name_of(address: str) -> str | None:
    """Return the name of the page at an address of the site, or None where there is none."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return None


def list_links(page: Page) -> list[str]:
    """Return the site's own addresses this page links to."""
    script = "() => [...document.querySelectorAll('a[href]')].map(a => a.href)"
    host = urlsplit(page.url).netloc
    found = [urlsplit(link) for link in page.evaluate(script)]
    return [f"{part.path}{'?' + part.query if part.query else ''}" for part in found if part.netloc == host]


def take_pictures(browser: Browser, page: Page, walk: Walk, name: str) -> None:
    """Picture the page as it stands at both widths."""
    SCREENS.mkdir(exist_ok=True)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=SCREENS / f"{name.replace(':', '-')}-{width}.png", full_page=True)
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})


def follow(browser: Browser, page: Page, start: str, walk: Walk) -> None:
    """Follow links breadth first from one address and picture each page not met before."""
    waiting = deque([start])
    seen, opened = {start}, dict[str, int]()
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.popleft()
        name = name_of(address)
        if name is None or opened.get(name, 0) >= MOST_OF_A_KIND or any(part in name for part in NO_PAGES):
            continue
        opened[name] = opened.get(name, 0) + 1
        answer = page.goto(address)
        if answer is None or answer.status >= 400:
            walk.faults.append(f"{answer.status if answer else '?'} {address}")
            continue
        landed = name_of(page.url) or name
        if landed not in walk.pictures and walk.only in landed:
            walk.pictures[landed] = address
            take_pictures(browser, page, walk, landed)
        for link in list_links(page):
            if link not in seen:
                seen.add(link)
                waiting.append(link)


def walk_site(url: str, walk: Walk) -> None:
    """Walk as the public, then as each person of the demonstration."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        public = browser.new_context(base_url=url, viewport={"width": 1280, "height": 900}).new_page()
        follow(browser, public, "/sign-in/", walk)
        public.goto("/sign-in/")
        for index in range(public.locator("form[action*='/sign-in/demo/'] button").count()):
            page = browser.new_context(base_url=url, viewport={"width": 1280, "height": 900}).new_page()
            page.goto("/sign-in/")
            page.locator("form[action*='/sign-in/demo/'] button").nth(index).click()
            follow(browser, page, urlsplit(page.url).path, walk)
        browser.close()


def main() -> None:
    """Make the demonstration, serve it, walk it."""
    shutil.rmtree(SCREENS, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix="alongside-screens-"))
    port = find_free_port()
    command = [sys.executable, "-m", "alongside.cli.main", "demo", "--data", str(folder), "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT)
    os.environ["ALONGSIDE_DATA"] = str(folder / "walker")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    django.setup()
    walk = Walk(only=sys.argv[1] if len(sys.argv) > 1 else "")
    try:
        wait_for(port, server)
        walk_site(f"http://127.0.0.1:{port}", walk)
    finally:
        server.terminate()
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{len(walk.pictures)} pages at {len(WIDTHS)} widths in {SCREENS}")
    for fault in walk.faults:
        print(f"could not be opened: {fault}")


def wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Wait until the demonstration answers."""
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            raise SystemExit("the demonstration did not start")
        time.sleep(0.3)


if __name__ == "__main__":
    main()
