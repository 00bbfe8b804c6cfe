"""A real browser on a real server: `page` is a desk, `phone` a telephone, `check_page` the eye that misses nothing.

    @pytest.mark.journey
    def test_a_lead_sees_her_day(page, sign_in): ...

`page.goto("/engagements/")` works with addresses of the site. A journey fails when any page logs an error, asks
another host for anything, or answers 4xx or 5xx; `allow_status(404)` expects one.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as live_settings
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Response,
    Route,
    expect,
    sync_playwright,
)

from alongside.apps.people.models import Person
from tests.setup.browser import ARGUMENTS, find_browser

# A shared machine can be slow for a while; a journey fails for what it sees, not for how long it waited.
expect.set_options(timeout=20_000)

# Playwright's synchronous face runs an event loop in this thread, which Django would take for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESK, TELEPHONE, NARROWEST = 1280, 390, 320
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
TOO_WIDE = """() => [...document.querySelectorAll("main *")]
  .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth)
  .slice(0, 3).map(one => one.outerHTML.slice(0, 160)).join("\\n")"""

# What a page is made of, whatever its words: every kind of element with its class and attributes, and its headings.
SHAPE = """() => JSON.stringify([
  [...new Set([...document.querySelectorAll("*")].map(one =>
    [one.tagName, one.className, one.parentElement?.tagName, one.textContent.trim() === "",
     ...[...one.attributes].map(each => each.name)].join(" ")))].sort(),
  [...document.querySelectorAll("h1, h2, h3, h4")].map(one => one.tagName),
])"""
_checked_shapes: set[tuple[str, int]] = set()


@dataclass
class Watch:
    """What a page did that it should not have done."""

    host: str
    allowed_statuses: set[int] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def route(self, route: Route) -> None:
        """Let requests to our own host pass and stop every other."""
        address = urlsplit(route.request.url)
        if address.scheme in ("data", "blob") or address.netloc == self.host:
            route.continue_()
        else:
            self.faults.append(f"asked another host: {route.request.url}")
            route.abort()

    def response(self, response: Response) -> None:
        """Note an answer that is an error."""
        if response.status >= 400 and response.status not in self.allowed_statuses:
            self.faults.append(f"{response.status} {response.url}")

    def console(self, message: ConsoleMessage) -> None:
        """Note an error in the console; those of an allowed status are the browser's echo of it."""
        echo = message.text.startswith("Failed to load resource") and self.allowed_statuses
        if message.type == "error" and not echo:
            self.faults.append(f"console: {message.text}")

    def watch(self, context: BrowserContext) -> None:
        """Look at everything in this context."""
        context.route("**/*", self.route)
        context.on("response", self.response)
        context.on("console", self.console)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the whole run: the machine's own, else the one Playwright knows."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def collected_static(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Collect static files once, with fingerprints, as an installation does."""
    built = live_settings.PACKAGE / "apps" / "base" / "static" / "built" / "alongside.css"
    if not built.exists():
        pytest.fail("The stylesheet is not built: run `python assets/build.py` first.")
    root = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=root):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield root


def _no_handler(application: Any) -> Any:
    """Leave static files to whitenoise."""
    return application


@pytest.fixture(scope="session")
def server(collected_static: Path, django_db_setup: None) -> Iterator[LiveServerThread]:
    """One server for the whole run.

    Django's own live server answers for static files from the sources and knows no fingerprints; here
    whitenoise answers, as it does in an installation.
    """
    thread = LiveServerThread("localhost", static_handler=cast(Any, _no_handler))
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield thread
    thread.terminate()


@dataclass(frozen=True)
class Site:
    """Where the site answers."""

    url: str


@pytest.fixture
def site(server: LiveServerThread, settings: Any, transactional_db: None) -> Site:
    """The whole site with a database of this test's own and the demonstration switched on."""
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
    return Site(f"http://localhost:{server.port}")


@pytest.fixture
def watch(site: Site) -> Iterator[Watch]:
    """Fail the journey when it ends, if any page did what it should not."""
    seen = Watch(host=urlsplit(site.url).netloc)
    yield seen
    assert not seen.faults, "\n".join(seen.faults)


@pytest.fixture
def allow_status(watch: Watch) -> Callable[[int], None]:
    """Expect an answer such as 404 in this journey."""
    return watch.allowed_statuses.add


@pytest.fixture
def open_context(browser: Browser, site: Site, watch: Watch) -> Iterator[Callable[..., BrowserContext]]:
    """Open a browser context of one's own: `open_context(width=390, java_script_enabled=False)`."""
    opened: list[BrowserContext] = []

    def open_one(width: int = DESK, height: int = 900, **options: Any) -> BrowserContext:
        context = browser.new_context(
            base_url=site.url, viewport={"width": width, "height": height}, locale="en-GB", **options
        )
        context.set_default_timeout(30_000)
        context.set_default_navigation_timeout(30_000)  # the first page waits for every room to be read
        watch.watch(context)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    """A page as wide as a desk's."""
    return open_context(DESK).new_page()


@pytest.fixture
def phone(open_context: Callable[..., BrowserContext]) -> Page:
    """A page as wide as a telephone's, with touch."""
    return open_context(TELEPHONE, 844, has_touch=True, is_mobile=True).new_page()


@pytest.fixture
def sign_in(site: Site) -> Callable[[Page, Person], None]:
    """Sign a stored person in on a page, by the session cookie a browser would hold after the sign-in page."""

    def sign(page: Page, person: Person) -> None:
        client = Client()
        client.force_login(person)
        cookie = client.cookies[live_settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.url}])

    return sign


def _is_new_shape(page: Page) -> bool:
    """Return whether a page is made in a way that was not looked at before at this width, in this process."""
    shape = (page.evaluate(SHAPE), (page.viewport_size or {"width": 0})["width"])
    is_new = shape not in _checked_shapes
    _checked_shapes.add(shape)
    return is_new


@pytest.fixture
def check_page() -> Callable[[Page], None]:
    """Check the page as it stands: no accessibility finding, no sideways scroll here or at 320 px."""

    def check(page: Page) -> None:
        page.wait_for_load_state("load")  # its stylesheet too: a bare page has small targets
        if connection.vendor == "sqlite" and _is_new_shape(page):  # no page is more accessible on the other
            found = Axe().run(page, options={"runOnly": AXE_RULES}).response["violations"]
            words = [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]
            assert not words, f"{page.url}\n" + "\n".join(words)
        size = page.viewport_size
        assert page.evaluate(OVERFLOW) <= 0, f"{page.url} scrolls sideways at {size}"
        if size is not None:
            page.set_viewport_size({"width": NARROWEST, "height": 800})
            wide = page.evaluate(TOO_WIDE) or "something" if page.evaluate(OVERFLOW) > 0 else ""
            page.set_viewport_size(size)
            assert not wide, f"{page.url} scrolls sideways at {NARROWEST} px:\n{wide}"
        assert page.locator("h1").count() == 1, f"{page.url} needs exactly one h1"

    return check
