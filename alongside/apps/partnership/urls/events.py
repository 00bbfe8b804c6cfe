"""Addresses of events: planning, registering, reporting."""

from django.urls import URLPattern

app_name = "events"
urlpatterns: list[URLPattern] = []
