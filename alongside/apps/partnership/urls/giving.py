"""Addresses of published grants of others, from 360Giving files."""

from django.urls import path

from alongside.apps.partnership.views import giving

app_name = "giving"
urlpatterns = [
    path("", giving.grants, name="list"),
    path("export/<str:kind>/", giving.export, name="export"),
    path("import/", giving.bring_in, name="import"),
    path("match/", giving.match, name="match"),
    path("files/<uuid:giving_file_id>/", giving.file, name="file"),
    path("files/<uuid:giving_file_id>/wrong/", giving.wrong_rows, name="file_wrong"),
    path("<uuid:published_id>/", giving.grant, name="grant"),
]
