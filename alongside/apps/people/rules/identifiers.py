"""What a number on an official list looks like: a misfit is warned about, never refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class IdentifierScheme:
    """An official list of organisations: its code, what it is called, what a number there looks like."""

    code: str
    name: str
    pattern: str
    example: str
    url: str


def find_misfit(schemes: Mapping[str, IdentifierScheme], code: str, number: str) -> str:
    """Return why a number looks wrong on its list and what to compare it with; nothing where it fits."""
    scheme = schemes.get(code)
    if scheme is None:
        return _("We do not know the list “%(code)s”, so nobody has checked the number.") % {"code": code}
    if re.fullmatch(scheme.pattern, number):
        return ""
    return _(
        "%(name)s: “%(number)s” does not look like a number there, such as %(example)s. Compare it with the "
        "list; it is kept as you wrote it."
    ) % {"name": scheme.name, "number": number, "example": scheme.example}
