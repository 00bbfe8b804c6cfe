"""Announce the people room."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.utils.module_loading import import_string

MIDDLEWARE = "alongside.apps.people.middleware"


class PeopleConfig(AppConfig):
    name = "alongside.apps.people"
    label = "people"

    def ready(self) -> None:
        user_logged_in.connect(import_string(f"{MIDDLEWARE}.begin_session"), dispatch_uid="people.begin")
        user_logged_out.connect(import_string(f"{MIDDLEWARE}.forget_session"), dispatch_uid="people.forget")
