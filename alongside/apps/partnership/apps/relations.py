"""What the room announces of relations."""

from datetime import timedelta

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
    """Tell the base what relations offer to other rooms."""
    reads = f"{QUERIES}.relations"
    registry.add_timeline_source(
        TimelineSource("relations", gettext_noop("Contact"), 10, f"{reads}.timeline.list_entries")
    )
    registry.add_health_source(HealthSource("relations", 10, f"{reads}.health.judge"))
    registry.add_job_kind(
        JobKind(
            "partnership.judge_relationships",
            gettext_noop("Looking at how relationships stand"),
            "alongside.apps.partnership.jobs.relations.judge_all",
            every=timedelta(hours=1),
        )
    )
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
