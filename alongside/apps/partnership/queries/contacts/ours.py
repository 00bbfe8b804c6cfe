"""The partner's own side: every kind of record shared with it, counted, whole, and to take away."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.base.rules.partnering import SharedTable
from alongside.apps.base.rules.registry import registry, resolve


@dataclass(frozen=True)
class SharedKind:
    """Records of one kind: what they are called, and the table of them."""

    name: str
    label: str
    table: SharedTable


def get_own_id(viewer: Viewer) -> UUID:
    """Return the organisation a viewer speaks for. Raise Refused where there is none."""
    if viewer.partner_id is None or not viewer.may("see_own_organisation"):
        raise Refused(_("Your account belongs to no organisation. Ask us to put that right."))
    return viewer.partner_id


def list_shared(viewer: Viewer) -> Iterator[SharedKind]:
    """Yield every kind of record that is shared with a viewer's organisation, those without any too."""
    own_id = get_own_id(viewer)
    for source in registry.list_shared_sources():
        yield SharedKind(source.name, _(source.label), resolve(source.collect)(viewer, own_id))


def get_shared(viewer: Viewer, name: str) -> SharedKind | None:
    """Return the records of one kind that are shared with a viewer's organisation."""
    own_id = get_own_id(viewer)
    found = registry.shared_sources.get(name)
    return SharedKind(found.name, _(found.label), resolve(found.collect)(viewer, own_id)) if found else None
