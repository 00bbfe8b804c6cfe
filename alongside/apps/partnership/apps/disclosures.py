"""What the room announces of disclosure and the public register."""

from datetime import timedelta

from django.utils.translation import gettext_noop

from alongside.apps.base.rules.registry import (
    JobKind,
    PersonalSource,
    SharedSource,
    StartSection,
    TimelineSource,
    registry,
)

ROOM = "alongside.apps.partnership"


def announce() -> None:
    """Tell the base what disclosure offers to other rooms."""
    queries = f"{ROOM}.queries.disclosures"
    registry.add_job_kind(
        JobKind(
            "partnership.verify_published",
            gettext_noop("Comparing published years with their checksums"),
            f"{ROOM}.jobs.disclosures.verify_published",
            every=timedelta(days=1),
        )
    )
    registry.add_start_section(StartSection("disclosures", 58, f"{queries}.elsewhere.list_day"))
    registry.add_timeline_source(
        TimelineSource("disclosures", gettext_noop("Disclosure"), 80, f"{queries}.elsewhere.list_timeline")
    )
    registry.add_shared_source(
        SharedSource(
            "disclosures",
            gettext_noop("What is published about us"),
            80,
            f"{queries}.elsewhere.collect_shared",
        )
    )
    registry.add_personal_source(
        PersonalSource(
            name="disclosures",
            label=gettext_noop("What you said about your organisation’s entries in the register"),
            position=48,
            tables=(
                "partnership_disclosure",
                "partnership_disclosure_event",
                "partnership_method_note",
                "partnership_disclosure_check",
                "partnership_disclosure_correction",
            ),
            collect=f"{queries}.personal.collect",
            erase=f"{ROOM}.operations.disclosures.personal.erase",
        )
    )
