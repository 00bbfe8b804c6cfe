"""What the room announces of payments."""

from django.utils.translation import gettext_noop

from alongside.apps.base.rules.registry import (
    HealthSource,
    JobKind,
    PersonalSource,
    SearchSource,
    SharedSource,
    StartSection,
    TimelineSource,
    registry,
)

QUERIES = "alongside.apps.partnership.queries"
OPERATIONS = "alongside.apps.partnership.operations"


def announce() -> None:
    """Tell the base what payments offer to other rooms."""
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
    registry.add_job_kind(
        JobKind(
            name="payments.read_ledger",
            label=gettext_noop("Comparing a ledger with our payments"),
            handler="alongside.apps.partnership.jobs.payments.read_ledger",
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
        )
    )
