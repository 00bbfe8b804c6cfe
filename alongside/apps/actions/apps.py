"""Announce the actions room."""

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "alongside.apps.actions"
    label = "actions"
