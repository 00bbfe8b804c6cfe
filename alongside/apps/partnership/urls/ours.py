"""Addresses of a partner organisation's own side: each part of the room has a file of its own."""

from django.urls import path

from alongside.apps.partnership.views import ours_events, ours_projects

from alongside.apps.partnership.urls import ours_payments, ours_relations

app_name = "ours"
urlpatterns: list[URLPattern] = [*ours_payments.urlpatterns, *ours_relations.urlpatterns]
urlpatterns = [
    path("events/", ours_events.events, name="events"),
    path("projects/", ours_projects.projects, name="projects"),
    path("projects/<uuid:project_id>/", ours_projects.project, name="project"),
    path("projects/<uuid:project_id>/aims/<uuid:aim_id>/agree/", ours_projects.agree, name="agree_aim"),
]
