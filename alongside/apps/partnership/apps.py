"""Announce the partnership room: each part announces itself in a function of its own below."""

from django.apps import AppConfig
from django.utils.translation import gettext_noop

from alongside.apps.base.rules.registry import (
    HealthSource,
    PersonalSource,
    SearchSource,
    SharedSource,
    StartSection,
    TimelineSource,
    registry,
)

QUERIES = "alongside.apps.partnership.queries"
OPERATIONS = "alongside.apps.partnership.operations"


class PartnershipConfig(AppConfig):
    name = "alongside.apps.partnership"
    label = "partnership"

    def ready(self) -> None:
        _announce_payments()


def _announce_payments() -> None:
    sources = f"{QUERIES}.payment_sources"
    registry.add_timeline_source(
        TimelineSource("payments", gettext_noop("Payments"), 40, f"{sources}.list_timeline")
    )
    registry.add_health_source(HealthSource("payments", 40, f"{sources}.judge_health"))
    registry.add_start_section(StartSection("payments", 60, f"{sources}.list_day"))
    registry.add_search_source(
        SearchSource("payments", gettext_noop("Payments"), 60, f"{sources}.find_payments")
    )
    registry.add_shared_source(
        SharedSource(
            "payments", gettext_noop("What you received"), 40, f"{QUERIES}.payments_received.collect_received"
        )
    )
    registry.add_personal_source(
        PersonalSource(
            name="payments",
            label=gettext_noop("Payments to you, and what you did with payments"),
            position=50,
            tables=(
                "partnership_payment",
                "partnership_payment_event",
                "partnership_reconciliation_row",
                "partnership_reconciliation_file",
            ),
            collect=f"{QUERIES}.payments_personal.collect_payments",
            erase=f"{OPERATIONS}.payments_personal.erase_payments",
        _announce_relations()


def _announce_relations() -> None:
    reads = f"{QUERIES}.relations"
    registry.add_timeline_source(
        TimelineSource("relations", gettext_noop("Contact"), 10, f"{reads}.timeline.list_entries")
    )
    registry.add_health_source(HealthSource("relations", 10, f"{reads}.health.judge"))
    registry.add_start_section(StartSection("relations", 60, f"{reads}.day.list_day"))
    registry.add_search_source(
        SearchSource("partners", gettext_noop("Partners"), 60, f"{reads}.day.find_partners_by_words")
    )
    registry.add_search_source(
        SearchSource("notes", gettext_noop("Meetings and notes"), 61, f"{reads}.day.find_interactions")
    )
    for position, (name, label) in enumerate(
        (
            ("notes", gettext_noop("Notes of our meetings")),
            ("priorities", gettext_noop("What you want")),
            ("promises", gettext_noop("What we promised")),
        )
    ):
        registry.add_shared_source(SharedSource(name, label, 10 + position, f"{reads}.shared.collect_{name}"))
    registry.add_personal_source(
        PersonalSource(
            name="relations",
            label=gettext_noop("Contact with partners"),
            position=40,
            tables=(
                "partnership_relationship",
                "partnership_interaction",
                "partnership_note_answer",
                "partnership_priority",
                "partnership_priority_event",
                "partnership_promise",
            ),
            collect=f"{reads}.personal.collect",
            erase=f"{OPERATIONS}.relations.personal.erase",
        )
    )
