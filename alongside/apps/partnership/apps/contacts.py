"""What the room announces of contacts."""

from datetime import timedelta

from django.utils.translation import gettext_noop

from alongside.apps.base.rules.registry import (
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
    """Tell the base what contacts offer to other rooms."""
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
