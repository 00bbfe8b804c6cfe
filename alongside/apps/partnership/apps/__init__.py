"""Announce the partnership room: each part of it has a file beside this one that says what it offers."""

from django.apps import AppConfig
from django.utils.module_loading import import_string

PARTS = (
    "contacts",
    "disclosures",
    "events",
    "funding",
    "giving",
    "paid_work",
    "payments",
    "relations",
)


class PartnershipConfig(AppConfig):
    name = "alongside.apps.partnership"
    label = "partnership"

    def ready(self) -> None:
        for part in PARTS:
            import_string(f"{__name__}.{part}.announce")()
