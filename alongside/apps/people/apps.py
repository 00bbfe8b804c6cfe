"""Announce the people room."""

from datetime import timedelta

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.utils.module_loading import import_string

from alongside.apps.base.rules.registry import JobKind, registry

ROOM = "alongside.apps.people"
MIDDLEWARE = f"{ROOM}.middleware"


class PeopleConfig(AppConfig):
    name = "alongside.apps.people"
    label = "people"

    def ready(self) -> None:
        registry.add_job_kind(
            JobKind(
                "people.clear_sessions",
                "Throwing ended sessions away",
                f"{ROOM}.jobs.clear_sessions",
                every=timedelta(hours=6),
            )
        )
        user_logged_in.connect(import_string(f"{MIDDLEWARE}.begin_session"), dispatch_uid="people.begin")
        user_logged_out.connect(import_string(f"{MIDDLEWARE}.forget_session"), dispatch_uid="people.forget")
