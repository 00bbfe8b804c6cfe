"""Announce the insight room."""

from django.apps import AppConfig
from django.utils.translation import gettext_noop

from alongside.apps.base.rules.registry import (
    DeletionEffect,
    JobKind,
    OnwardStep,
    PersonalSource,
    PublishedSource,
    SearchSource,
    StartSection,
    TrailStep,
    WordsHolder,
    registry,
)

ROOM = "alongside.apps.insight"


class InsightConfig(AppConfig):
    name = ROOM
    label = "insight"

    def ready(self) -> None:
        registry.add_trail_step(
            TrailStep(
                name="theme",
                label="Themes",
                position=2,
                forward=f"{ROOM}.queries.trail.forward_to_themes",
                backward=f"{ROOM}.queries.trail.back_from_themes",
                describe=f"{ROOM}.queries.trail.describe_themes",
            )
        )
        registry.add_trail_step(
            TrailStep(
                name="insight",
                label="Insights",
                position=3,
                forward=f"{ROOM}.queries.trail.forward_to_insights",
                backward=f"{ROOM}.queries.trail.back_from_insights",
                describe=f"{ROOM}.queries.trail.describe_insights",
                leaps_from="voice",
                leap_forward=f"{ROOM}.queries.trail.leap_to_insights",
                leap_backward=f"{ROOM}.queries.trail.leap_back_to_voices",
            )
        )
        registry.add_job_kind(JobKind("insight.find_themes", "Finding themes", f"{ROOM}.jobs.find_themes"))
        registry.add_words_holder(WordsHolder("insight", f"{ROOM}.operations.following.follow_words"))
        registry.add_onward_step(OnwardStep("insight", 10, f"{ROOM}.queries.overview.list_onward"))
        registry.add_start_section(StartSection("insight", 20, f"{ROOM}.queries.day.list_day"))
        registry.add_published_source(
            PublishedSource(
                "insight",
                20,
                f"{ROOM}.queries.published.find_published",
                f"{ROOM}.operations.looking.mark_lost_quotes",
            )
        )
        registry.add_search_source(
            SearchSource("themes", "Themes", 20, f"{ROOM}.queries.search.search_themes")
        )
        registry.add_search_source(
            SearchSource("insights", "Insights", 30, f"{ROOM}.queries.search.search_insights")
        )
        registry.add_deletion_effect(
            DeletionEffect(
                "insight",
                gettext_noop("insights that lose quotes"),
                10,
                f"{ROOM}.queries.personal.count_insights_losing_quotes",
            )
        )
        registry.add_personal_source(
            PersonalSource(
                name="insight",
                label=gettext_noop("What was understood from your words, and what you decided"),
                position=20,
                tables=(
                    "insight_theme_run",
                    "insight_proposed_placement",
                    "insight_proposed_quote",
                    "insight_theme",
                    "insight_theme_decision",
                    "insight_placement",
                    "insight_placement_change",
                    "insight_dissent",
                    "insight_insight",
                    "insight_evidence",
                    "insight_voucher",
                    "insight_patient_confirmation",
                    "insight_look_again",
                ),
                collect=f"{ROOM}.queries.personal.collect",
                erase=f"{ROOM}.operations.personal.erase",
            )
        )
