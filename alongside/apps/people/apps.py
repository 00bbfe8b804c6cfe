"""Announce the people room."""

from datetime import timedelta

from django.apps import AppConfig

from alongside.apps.base.rules.registry import JobKind, registry

ROOM = "alongside.apps.people"


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
