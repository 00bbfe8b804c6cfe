"""Lets Django find the start-up check."""

from importlib import import_module

from django.apps import AppConfig


class ConfigApp(AppConfig):
    """The settings as something that is checked."""

    name = "alongside.config"
    label = "config"

    def ready(self) -> None:
        import_module("alongside.config.checks")
