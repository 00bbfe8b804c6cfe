"""The ground floor of the apps."""

from django.apps import AppConfig
from django.utils.translation import gettext_noop

from alongside.apps.base.rules.registry import JobKind, PersonalSource, registry, resolve


class BaseConfig(AppConfig):
    name = "alongside.apps.base"
    label = "base"

    def ready(self) -> None:
        registry.add_personal_source(
            PersonalSource(
                name="base",
                label=gettext_noop("How you used this site"),
                position=90,
                tables=(
                    "base_audit_line",
                    "base_audit_change",
                    "base_audit_value",
                    "base_job",
                    "base_saved_view",
                    "base_person_key",
                ),
                collect="alongside.apps.base.queries.personal.collect",
                erase="alongside.apps.base.operations.personal.erase",
            )
        )
        registry.add_job_kind(
            JobKind(
                "base.seal_trail", "Sealing the audit", "alongside.apps.base.operations.sealing.seal_trail"
            )
        )
        resolve("alongside.apps.base.operations.triggers.watch_signals")()
