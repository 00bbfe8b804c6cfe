"""Addresses of the actions room for people with an account."""

from django.urls import path

from alongside.apps.actions.views import actions, digest, publishing, rounds, tellings

app_name = "actions"
urlpatterns = [
    path("", actions.actions, name="list"),
    path("export/<str:kind>/", actions.export, name="export"),
    path("new/", actions.new, name="new"),
    path("digest/", digest.digest, name="digest"),
    path("digest/send/", digest.send, name="send_digest"),
    path("<uuid:action_id>/", actions.action, name="action"),
    path("<uuid:action_id>/change/", actions.change, name="change"),
    path("<uuid:action_id>/move/<slug:to>/", actions.move, name="move"),
    path("<uuid:action_id>/note/", actions.note, name="note"),
    path("<uuid:action_id>/close/", actions.close, name="close"),
    path("<uuid:action_id>/message/", rounds.write, name="write_round"),
    path("<uuid:action_id>/public/", publishing.story, name="story"),
    path("<uuid:action_id>/publish/", publishing.publish, name="publish"),
    path("<uuid:action_id>/unpublish/", publishing.unpublish, name="unpublish"),
    path("<uuid:action_id>/poster/", publishing.poster, name="poster"),
    path("messages/<uuid:round_id>/", rounds.round_page, name="round"),
    path("messages/<uuid:round_id>/change/", rounds.change, name="change_round"),
    path("messages/<uuid:round_id>/take-back/", rounds.take_back, name="take_back_round"),
    path("messages/<uuid:round_id>/send/", rounds.send, name="send_round"),
    path("messages/<uuid:round_id>/channel/", rounds.channel, name="channel"),
    path("messages/<uuid:round_id>/people/", tellings.people, name="people"),
    path("messages/<uuid:round_id>/people/<uuid:speaker_id>/", tellings.person, name="person"),
    path("tellings/<uuid:telling_id>/bounce/", tellings.bounce, name="bounce"),
    path("tellings/<uuid:telling_id>/again/", tellings.again, name="again"),
    path("tellings/<uuid:telling_id>/take-back/", tellings.take_back, name="take_back_telling"),
]
