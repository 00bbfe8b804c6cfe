"""Addresses of a partner's own side: projects."""

from django.urls import path

from alongside.apps.partnership.views import ours_projects

urlpatterns = [
    path("projects/", ours_projects.projects, name="projects"),
    path("projects/<uuid:project_id>/", ours_projects.project, name="project"),
    path("projects/<uuid:project_id>/aims/<uuid:aim_id>/agree/", ours_projects.agree, name="agree_aim"),
]
