"""What the room announces of events and joint projects."""

from datetime import timedelta

from django.utils.translation import gettext_noop

from alongside.apps.base.rules.registry import (
    HealthSource,
    JobKind,
    PersonalSource,
    SearchSource,
    SharedSource,
    StartGuard,
    StartSection,
    TimelineSource,
    registry,
)

QUERIES = "alongside.apps.partnership.queries"
OPERATIONS = "alongside.apps.partnership.operations"
JOBS = "alongside.apps.partnership.jobs.events"


def announce() -> None:
    """Tell the base what events and joint projects offer to other rooms."""
    registry.add_start_guard(StartGuard("events", 20, f"{QUERIES}.event_guards.find_event_blockers"))
    registry.add_start_guard(StartGuard("projects", 21, f"{QUERIES}.event_guards.find_project_blockers"))
    registry.add_timeline_source(
        TimelineSource(
            "events", gettext_noop("Events and joint projects"), 50, f"{QUERIES}.event_partners.list_timeline"
        )
    )
    registry.add_health_source(HealthSource("events", 50, f"{QUERIES}.event_partners.judge_health"))
    registry.add_start_section(StartSection("events", 70, f"{QUERIES}.event_day.list_day"))
    registry.add_search_source(
        SearchSource(
            "events", gettext_noop("Events and joint projects"), 70, f"{QUERIES}.event_day.find_events"
        )
    )
    registry.add_shared_source(
        SharedSource("events", gettext_noop("Events"), 50, f"{QUERIES}.event_partners.collect_shared_events")
    )
    registry.add_shared_source(
        SharedSource(
            "projects",
            gettext_noop("Joint projects"),
            51,
            f"{QUERIES}.event_partners.collect_shared_projects",
        )
    )
    registry.add_job_kind(
        JobKind("partnership.tell_guests", gettext_noop("Writing to guests"), f"{JOBS}.tell_guests")
    )
    registry.add_job_kind(
        JobKind(
            "partnership.look_at_offers",
            gettext_noop("Looking at offered places"),
            f"{JOBS}.look_at_offers",
            every=timedelta(minutes=30),
        )
    )
    registry.add_personal_source(
        PersonalSource(
            name="events",
            label=gettext_noop("Places at events, and what you ran with partners"),
            position=60,
            tables=(
                "partnership_registration",
                "partnership_calendar_feed",
                "partnership_event",
                "partnership_event_change",
                "partnership_event_report",
                "partnership_project",
                "partnership_aim_agreement",
                "partnership_project_meeting",
                "partnership_project_evaluation",
                "partnership_project_change",
            ),
            find=f"{QUERIES}.event_personal.find",
            find_by_code=f"{QUERIES}.event_personal.find_by_code",
            names=f"{QUERIES}.event_personal.names",
            collect=f"{QUERIES}.event_personal.collect",
            erase=f"{OPERATIONS}.event_personal.erase",
        )
    )
