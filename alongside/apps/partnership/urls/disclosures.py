"""Addresses of a year's disclosure, from collecting to correcting."""

from django.urls import URLPattern

app_name = "disclosures"
urlpatterns: list[URLPattern] = []
