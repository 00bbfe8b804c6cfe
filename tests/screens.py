"""Take a picture of every page at 1280 and 390 px, walking the demonstration as each of its people.

`python -m tests.screens [ONLY]` writes screens/<page>-<width>.png, one for each named page it can reach (only those
whose name holds ONLY, where given), and prints which pages it never met.
"""

import hashlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.apps import apps
from django.utils import timezone
from playwright.sync_api import Page, sync_playwright

from tests.setup.browser import ARGUMENTS, find_browser
from tests.setup.walking import Walk, follow_links, name_of
from tests.wheel import find_free_port

ROOT = Path(__file__).resolve().parent.parent
SCREENS = ROOT / "screens"
WIDTHS = (1280, 390)


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
            if index == 0:  # the lead; an engagement that takes voices has pages that closed ones lack
                follow_links(page, "/engagements/?state=open", walk, on_new_page)
        walk_have_your_say(browser.new_context(base_url=url).new_page(), walk, on_new_page)
        walk_private_link(browser.new_context(base_url=url).new_page(), walk, on_new_page)
        browser.close()


def meet(page: Page, walk: Walk, on_new_page: Callable[[Page, str], None]) -> None:
    """Picture the page a press of a button led to, where it is new."""
    name = name_of(page.url)
    if name and name not in walk.met:
        walk.met[name] = page.url
        on_new_page(page, name)


def walk_have_your_say(page: Page, walk: Walk, on_new_page: Callable[[Page, str], None]) -> None:
    """Answer a public form to its end, writing something in every box that is there."""
    form = apps.get_model("engagement", "PublicForm").objects.order_by("created_at").first()
    if form is None:
        return
    page.goto(f"/say/{form.slug}/")
    for _page in range(15):
        meet(page, walk, on_new_page)
        for box in page.locator("main textarea, main input[type=text]:not([name=website]):visible").all():
            box.fill("The bus stops before the last clinic does.")
        button = page.locator("main form button[type=submit], main a.nhsuk-button").first
        if not button.count():
            return
        button.click()
        page.wait_for_load_state()


def walk_private_link(page: Page, walk: Walk, on_new_page: Callable[[Page, str], None]) -> None:
    """Open a private link as somebody does who got a mail."""
    digest = (
        apps.get_model("actions", "Digest")
        .objects.filter(contact__stopped_at=None)
        .order_by("-claimed_at")
        .first()
    )
    if digest is None:
        return
    token, at = secrets.token_urlsafe(32), timezone.now()
    apps.get_model("actions", "PrivateLink").objects.create(
        digest=digest,
        token_sha256=hashlib.sha256(token.encode()).hexdigest(),
        created_at=at,
        expires_at=at + timedelta(days=1),
    )
    page.goto(f"/w/{token}/")
    meet(page, walk, on_new_page)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    meet(page, walk, on_new_page)


def main() -> None:
    """Make the demonstration, serve it, walk it."""
    shutil.rmtree(SCREENS, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix="alongside-screens-"))
    port = find_free_port()
    command = [sys.executable, "-m", "alongside.cli.main", "demo", "--data", str(folder), "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT)
    os.environ["ALONGSIDE_DATA"] = str(folder)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser keeps a loop running in this thread
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
