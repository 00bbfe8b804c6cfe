"""Addresses of relationships, timelines, priorities, promises."""

from django.urls import path

from alongside.apps.partnership.views.relations import keeping, notes, partners

app_name = "relations"
urlpatterns = [
    path("", partners.partners, name="list"),
    path("export/<str:ending>/", partners.export, name="export"),
    path("new/", partners.new, name="new"),
    path("notes/<uuid:interaction_id>/", notes.note, name="note"),
    path("notes/<uuid:interaction_id>/change/", notes.change_note, name="change_note"),
    path("notes/<uuid:interaction_id>/share/", notes.share, name="share_note"),
    path("priorities/<uuid:priority_id>/", notes.priority, name="priority"),
    path("priorities/<uuid:priority_id>/step/<slug:to>/", notes.move, name="move_priority"),
    path("<uuid:organisation_id>/", partners.organisation, name="organisation"),
    path("<uuid:organisation_id>/change/", partners.change, name="change"),
    path("<uuid:organisation_id>/numbers/", partners.identifiers, name="identifiers"),
    path("<uuid:organisation_id>/income/", partners.incomes, name="incomes"),
    path("<uuid:organisation_id>/income/<str:year_ends_on>/drop/", partners.drop_income, name="drop_income"),
    path("<uuid:organisation_id>/checked/", partners.assure, name="assure"),
    path("<uuid:organisation_id>/keep/", keeping.keep, name="keep"),
    path("<uuid:organisation_id>/end/", keeping.end, name="end"),
    path("<uuid:organisation_id>/again/", keeping.reopen, name="reopen"),
    path("<uuid:organisation_id>/later/", keeping.later, name="later"),
    path("<uuid:organisation_id>/note/", notes.new_note, name="new_note"),
    path("<uuid:organisation_id>/promise/", notes.new_promise, name="new_promise"),
    path("<uuid:organisation_id>/priority/", notes.new_priority, name="new_priority"),
]
