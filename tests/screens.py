"""Take a picture of every page at 1280 and 390 px, walking the demonstration as each of its people.

`python -m tests.screens [ONLY]` writes screens/<page>-<width>.png, one for each named page it can reach (only those
whose name holds ONLY, where given), and prints which pages it never met.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import django
from playwright.sync_api import Page, sync_playwright

from tests.setup.browser import ARGUMENTS, find_browser
from tests.setup.walking import Walk, follow_links
from tests.wheel import find_free_port

ROOT = Path(__file__).resolve().parent.parent
SCREENS = ROOT / "screens"
WIDTHS = (1280, 390)
MOST_STEPS = 14


def take_pictures(page: Page, name: str) -> None:
    """Picture the page as it stands at both widths."""
    SCREENS.mkdir(exist_ok=True)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=SCREENS / f"{name.replace(':', '-')}-{width}.png", full_page=True)
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})


def walk_site(url: str, walk: Walk, only: str) -> None:
    """Walk as the public, then as each person of the demonstration."""

    def on_new_page(page: Page, name: str) -> None:
        if only in name:
            take_pictures(page, name)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        public = browser.new_context(base_url=url, viewport={"width": 1280, "height": 900}).new_page()
        for address in ("/sign-in/", "/what-changed/", "/look/"):
            follow_links(public, address, walk, on_new_page)
        public.goto("/sign-in/")
        for index in range(public.locator("form[action*='/sign-in/demo/'] button").count()):
            page = browser.new_context(base_url=url, viewport={"width": 1280, "height": 900}).new_page()
            page.goto("/sign-in/")
            page.locator("form[action*='/sign-in/demo/'] button").nth(index).click()
            follow_links(page, urlsplit(page.url).path, walk, on_new_page)
            if index == 0:
                address = open_engagement(page)
                follow_links(page, address, walk, on_new_page)
                picture_have_your_say(public, find_public_form(page, address), on_new_page)
        browser.close()


def open_engagement(lead: Page) -> str:
    """Return the address of an engagement that still takes voices: its pages differ from those of a closed one."""
    lead.goto("/engagements/?state=open")
    return lead.locator(".al-row__title a").first.get_attribute("href") or "/engagements/"


def find_public_form(lead: Page, engagement: str) -> str:
    """Return the address of an engagement's page for the public, or nothing where it has none."""
    lead.goto(f"{engagement}page/")
    found = re.search(r"/say/[\w-]+/", lead.content())
    return found.group() if found else ""


def picture_have_your_say(public: Page, address: str, on_new_page: Callable[[Page, str], None]) -> None:
    """Answer as somebody would who presses on: a picture of every step, and of the page after it."""
    if not address:
        return
    public.goto(address)
    on_new_page(public, "say-welcome")
    public.get_by_role("button", name="Start").or_(public.get_by_role("link", name="Start")).click()
    for step in range(1, MOST_STEPS):
        on_new_page(public, f"say-{step}")
        forward = public.locator("main form button[type=submit], main form button:not([type])").last
        if not forward.count():
            return
        if public.locator("textarea[name=text]").count():
            public.locator("textarea[name=text]").fill("The bus is the hard part.")
        for box in public.locator("input[name=uses]").all():
            box.check()
        if public.locator("input[name=channel]").count():
            public.locator("input[name=channel]").last.check()
        forward.click()


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
    walk = Walk()
    try:
        wait_for(port, server)
        walk_site(f"http://127.0.0.1:{port}", walk, sys.argv[1] if len(sys.argv) > 1 else "")
    finally:
        server.terminate()
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{len(walk.met)} pages at {len(WIDTHS)} widths in {SCREENS}")
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
