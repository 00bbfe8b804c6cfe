"""Announce the engagement room."""

from datetime import timedelta

from django.apps import AppConfig

from alongside.apps.base.rules.registry import (
    JobKind,
    PublishedSource,
    SearchSource,
    StartSection,
    TrailStep,
    registry,
)

ROOM = "alongside.apps.engagement"


class EngagementConfig(AppConfig):
    name = "alongside.apps.engagement"
    label = "engagement"

    def ready(self) -> None:
        registry.add_trail_step(
            TrailStep(
                name="voice",
                label="Voices",
                position=1,
                forward=f"{ROOM}.queries.trail.forward_to_voices",
                backward=f"{ROOM}.queries.trail.back_from_voices",
                describe=f"{ROOM}.queries.trail.describe_voices",
            )
        )
        registry.add_job_kind(JobKind("engagement.read_import", "Reading a file", f"{ROOM}.jobs.read_import"))
        registry.add_job_kind(
            JobKind(
                "engagement.sweep_import", "Clearing a file that was left out", f"{ROOM}.jobs.sweep_import"
            )
        )
        registry.add_job_kind(
            JobKind(
                "engagement.end_keeping",
                "Destroying originals, files and wrong rows whose time is over",
                f"{ROOM}.jobs.end_keeping",
                every=timedelta(days=1),
            )
        )
        registry.add_start_section(StartSection("redactions", 5, f"{ROOM}.queries.redactions.list_day"))
        registry.add_start_section(StartSection("voices", 10, f"{ROOM}.queries.day.list_day"))
        registry.add_published_source(
            PublishedSource("engagement", 40, f"{ROOM}.queries.published.find_published")
        )
        registry.add_start_section(StartSection("consents", 60, f"{ROOM}.queries.consent_day.list_day"))
        registry.add_start_section(StartSection("needs", 65, f"{ROOM}.queries.needs_day.list_day"))
        registry.add_search_source(
            SearchSource("voices", "Voices", 10, f"{ROOM}.queries.voices.search_voices")
        )
