"""Markup that people in health already know how to use: nhsuk-frontend's macros, safe for Django templates."""

import re
from collections.abc import Mapping
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from jinja2 import ChainableUndefined, Environment, PackageLoader

# Macros that are not called as their folder is.
MACROS = {"tables": "table", "images": "image", "do-dont-list": "list"}
HTML_NAME = re.compile(r"^(html|HTML|\w+Html)$")


@lru_cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("nhsuk_frontend_jinja", "templates"),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _plain(name: str, value: object) -> object:
    """Return the value without Django's marks: the macros read "is escaped" as "this is HTML".

    What is named `html` goes out unescaped, so it is escaped here unless Django made it.
    """
    if isinstance(value, Mapping):
        return {key: _plain(str(key), part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(name, part) for part in value]
    if isinstance(value, Promise):
        value = str(value)
    if isinstance(value, str) and HTML_NAME.match(name):
        return str.__str__(conditional_escape(value))
    return str.__str__(value) if isinstance(value, str) else value


def macro_name(component: str) -> str:
    """Return the macro of a component's folder."""
    if component in MACROS:
        return MACROS[component]
    first, *rest = component.split("-")
    return first + "".join(part.capitalize() for part in rest)


def nest(parameters: Mapping[str, object]) -> dict[str, object]:
    """Return nested parameters from flat names: `label__text` is the text of the label.

    Below `attributes` an underscore stands for a hyphen, because template names cannot hold one.
    """
    nested: dict[str, object] = {}
    for name, value in parameters.items():
        *path, last = name.split("__")
        place = nested
        for part in path:
            inner = place.setdefault(part, {})
            if not isinstance(inner, dict):
                raise ValueError(f"{name}: {part} is already a value, so nothing can stand below it")
            place = inner
        place[last.replace("_", "-") if path and path[-1] == "attributes" else last] = value
    return nested


def render_component(component: str, parameters: Mapping[str, object]) -> SafeString:
    """Return the markup of one nhsuk-frontend component.

    `component` is its folder's name ("button", "error-summary"). User text belongs in `text`, never in `html`.
    """
    template = _environment().get_template(f"nhsuk/components/{component}/macro.jinja")
    macro = getattr(template.module, macro_name(component))
    plain = {name: _plain(name, value) for name, value in nest(parameters).items()}
    return mark_safe(str(macro(plain)).strip())  # noqa: S308  (autoescaped by the macros, html checked above)


def keep_web_address(address: str) -> str:
    """Return an address that leads to the web as it is, and any other as the top of the page it stands on.

    Addresses are checked when they are typed; one that came into a table another way must not run anything.
    """
    return address if address.lower().startswith(("https://", "http://")) else "#"
