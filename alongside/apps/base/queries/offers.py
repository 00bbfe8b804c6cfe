"""What higher rooms offer to do with a thing of a lower room."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from alongside.apps.base.rules import Viewer
from alongside.apps.base.rules.registry import registry, resolve


@dataclass(frozen=True)
class OfferLink:
    """A next step as a link."""

    label: str
    url: str


def list_offers(viewer: Viewer, place: str, object_id: UUID) -> list[OfferLink]:
    """Return what this viewer can do next with a thing, in the order the rooms announced it."""
    here = [offer for offer in registry.offers.values() if offer.place == place]
    links = [(offer.label, resolve(offer.address)(viewer, object_id)) for offer in here]
    return [OfferLink(gettext(label), url) for label, url in links if url]
