"""Announce the people room."""

from datetime import timedelta

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.utils.module_loading import import_string

from alongside.apps.base.rules.registry import JobKind, PersonalSource, registry

ROOM = "alongside.apps.people"
MIDDLEWARE = f"{ROOM}.middleware"


class PeopleConfig(AppConfig):
    name = "alongside.apps.people"
    label = "people"

    def ready(self) -> None:
        registry.add_personal_source(
            PersonalSource(
                name="consents",
                label="What people agreed to",
                position=20,
                tables=("people_consent_line",),
                collect=f"{ROOM}.queries.consents.collect_consents",
                erase=f"{ROOM}.operations.consents.erase_consents",
            )
        )
        registry.add_personal_source(
            PersonalSource(
                name="needs",
                label="Access and information needs",
                position=25,
                tables=("people_access_need", "people_need_occasion", "people_need_reader"),
                collect=f"{ROOM}.queries.needs.collect_needs",
                erase=f"{ROOM}.operations.needs.erase_needs",
            )
        )
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
