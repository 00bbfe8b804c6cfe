"""The ground floor of the apps."""

from django.apps import AppConfig

from alongside.apps.base.rules.registry import resolve


class BaseConfig(AppConfig):
    name = "alongside.apps.base"
    label = "base"

    def ready(self) -> None:
        resolve("alongside.apps.base.operations.triggers.watch_signals")()
