"""The two names under which allauth's own steps lead on; the same pages as in the people room."""

from django.urls import path

from alongside.apps.people.views import sign_in

urlpatterns = [
    path("sign-in/", sign_in.SignIn.as_view(), name="account_login"),
    path("sign-in/second/", sign_in.SecondStep.as_view(), name="mfa_authenticate"),
]
