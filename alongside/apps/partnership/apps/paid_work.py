"""What the room announces of paid work."""

from django.utils.translation import gettext_noop

from alongside.apps.base.rules.registry import (
    PersonalSource,
    SharedSource,
    StartSection,
    TimelineSource,
    registry,
)


def announce() -> None:
    """Announce contracted services and payments to people."""
    queries = "alongside.apps.partnership.queries.services"
    registry.add_start_section(StartSection("services", 44, f"{queries}.day.list_day"))
    registry.add_timeline_source(
        TimelineSource("services", gettext_noop("Paid work"), 50, f"{queries}.partner.list_timeline")
    )
    registry.add_shared_source(
        SharedSource("services", gettext_noop("Paid work"), 50, f"{queries}.partner.collect_shared")
    )
    registry.add_personal_source(
        PersonalSource(
            name="services",
            label=gettext_noop("Work you were offered and what you claimed"),
            position=40,
            tables=(
                "partnership_service_offer",
                "partnership_service_claim",
                "partnership_expense_line",
                "partnership_service_event",
                "partnership_notice_reading",
                "partnership_service_need",
                "partnership_rate_card",
            ),
            collect=f"{queries}.personal.collect",
            erase="alongside.apps.partnership.operations.services.personal.erase",
        )
    )
