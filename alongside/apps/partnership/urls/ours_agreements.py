"""Addresses of a partner's own side: agreements."""

from django.urls import path

from alongside.apps.partnership.views import ours_agreements as agreements

urlpatterns = [
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/<uuid:agreement_id>/", agreements.agreement, name="agreement"),
    path("agreements/<uuid:agreement_id>/comment/", agreements.comment, name="agreement_comment"),
    path("agreements/<uuid:agreement_id>/right/", agreements.agree, name="agreement_agree"),
    path("agreements/<uuid:agreement_id>/sign/", agreements.sign, name="agreement_sign"),
    path("agreements/<uuid:agreement_id>/pdf/", agreements.pdf, name="agreement_pdf"),
]
