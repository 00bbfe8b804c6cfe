"""Addresses of requests for funding and what comes of them."""

from django.urls import URLPattern

app_name = "funding"
urlpatterns: list[URLPattern] = []
