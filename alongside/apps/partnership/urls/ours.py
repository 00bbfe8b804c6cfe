"""Addresses of a partner organisation's own side."""

from django.urls import URLPattern, path

from alongside.apps.partnership.views import ours_payments

app_name = "ours"
urlpatterns: list[URLPattern] = [
    path("payments/", ours_payments.payments, name="payments"),
    path("payments/export/<str:kind>/", ours_payments.export, name="payments_export"),
from django.urls import path

from alongside.apps.partnership.views import ours_relations

app_name = "ours"
urlpatterns = [
    path("notes/", ours_relations.notes, name="notes"),
    path("notes/<uuid:interaction_id>/", ours_relations.note, name="note"),
    path("promises/", ours_relations.promises, name="promises"),
]
