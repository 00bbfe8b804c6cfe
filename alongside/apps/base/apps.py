"""The ground floor of the apps."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "alongside.apps.base"
    label = "base"
