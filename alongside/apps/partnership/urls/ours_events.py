"""Addresses of a partner's own side: events."""

from django.urls import path

from alongside.apps.partnership.views import ours_events

urlpatterns = [
    path("events/", ours_events.events, name="events"),
]
