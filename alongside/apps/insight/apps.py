"""Announce the insight room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.rules.registry import JobKind, registry


class InsightConfig(AppConfig):
    name = "alongside.apps.insight"
    label = "insight"

    def ready(self) -> None:
        registry.add_job_kind(
            JobKind(
                "insight.find_themes", str(_("Finding themes")), "alongside.apps.insight.jobs.find_themes"
            )
        )
