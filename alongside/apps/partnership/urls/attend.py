"""Addresses of events as the public and those invited see them. No address says what an event is about."""

from django.urls import path

from alongside.apps.partnership.views import attend, calendars

app_name = "attend"
urlpatterns = [
    path("", attend.events, name="list"),
    path("calendar.ics", calendars.feed, name="feed"),
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar/make/", calendars.make_feed, name="make_feed"),
    path("calendar/stop/", calendars.stop_feed, name="stop_feed"),
    path("calendar/<str:token>.ics", calendars.own_feed, name="own_feed"),
    path("place/", attend.place, name="place"),
    path("place/<uuid:registration_id>/give-back/", attend.give_back_place, name="give_back"),
    path("place/<uuid:registration_id>/accept/", attend.accept_place, name="accept"),
    path("<uuid:event_id>/", attend.event, name="event"),
    path("<uuid:event_id>/event.jsonld", attend.data, name="data"),
    path("<uuid:event_id>/event.ics", attend.calendar_file, name="file"),
    path("<uuid:event_id>/register/", attend.register, name="register"),
    path("<uuid:event_id>/registered/", attend.registered, name="registered"),
]
