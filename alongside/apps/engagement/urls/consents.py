"""Addresses of consents for people with an account: the team's pages and each person's own."""

from django.urls import path

from alongside.apps.engagement.views import consents, own_consents

app_name = "consents"
urlpatterns = [
    path("", consents.overview, name="overview"),
    path("yours/", own_consents.yours, name="yours"),
    path("yours/end/", own_consents.end_yours, name="end_yours"),
    path("yours/<uuid:agreement_id>/ended/", own_consents.yours_ended, name="yours_ended"),
    path("texts/", consents.texts, name="texts"),
    path("texts/<slug:key>/", consents.text, name="text"),
    path("texts/<slug:key>/new/", consents.new_version, name="new_version"),
    path("members/<uuid:member_id>/", consents.member, name="member"),
    path("<uuid:engagement_id>/", consents.engagement, name="engagement"),
    path("<uuid:engagement_id>/record/", consents.record, name="record"),
    path("<uuid:engagement_id>/newest-text/", consents.use_newest, name="use_newest"),
]
