"""Addresses of a partner organisation's own side: each part of the room has a file of its own."""

from django.urls import URLPattern

from alongside.apps.partnership.urls import (
    ours_agreements,
    ours_contacts,
    ours_disclosures,
    ours_events,
    ours_funding,
    ours_payments,
    ours_projects,
    ours_relations,
)

app_name = "ours"
urlpatterns: list[URLPattern] = [
    *ours_agreements.urlpatterns,
    *ours_contacts.urlpatterns,
    *ours_disclosures.urlpatterns,
    *ours_events.urlpatterns,
    *ours_funding.urlpatterns,
    *ours_payments.urlpatterns,
    *ours_projects.urlpatterns,
    *ours_relations.urlpatterns,
]
