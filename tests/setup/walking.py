"""Walk the site by its own links, as somebody would who clicks everything that leads to another page."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page

MOST_OPENED = 260  # pages one person opens; a page that links to hundreds does not end the walk
MOST_OF_A_KIND = 2  # addresses of one name that are opened in search of further links
# Addresses that answer with a file, by their name or their ending.
NO_PAGES = ("export", "pdf", "qr", "brand_css")
FILE_ENDINGS = (".csv", ".json", ".xlsx", ".pdf", ".svg", ".png")


@dataclass
class Walk:
    """What was met so far: pages by name with their address, and addresses that failed."""

    met: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def name_of(address: str) -> str | None:
    """Return the name of the page at an address of the site, or None where there is none."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return None


def is_a_file(address: str, name: str) -> bool:
    """Return whether an address answers with a file in place of a page."""
    return urlsplit(address).path.endswith(FILE_ENDINGS) or any(part in name for part in NO_PAGES)


class _Links(HTMLParser):
    """Collects where the links of a page lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the address of a link."""
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]


def list_links(address: str, html: str) -> list[str]:
    """Return the site's own addresses a page links to."""
    links = _Links()
    links.feed(html)
    host = urlsplit(address).netloc
    found = [urlsplit(urljoin(address, link)) for link in links.found]
    return [f"{part.path}{'?' + part.query if part.query else ''}" for part in found if part.netloc == host]


def go_to(page: Page, address: str) -> int | None:
    """Open an address in the browser and return its status, or None where it answers with a file to keep."""
    try:
        answer = page.goto(address)
    except Error as fault:
        if "Download is starting" not in fault.message:
            raise
        return None
    return answer.status if answer else 0


def open_page(page: Page, address: str, *, is_new: bool) -> tuple[int, str, str | None]:
    """Return status, address and text of a page: drawn in the browser where it is new, else only fetched by it.

    The text of a file to keep is None.
    """
    if is_new:
        status = go_to(page, address)
        return (200, address, None) if status is None else (status, page.url, page.content())
    fetched = page.request.get(urljoin(page.url, address))
    return fetched.status, fetched.url, fetched.text()


def follow_links(page: Page, start: str, walk: Walk, on_new_page: Callable[[Page, str], None]) -> None:
    """Follow links breadth first from one address; call `on_new_page` for each page whose name is new."""
    waiting = deque([start])
    seen: set[str] = {start}
    opened: dict[str, int] = {}
    while waiting and sum(opened.values()) < MOST_OPENED:
        address = waiting.popleft()
        name = name_of(address)
        if name is None or opened.get(name, 0) >= MOST_OF_A_KIND or is_a_file(address, name):
            continue
        opened[name] = opened.get(name, 0) + 1
        status, landed_at, html = open_page(page, address, is_new=name not in walk.met)
        landed = name_of(landed_at) or name
        if status and status < 400 and landed not in walk.met and landed != name:
            status, landed_at, html = open_page(page, address, is_new=True)
        if not status or status >= 400:
            walk.faults.append(f"{status or 'no answer'} {address}")
            continue
        if html is None:
            walk.met[landed] = address
            continue
        if landed not in walk.met:
            walk.met[landed] = address
            on_new_page(page, landed)
        for link in list_links(landed_at, html):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
