"""Addresses of a partner organisation's own side."""

from django.urls import URLPattern, path

from alongside.apps.partnership.views import ours_disclosures

app_name = "ours"
urlpatterns: list[URLPattern] = [
    path("disclosure/", ours_disclosures.disclosures, name="disclosures"),
    path("disclosure/<uuid:disclosure_id>/", ours_disclosures.disclosure, name="disclosure"),
    path("declaration/", ours_disclosures.declaration, name="declaration"),
    path("declaration/<str:ending>/", ours_disclosures.declaration_file, name="declaration_file"),
    path("received.csv", ours_disclosures.received, name="received"),
]
