"""Addresses of paid work: needs, rate cards, offers, claims."""

from django.urls import URLPattern

app_name = "services"
urlpatterns: list[URLPattern] = []
