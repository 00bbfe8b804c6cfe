"""The ground floor of the apps."""

from django.apps import AppConfig

from alongside.apps.base.rules.registry import JobKind, registry, resolve


class BaseConfig(AppConfig):
    name = "alongside.apps.base"
    label = "base"

    def ready(self) -> None:
        registry.add_job_kind(
            JobKind(
                "base.seal_trail", "Sealing the audit", "alongside.apps.base.operations.sealing.seal_trail"
            )
        )
        resolve("alongside.apps.base.operations.triggers.watch_signals")()
