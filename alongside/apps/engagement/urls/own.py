"""Addresses of somebody's own consents, after a receipt or a private link: nothing personal stands in them."""

from django.urls import path

from alongside.apps.engagement.views import own_consents

app_name = "own"
urlpatterns = [
    path("", own_consents.consents, name="consents"),
    path("end/", own_consents.end, name="end"),
    path("ended/", own_consents.ended, name="ended"),
]
