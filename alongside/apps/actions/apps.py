"""Announce the actions room."""

from django.apps import AppConfig
from django.utils.translation import gettext_noop

from alongside.apps.base.rules.registry import (
    JobKind,
    PersonalSource,
    PublishedSource,
    SearchSource,
    StartSection,
    TrailStep,
    registry,
)

QUERIES = "alongside.apps.actions.queries"


class ActionsConfig(AppConfig):
    name = "alongside.apps.actions"
    label = "actions"

    def ready(self) -> None:
        registry.add_trail_step(
            TrailStep(
                name="action",
                label=gettext_noop("Actions"),
                position=4,
                forward=f"{QUERIES}.trail.actions_of_insights",
                backward=f"{QUERIES}.trail.insights_of_actions",
                describe=f"{QUERIES}.trail.describe_actions",
            )
        )
        registry.add_trail_step(
            TrailStep(
                name="outcome",
                label=gettext_noop("Outcomes"),
                position=5,
                forward=f"{QUERIES}.trail.outcomes_of_actions",
                backward=f"{QUERIES}.trail.actions_of_outcomes",
                describe=f"{QUERIES}.trail.describe_outcomes",
            )
        )
        registry.add_trail_step(
            TrailStep(
                name="feedback",
                label=gettext_noop("Feedback"),
                position=6,
                forward=f"{QUERIES}.trail.feedback_of_outcomes",
                backward=f"{QUERIES}.trail.outcomes_of_feedback",
                describe=f"{QUERIES}.trail.describe_feedback",
            )
        )
        registry.add_job_kind(
            JobKind(
                name="actions.send_digest",
                label=gettext_noop("Writing to people with news"),
                handler="alongside.apps.actions.jobs.send_digest",
            )
        )
        registry.add_published_source(
            PublishedSource(
                "actions",
                10,
                f"{QUERIES}.published.find_published",
                "alongside.apps.actions.operations.withdrawals.stop_using",
            )
        )
        registry.add_start_section(StartSection("actions", 40, f"{QUERIES}.day.list_day"))
        registry.add_search_source(
            SearchSource("actions", gettext_noop("Actions"), 40, f"{QUERIES}.day.find_actions")
        )
        registry.add_personal_source(
            PersonalSource(
                name="actions",
                label=gettext_noop("What you were told, and what you own"),
                position=30,
                tables=(
                    "actions_action",
                    "actions_note",
                    "actions_feedback_round",
                    "actions_digest",
                    "actions_telling",
                    "actions_help_answer",
                    "actions_private_link",
                    "actions_one_time_code",
                ),
                collect=f"{QUERIES}.personal.collect",
                erase="alongside.apps.actions.operations.personal.erase",
            )
        )
