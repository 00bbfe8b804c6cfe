"""Addresses for people without an account: what changed, and private links. No address says what it is about."""

from django.urls import path

from alongside.apps.actions.views import private, public

app_name = "told"
urlpatterns = [
    path("what-changed/", public.what_changed, name="what_changed"),
    path("what-changed/<uuid:action_id>/", public.change, name="change"),
    path("w/<str:token>/", private.link, name="link"),
    path("w/<str:token>/stop/", private.stop_by_link, name="stop_by_link"),
    path("your-words/", private.words, name="words"),
    path("your-words/code/", private.ask_code, name="ask_code"),
    path("your-words/own/", private.own_words, name="own_words"),
    path("your-words/reply/<uuid:telling_id>/", private.reply_to, name="reply"),
    path("your-words/help/<uuid:telling_id>/", private.help_answer, name="help"),
    path("your-words/stop/", private.stop, name="stop"),
    path("your-words/consents/", private.consents, name="consents"),
    path("your-words/leave/", private.leave, name="leave"),
]
