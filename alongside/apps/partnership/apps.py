"""Announce the partnership room: each part announces itself in a function of its own below."""

from datetime import timedelta

from django.apps import AppConfig
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


class PartnershipConfig(AppConfig):
    name = "alongside.apps.partnership"
    label = "partnership"

    def ready(self) -> None:
        _announce_relations()
        _announce_contacts()


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


def _announce_contacts() -> None:
    reads = f"{QUERIES}.contacts"
    for name, label, every in (
        ("read_list", gettext_noop("Reading a list"), None),
        ("bring_list", gettext_noop("Bringing a list in"), None),
        ("find_duplicates", gettext_noop("Looking for the same partner or contact twice"), timedelta(days=1)),
        ("forget_lists", gettext_noop("Throwing lists away that nobody brought in"), timedelta(days=1)),
    ):
        handler = f"alongside.apps.partnership.jobs.contacts.{name}"
        registry.add_job_kind(JobKind(f"partnership.{name}", label, handler, every=every))
    registry.add_timeline_source(
        TimelineSource("changes", gettext_noop("Requests for a change"), 80, f"{reads}.changes.list_timeline")
    )
    registry.add_start_section(StartSection("changes", 65, f"{reads}.changes.list_day"))
    registry.add_search_source(SearchSource("contacts", gettext_noop("Contacts"), 62, f"{reads}.people.find"))
    registry.add_shared_source(
        SharedSource(
            "contacts", gettext_noop("Your people we are in touch with"), 5, f"{reads}.people.collect_shared"
        )
    )
    registry.add_shared_source(
        SharedSource(
            "changes", gettext_noop("What you asked us to change"), 90, f"{reads}.changes.collect_shared"
        )
    )
    registry.add_personal_source(
        PersonalSource(
            name="contacts",
            label=gettext_noop("Contacts at partner organisations"),
            position=41,
            tables=(
                "partnership_contact_person",
                "partnership_contact_import",
                "partnership_contact_import_row",
                "partnership_contact_import_effect",
                "partnership_merge",
                "partnership_two_after_all",
                "partnership_change_request",
            ),
            find=f"{reads}.personal.find",
            names=f"{reads}.personal.names",
            list_fields=f"{reads}.personal.list_fields",
            correct=f"{OPERATIONS}.contacts.corrections.correct",
            collect=f"{reads}.personal.collect",
            erase=f"{OPERATIONS}.contacts.personal.erase",
        )
    )
