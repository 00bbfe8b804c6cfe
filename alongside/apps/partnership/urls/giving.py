"""Addresses of published grants of others, from 360Giving files."""

from django.urls import URLPattern

app_name = "giving"
urlpatterns: list[URLPattern] = []
