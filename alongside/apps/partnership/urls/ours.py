"""Addresses of a partner organisation's own side."""

from django.urls import URLPattern

app_name = "ours"
urlpatterns: list[URLPattern] = []
