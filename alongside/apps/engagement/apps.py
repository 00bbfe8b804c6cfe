"""Announce the engagement room."""

from datetime import timedelta

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
                "engagement.hear_concerns", "Listening for what cannot wait", f"{ROOM}.jobs.hear_concerns"
            )
        )
        registry.add_job_kind(
            JobKind(
                "engagement.remind",
                "Reminding of concerns that wait",
                f"{ROOM}.jobs.remind",
                every=timedelta(hours=1),
            )
        )
        registry.add_start_section(StartSection("concerns", 4, f"{ROOM}.queries.concern_day.list_day"))
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
        registry.add_job_kind(
            JobKind(
                "engagement.preview_deletions",
                gettext_noop("Looking for engagements whose time is over"),
                f"{ROOM}.jobs.preview_deletions",
                every=timedelta(days=1),
            )
        )
        registry.add_job_kind(
            JobKind(
                "engagement.delete_words",
                gettext_noop("Deleting the words of an engagement"),
                f"{ROOM}.jobs.delete_words",
            )
        )
        registry.add_personal_source(
            PersonalSource(
                name="concerns",
                label=gettext_noop("Concerns about your words, and those you raised"),
                position=13,
                tables=(
                    "engagement_concern",
                    "engagement_concern_proposal",
                    "engagement_concern_event",
                ),
                collect=f"{ROOM}.operations.concern_subjects.collect",
                erase=f"{ROOM}.operations.concern_subjects.erase",
            )
        )
        registry.add_personal_source(
            PersonalSource(
                name="originals",
                label=gettext_noop("Your words as you said them, before anything was covered"),
                position=12,
                tables=(
                    "engagement_voice_original",
                    "engagement_redaction",
                    "engagement_redaction_decision",
                    "engagement_staff_name",
                ),
                collect=f"{ROOM}.operations.personal.collect_originals",
                erase=f"{ROOM}.operations.personal.erase_originals",
            )
        )
        registry.add_start_section(StartSection("deletions", 6, f"{ROOM}.queries.retention.list_day"))
        registry.add_personal_source(
            PersonalSource(
                name="engagement",
                label=gettext_noop("Your words and how to reach you"),
                position=10,
                tables=(
                    "engagement_engagement",
                    "engagement_access",
                    "engagement_source",
                    "engagement_voice",
                    "engagement_speaker",
                    "engagement_contact",
                    "engagement_receipt",
                    "engagement_member",
                    "engagement_import",
                    "engagement_import_problem",
                    "engagement_column_mapping",
                    "engagement_retention_date",
                    "engagement_deletion",
                ),
                find=f"{ROOM}.queries.personal.find",
                find_by_code=f"{ROOM}.queries.personal.find_by_code",
                names=f"{ROOM}.queries.personal.names",
                list_fields=f"{ROOM}.queries.personal.list_fields",
                correct=f"{ROOM}.operations.corrections.correct",
                stop_uses=f"{ROOM}.operations.corrections.stop_uses",
                collect=f"{ROOM}.queries.personal.collect",
                erase=f"{ROOM}.operations.personal.erase",
            )
        )
