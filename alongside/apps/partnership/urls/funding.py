"""Addresses of requests for funding and what comes of them."""

from django.urls import path

from alongside.apps.partnership.views import (
    funding,
    funding_after,
    funding_criteria,
    funding_independence,
    funding_judging,
)

app_name = "funding"
urlpatterns = [
    path("", funding.requests, name="list"),
    path("export/<str:kind>/", funding.export, name="export"),
    path("new/", funding.new, name="new"),
    path("criteria/", funding_criteria.criteria, name="criteria"),
    path("criteria/new/", funding_criteria.publish, name="publish_criteria"),
    path("criteria/<int:number>/", funding_criteria.edition, name="edition"),
    path("independence/", funding_independence.overview, name="independence"),
    path("independence/export/<str:kind>/", funding_independence.export_overview, name="export_independence"),
    path("groups/<uuid:organisation_id>/", funding_independence.group, name="group"),
    path(
        "groups/<uuid:organisation_id>/export/<str:kind>/",
        funding_independence.export_group,
        name="export_group",
    ),
    path("funders/<uuid:funder_id>/remove/", funding_independence.remove_funder, name="remove_funder"),
    path("<uuid:request_id>/", funding.request_page, name="request"),
    path("<uuid:request_id>/change/", funding.change, name="change"),
    path("<uuid:request_id>/withdraw/", funding.withdraw, name="withdraw"),
    path("<uuid:request_id>/begin-review/", funding_judging.begin, name="begin_review"),
    path("<uuid:request_id>/review/", funding_judging.review, name="review"),
    path("<uuid:request_id>/hands-off/", funding_judging.hands_off, name="hands_off"),
    path("<uuid:request_id>/to-decision/", funding_judging.to_decision, name="to_decision"),
    path("<uuid:request_id>/decide/", funding_judging.decide, name="decide"),
    path("<uuid:request_id>/agreement/", funding_after.agreement, name="agreement"),
    path("<uuid:request_id>/agreement/draft/", funding_after.draft, name="draft_agreement"),
    path("<uuid:request_id>/payment/", funding_after.payment, name="payment"),
    path("<uuid:request_id>/begin/", funding_after.begin, name="begin"),
    path("<uuid:request_id>/remind/", funding_after.remind, name="remind"),
    path("<uuid:request_id>/report/", funding_after.report, name="report"),
    path("<uuid:request_id>/close/", funding_after.close, name="close"),
]
