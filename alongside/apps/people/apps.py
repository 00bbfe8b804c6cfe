"""Announce the people room."""

from django.apps import AppConfig

from alongside.apps.base.rules.registry import PersonalSource, registry

ROOM = "alongside.apps.people"


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
