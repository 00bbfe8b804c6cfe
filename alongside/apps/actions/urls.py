"""Addresses of the actions room."""

from django.urls import URLPattern

app_name = "actions"
urlpatterns: list[URLPattern] = []
