"""Announce the agreements room."""

from django.apps import AppConfig
from django.utils.translation import gettext_noop

from alongside.apps.base.rules.registry import (
    HealthSource,
    PersonalSource,
    SearchSource,
    SharedSource,
    StartGuard,
    StartSection,
    TimelineSource,
    registry,
)

QUERIES = "alongside.apps.agreements.queries"


class AgreementsConfig(AppConfig):
    name = "alongside.apps.agreements"
    label = "agreements"

    def ready(self) -> None:
        registry.add_start_guard(StartGuard("agreements", 10, f"{QUERIES}.guarding.find_blockers"))
        registry.add_start_section(StartSection("agreements", 45, f"{QUERIES}.day.list_day"))
        registry.add_search_source(
            SearchSource("agreements", gettext_noop("Agreements"), 45, f"{QUERIES}.day.find_agreements")
        )
        registry.add_timeline_source(
            TimelineSource(
                "agreements", gettext_noop("Agreements"), 20, f"{QUERIES}.partnering.list_timeline"
            )
        )
        registry.add_health_source(HealthSource("agreements", 20, f"{QUERIES}.partnering.judge_health"))
        registry.add_shared_source(
            SharedSource("agreements", gettext_noop("Agreements"), 20, f"{QUERIES}.partnering.collect_shared")
        )
        registry.add_personal_source(
            PersonalSource(
                name="agreements",
                label=gettext_noop("Agreements with you, and what you did about others"),
                position=15,
                tables=(
                    "agreements_agreement",
                    "agreements_version",
                    "agreements_signature",
                    "agreements_comment",
                    "agreements_event",
                    "agreements_certification",
                    "agreements_needed_paper",
                    "agreements_rule_answer",
                    "agreements_rule_set",
                ),
                collect=f"{QUERIES}.personal.collect",
                erase="alongside.apps.agreements.operations.personal.erase",
            )
        )
