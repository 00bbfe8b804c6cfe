"""Addresses of *Have your say*: short, without an account, with nothing personal in them."""

from django.urls import path

from alongside.apps.engagement.views import say

app_name = "say"
urlpatterns = [
    path("<slug:slug>/", say.welcome, name="welcome"),
    path("<slug:slug>/agree/", say.agree, name="agree"),
    path("<slug:slug>/question/<int:position>/", say.question, name="question"),
    path("<slug:slug>/about-you/", say.facts, name="facts"),
    path("<slug:slug>/telling-you/", say.contact, name="contact"),
    path("<slug:slug>/check/", say.check, name="check"),
    path("<slug:slug>/sent/", say.sent, name="sent"),
    path("<slug:slug>/take-back/", say.take_back, name="take_back"),
]
