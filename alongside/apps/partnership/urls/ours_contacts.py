"""Addresses of a partner's own side: contacts."""

from django.urls import path

from alongside.apps.partnership.views import ours

urlpatterns = [
    path("", ours.start, name="start"),
    path("about-us/", ours.organisation, name="organisation"),
    path("about-us/ask/", ours.ask, name="ask"),
    path("records/", ours.records, name="records"),
    path("records/<slug:record>/", ours.kind, name="kind"),
    path("take-away/", ours.export, name="export"),
]
