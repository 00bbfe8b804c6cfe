"""Addresses of a person's own paid work: offers, claims."""

from django.urls import URLPattern

app_name = "work"
urlpatterns: list[URLPattern] = []
