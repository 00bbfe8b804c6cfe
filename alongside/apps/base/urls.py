"""Addresses of the ground floor."""

from django.urls import path

from alongside.apps.base import views

app_name = "base"
urlpatterns = [
    path("jobs/<uuid:job_id>/", views.job, name="job"),
    path("jobs/<uuid:job_id>/stop/", views.stop_job_view, name="stop_job"),
    path("views/keep/", views.keep_view, name="keep_view"),
    path("views/<uuid:view_id>/drop/", views.drop_view, name="drop_view"),
    path("language/", views.change_language, name="language"),
    path("brand.css", views.brand_css, name="brand_css"),
    path("look/", views.look, name="look"),
    path("look/public/", views.look_public, name="look_public"),
    path("look/print/", views.look_print, name="look_print"),
]
