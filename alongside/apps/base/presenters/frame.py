"""The frame around every page: brand, rooms a person may enter, language, who is looking."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.rules import PUBLIC, Viewer


@dataclass(frozen=True)
class NavItem:
    """One room in the header."""

    label: str
    url: str
    is_here: bool


@dataclass(frozen=True)
class _Room:
    label: str | Promise
    url_name: str
    permission: str  # empty: everybody who is signed in
    namespace: str
    parts: tuple["_Room", ...] = ()


# The parts of the partnership room: a second row under the header, on every page of the room.
PARTNER_PARTS = (
    _Room(_("Relationships"), "relations:list", "see_partners", "relations"),
    _Room(_("Agreements"), "agreements:list", "see_agreements", "agreements"),
    _Room(_("Funding"), "funding:list", "see_funding", "funding"),
    _Room(_("Paid work"), "services:list", "see_payments", "services"),
    _Room(_("Payments"), "payments:list", "see_payments", "payments"),
    _Room(_("Events"), "events:list", "see_events", "events"),
    _Room(_("Joint projects"), "projects:list", "see_relations", "projects"),
    _Room(_("Disclosure"), "disclosures:list", "see_disclosures", "disclosures"),
    _Room(_("Contacts"), "contacts:list", "keep_relations", "contacts"),
    _Room(_("Published grants"), "giving:list", "see_relations", "giving"),
)
ROOMS = (
    _Room(_("Start"), "home:start", "", "home"),
    _Room(_("Listen"), "engagement:list", "see_engagements", "engagement"),
    _Room(_("Understand"), "insight:start", "see_themes", "insight"),
    _Room(_("Act"), "actions:list", "see_actions", "actions"),
    _Room(_("Concerns"), "concerns:list", "see_concerns", "concerns"),
    _Room(_("What changed"), "told:what_changed", "", "told"),
    _Room(_("Partners"), "relations:list", "see_partners", "relations", PARTNER_PARTS),
    _Room(_("Our organisation"), "ours:start", "see_own_organisation", "ours"),
    _Room(_("Paid work"), "work:list", "take_paid_work", "work"),
    _Room(_("People"), "people:people", "manage_people", "people"),
    _Room(_("Consents"), "consents:overview", "see_consents", "consents"),
    _Room(_("Data requests"), "people:requests", "handle_data_requests", "people"),
    _Room(_("Search"), "home:search", "", "home"),
)


# Pages that stand at the foot of every other.
FOOT = (
    (_("Events"), "attend:list", ()),
    (_("Whom we fund"), "register:years", ()),
    (_("What happens to your words"), "home:about", ("privacy",)),
    (_("Your data"), "people:your_data", ()),
    (_("Accessibility"), "home:about", ("accessibility",)),
)
# Pages about the person who is signed in, at the foot of every page of theirs.
OWN = (
    (_("What helps me"), "needs:mine"),
    (_("Your consents"), "consents:yours"),
)


def find_url(url_name: str, *values: str) -> str:
    """Return the address of a page, or nothing where this installation does not have it."""
    try:
        return reverse(url_name, args=values)
    except NoReverseMatch:
        return ""


def _is_here(room: _Room, url: str, request: HttpRequest) -> bool:
    match = request.resolver_match
    if any(_is_here(part, find_url(part.url_name), request) for part in room.parts):
        return True
    if room.namespace not in ("home", "people"):
        return match is not None and room.namespace in match.namespaces
    return request.path == url


def list_rooms(viewer: Viewer, request: HttpRequest) -> list[NavItem]:
    """Return the rooms this viewer may enter, in the order of the chain."""
    if not viewer.is_known:
        return []
    return _list_items(ROOMS, viewer, request)


def list_parts(viewer: Viewer, request: HttpRequest) -> list[NavItem]:
    """Return the parts of the room somebody is in, where it has several this viewer may enter."""
    here = next((room for room in ROOMS if room.parts and _is_here(room, "", request)), None)
    found = _list_items(here.parts, viewer, request) if here and viewer.is_known else []
    return found if len(found) > 1 else []


def _list_items(rooms: tuple[_Room, ...], viewer: Viewer, request: HttpRequest) -> list[NavItem]:
    found = [
        (room, find_url(room.url_name))
        for room in rooms
        if not room.permission or viewer.may(room.permission)
    ]
    return [NavItem(str(room.label), url, _is_here(room, url, request)) for room, url in found if url]


def find_raise_url(viewer: Viewer, request: HttpRequest) -> str:
    """Return where to raise a concern about the page somebody is on, named by our own name for it and one id.

    Nothing that was typed, and no address as a whole, goes along.
    """
    url, match = find_url("concerns:raise"), request.resolver_match
    if not url or not viewer.may("raise_concerns"):
        return ""
    if match is None or not match.view_name or "concerns" in match.namespaces:
        return url
    ids = [value for value in match.kwargs.values() if isinstance(value, UUID)]
    about = f"{match.view_name}/{ids[0]}" if len(ids) == 1 and len(match.kwargs) == 1 else match.view_name
    return f"{url}?about={about}"


def layout(request: HttpRequest) -> dict[str, object]:
    """Give templates the organisation's brand, whether this is the demo, who is looking and where they may go."""
    viewer: Viewer = getattr(request, "viewer", PUBLIC)
    return {
        "brand": settings.BRAND,
        "is_demo": settings.DEMO,
        "viewer": viewer,
        "rooms": list_rooms(viewer, request),
        "parts": list_parts(viewer, request),
        "foot_links": [
            *((label, url) for label, name in OWN if viewer.is_known and (url := find_url(name))),
            *((label, url) for label, name, values in FOOT if (url := find_url(name, *values))),
        ],
        "languages": settings.LANGUAGES,
        "raise_concern_url": find_raise_url(viewer, request),
        "home_url": find_url("home:start") or "/",
        "public_url": find_url("told:what_changed"),
        "login_url": find_url("people:login"),
        "logout_url": find_url("people:logout"),
        "account_url": find_url("people:account"),
        "set_language_url": find_url("base:language"),
        "brand_css_url": find_url("base:brand_css") if settings.BRAND["colour"] else "",
    }
