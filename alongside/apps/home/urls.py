"""Addresses of the pages across rooms."""

from django.urls import path

from alongside.apps.home import views

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("search/", views.find, name="search"),
    path("trail/<slug:step>/<uuid:object_id>/", views.trail, name="trail"),
    path("jobs/", views.work, name="work"),
    path("audit/", views.audit, name="audit"),
    path("about/<slug:page>/", views.about, name="about"),
]
