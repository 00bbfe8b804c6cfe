"""Announce the insight room."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "alongside.apps.insight"
    label = "insight"
