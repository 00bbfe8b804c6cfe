"""Addresses of a partner organisation's own side."""

from django.urls import path

from alongside.apps.partnership.views import ours_events, ours_projects

app_name = "ours"
urlpatterns = [
    path("events/", ours_events.events, name="events"),
    path("projects/", ours_projects.projects, name="projects"),
    path("projects/<uuid:project_id>/", ours_projects.project, name="project"),
    path("projects/<uuid:project_id>/aims/<uuid:aim_id>/agree/", ours_projects.agree, name="agree_aim"),
]
