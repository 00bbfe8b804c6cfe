"""Addresses of payments: asking, approving, paying, comparing with the ledger."""

from django.urls import URLPattern

app_name = "payments"
urlpatterns: list[URLPattern] = []
