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
    path("audit/rows/", views.audit_changes, name="audit_changes"),
    path("audit/rows/<slug:table>/<slug:row_id>/", views.audit_row, name="audit_row"),
    path("audit/export/<slug:list_name>/", views.audit_export, name="audit_export"),
    path("about/<slug:page>/", views.about, name="about"),
]
