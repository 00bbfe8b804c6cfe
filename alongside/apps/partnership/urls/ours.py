"""Addresses of a partner organisation's own side: each part of the room has a file of its own."""

from django.urls import path

from alongside.apps.partnership.views import ours_agreements as agreements

from alongside.apps.partnership.urls import (
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
    *ours_contacts.urlpatterns,
    *ours_disclosures.urlpatterns,
    *ours_events.urlpatterns,
    *ours_funding.urlpatterns,
    *ours_payments.urlpatterns,
    *ours_projects.urlpatterns,
    *ours_relations.urlpatterns,
urlpatterns = [
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/<uuid:agreement_id>/", agreements.agreement, name="agreement"),
    path("agreements/<uuid:agreement_id>/comment/", agreements.comment, name="agreement_comment"),
    path("agreements/<uuid:agreement_id>/right/", agreements.agree, name="agreement_agree"),
    path("agreements/<uuid:agreement_id>/sign/", agreements.sign, name="agreement_sign"),
    path("agreements/<uuid:agreement_id>/pdf/", agreements.pdf, name="agreement_pdf"),
]
