"""Addresses of a partner organisation's own side: each part of the room has a file of its own."""

from django.urls import path

from alongside.apps.partnership.views import ours_funding

from alongside.apps.partnership.urls import ours_events, ours_payments, ours_relations

app_name = "ours"
urlpatterns = [
    path("funding/", ours_funding.requests, name="funding"),
    path("funding/new/", ours_funding.new, name="new_funding"),
    path("funding/funders/", ours_funding.funders, name="funders"),
    path("funding/funders/<uuid:funder_id>/remove/", ours_funding.remove_funder, name="remove_funder"),
    path("funding/<uuid:request_id>/", ours_funding.request_page, name="funding_request"),
    path("funding/<uuid:request_id>/withdraw/", ours_funding.withdraw, name="withdraw_funding"),
    path("funding/<uuid:request_id>/report/", ours_funding.report, name="report"),
urlpatterns: list[URLPattern] = [
    *ours_events.urlpatterns,
    *ours_payments.urlpatterns,
    *ours_relations.urlpatterns,
]
