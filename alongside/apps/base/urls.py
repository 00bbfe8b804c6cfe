"""Addresses of the ground floor."""

from django.urls import path

from alongside.apps.base import views

app_name = "base"
urlpatterns = [
    path("brand.css", views.brand_css, name="brand_css"),
    path("look/", views.look, name="look"),
    path("look/public/", views.look_public, name="look_public"),
    path("look/print/", views.look_print, name="look_print"),
]
