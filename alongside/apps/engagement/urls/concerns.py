"""Addresses of concerns: for those who raise one, for those who look, and for people without an account."""

from django.urls import path

from alongside.apps.engagement.views import cannot_wait, concerns, raising, triage

app_name = "concerns"
urlpatterns = [
    path("", concerns.listing, name="list"),
    path("export.csv", concerns.export, name="export"),
    path("report/", concerns.report, name="report"),
    path("report.csv", concerns.report_csv, name="report_csv"),
    path("report/print/", concerns.report_print, name="report_print"),
    path("rules/", concerns.rules, name="rules"),
    path("raise/", raising.raise_one, name="raise"),
    path("raised/", raising.raised, name="raised"),
    path("raised/<uuid:concern_id>/", raising.raised_one, name="raised_one"),
    path("cannot-wait/", cannot_wait.cannot_wait, name="cannot_wait"),
    path("cannot-wait/sent/", cannot_wait.sent, name="cannot_wait_sent"),
    path("<uuid:concern_id>/", triage.concern, name="detail"),
    path("<uuid:concern_id>/take/", triage.take, name="take"),
    path("<uuid:concern_id>/hand-back/", triage.hand_back, name="hand_back"),
    path("<uuid:concern_id>/decide/", triage.decide, name="decide"),
    path("<uuid:concern_id>/forward/", triage.forward, name="forward"),
    path("<uuid:concern_id>/close/", triage.close, name="close"),
    path("<uuid:concern_id>/reopen/", triage.reopen, name="reopen"),
    path("<uuid:concern_id>/contact/", triage.contact, name="contact"),
    path("<uuid:concern_id>/sheet/", triage.sheet, name="sheet"),
]
