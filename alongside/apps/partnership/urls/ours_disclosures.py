"""Addresses of a partner's own side: what is published about it, and its declaration of interests."""

from django.urls import path

from alongside.apps.partnership.views import ours_disclosures

urlpatterns = [
    path("disclosure/", ours_disclosures.disclosures, name="disclosures"),
    path("disclosure/<uuid:disclosure_id>/", ours_disclosures.disclosure, name="disclosure"),
    path("declaration/", ours_disclosures.declaration, name="declaration"),
    path("declaration/<str:ending>/", ours_disclosures.declaration_file, name="declaration_export"),
]
