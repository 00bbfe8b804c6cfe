"""Announce the partnership room: each part announces itself in a function of its own below."""

from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    name = "alongside.apps.partnership"
    label = "partnership"
