"""Addresses of joint projects."""

from django.urls import path

from alongside.apps.partnership.views import event_papers, project_parts, projects, public_projects

app_name = "projects"
urlpatterns = [
    path("", projects.projects, name="list"),
    path("export/<str:kind>/", projects.export, name="export"),
    path("new/", projects.new, name="new"),
    path("public/", public_projects.published, name="published"),
    path("public/<uuid:project_id>/", public_projects.public, name="public"),
    path("<uuid:project_id>/", projects.project, name="project"),
    path("<uuid:project_id>/change/", projects.edit, name="edit"),
    path("<uuid:project_id>/agreement/", event_papers.project_paper, name="paper"),
    path("<uuid:project_id>/move/<slug:to>/", projects.move, name="move"),
    path("<uuid:project_id>/summary/", projects.summary, name="summary"),
    path("<uuid:project_id>/aims/", project_parts.aim, name="aim"),
    path("<uuid:project_id>/aims/<uuid:aim_id>/drop/", project_parts.remove_aim, name="drop_aim"),
    path(
        "<uuid:project_id>/aims/<uuid:aim_id>/agreed/<uuid:organisation_id>/",
        project_parts.record_agreement,
        name="record_agreement",
    ),
    path("<uuid:project_id>/contributions/", project_parts.contribution, name="contribution"),
    path("<uuid:project_id>/measures/", project_parts.measure, name="measure"),
    path("<uuid:project_id>/measures/<uuid:measure_id>/", project_parts.result, name="result"),
    path("<uuid:project_id>/meetings/", project_parts.meeting, name="meeting"),
    path("<uuid:project_id>/links/", project_parts.links, name="links"),
    path("<uuid:project_id>/evaluation/", project_parts.evaluation, name="evaluation"),
    path("<uuid:project_id>/evaluation/print/", project_parts.evaluation_print, name="evaluation_print"),
    path("<uuid:project_id>/evaluation/pdf/", project_parts.evaluation_pdf, name="evaluation_pdf"),
]
