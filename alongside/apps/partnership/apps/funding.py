"""What the room announces of funding."""

from django.utils.translation import gettext_noop

from alongside.apps.base.rules.registry import (
    HealthSource,
    PersonalSource,
    SharedSource,
    StartSection,
    TimelineSource,
    registry,
)

ROOM = "alongside.apps.partnership"


def announce() -> None:
    """Tell the base what funding offers to other rooms."""
    telling = f"{ROOM}.queries.funding.telling"
    registry.add_timeline_source(
        TimelineSource("funding", gettext_noop("Funding"), 40, f"{telling}.list_timeline")
    )
    registry.add_health_source(HealthSource("funding", 40, f"{telling}.judge_health"))
    registry.add_start_section(StartSection("funding", 55, f"{telling}.list_day"))
    registry.add_shared_source(
        SharedSource("funding", gettext_noop("Requests for funding"), 40, f"{telling}.share_requests")
    )
    registry.add_shared_source(
        SharedSource("other_funders", gettext_noop("Other funders"), 45, f"{telling}.share_other_funders")
    )
    registry.add_personal_source(
        PersonalSource(
            name="funding",
            label=gettext_noop("Funding you judged, decided on or asked for"),
            position=60,
            tables=(
                "partnership_funding_request",
                "partnership_funding_event",
                "partnership_funding_review",
                "partnership_funding_report",
                "partnership_funding_criteria",
                "partnership_hands_off",
                "partnership_hands_off_reply",
                "partnership_other_funder",
            ),
            collect=f"{ROOM}.queries.funding.personal.collect",
            erase=f"{ROOM}.operations.funding.personal.erase",
        )
    )
