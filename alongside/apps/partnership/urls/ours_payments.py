"""Addresses of a partner's own side: payments."""

from django.urls import path

from alongside.apps.partnership.views import ours_payments

urlpatterns = [
    path("payments/", ours_payments.payments, name="payments"),
    path("payments/export/<str:kind>/", ours_payments.export, name="payments_export"),
]
