"""Announce the engagement room."""

from django.apps import AppConfig


class EngagementConfig(AppConfig):
    name = "alongside.apps.engagement"
    label = "engagement"
