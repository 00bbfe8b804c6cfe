"""Addresses of events as the public and those invited see them."""

from django.urls import URLPattern

app_name = "attend"
urlpatterns: list[URLPattern] = []
