"""Addresses of contacts: bringing them in, joining duplicates, taking them out."""

from django.urls import URLPattern

app_name = "contacts"
urlpatterns: list[URLPattern] = []
