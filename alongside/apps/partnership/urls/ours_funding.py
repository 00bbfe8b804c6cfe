"""Addresses of a partner's own side: funding."""

from django.urls import path

from alongside.apps.partnership.views import ours_funding

urlpatterns = [
    path("funding/", ours_funding.requests, name="funding"),
    path("funding/new/", ours_funding.new, name="new_funding"),
    path("funding/funders/", ours_funding.funders, name="funders"),
    path("funding/funders/<uuid:funder_id>/remove/", ours_funding.remove_funder, name="remove_funder"),
    path("funding/<uuid:request_id>/", ours_funding.request_page, name="funding_request"),
    path("funding/<uuid:request_id>/withdraw/", ours_funding.withdraw, name="withdraw_funding"),
    path("funding/<uuid:request_id>/report/", ours_funding.report, name="report"),
]
