"""Addresses of relationships, timelines, priorities, promises."""

from django.urls import URLPattern

app_name = "relations"
urlpatterns: list[URLPattern] = []
