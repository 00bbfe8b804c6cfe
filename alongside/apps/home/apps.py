"""Announce the home room."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "alongside.apps.home"
    label = "home"
