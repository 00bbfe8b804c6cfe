"""Addresses of a person's own paid work: offers, claims."""

from django.urls import path

from alongside.apps.partnership.views import ours_agreements as agreements
from alongside.apps.partnership.views import work

app_name = "work"
urlpatterns = [
    path("", work.work, name="list"),
    path("payments/", work.payments, name="payments"),
    path("<uuid:offer_id>/", work.offer, name="offer"),
    path("<uuid:offer_id>/benefits/", work.notice, name="notice"),
    path("<uuid:offer_id>/yes/", work.choose, name="choose"),
    path("<uuid:offer_id>/no/", work.decline, name="decline"),
    path("<uuid:offer_id>/claim/", work.claim, name="claim"),
    path("<uuid:offer_id>/claim/send/", work.send, name="send_claim"),
    path("expenses/<uuid:expense_id>/take-out/", work.drop, name="drop_expense"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/<uuid:agreement_id>/", agreements.agreement, name="agreement"),
    path("agreements/<uuid:agreement_id>/comment/", agreements.comment, name="agreement_comment"),
    path("agreements/<uuid:agreement_id>/right/", agreements.agree, name="agreement_agree"),
    path("agreements/<uuid:agreement_id>/sign/", agreements.sign, name="agreement_sign"),
    path("agreements/<uuid:agreement_id>/pdf/", agreements.pdf, name="agreement_pdf"),
]
