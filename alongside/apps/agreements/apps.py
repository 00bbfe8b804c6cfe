"""Announce the agreements room."""

from django.apps import AppConfig

from alongside.apps.base.rules.registry import StartGuard, registry

QUERIES = "alongside.apps.agreements.queries"


class AgreementsConfig(AppConfig):
    name = "alongside.apps.agreements"
    label = "agreements"

    def ready(self) -> None:
        registry.add_start_guard(StartGuard("agreements", 10, f"{QUERIES}.guarding.find_blockers"))
