"""Announce the people room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "alongside.apps.people"
    label = "people"
