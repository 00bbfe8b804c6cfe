"""Addresses of the public register."""

from django.urls import path

from alongside.apps.partnership.views.register import downloads, pages

app_name = "register"
urlpatterns = [
    path("", pages.years, name="years"),
    path("schema/", pages.schema, name="schema"),
    path("schema/register-1.json", downloads.schema_file, name="schema_file"),
    path("organisations/<uuid:organisation_id>/", pages.organisation, name="organisation"),
    path("<int:year>/", pages.year, name="year"),
    path("<int:year>/people/", pages.people, name="people"),
    path("<int:year>/method/", pages.method, name="method"),
    path("<int:year>/corrections/", pages.corrections, name="corrections"),
    path("<int:year>/organisations.csv", downloads.rows_csv, name="csv"),
    path("<int:year>/people.csv", downloads.people_csv, name="people_csv"),
    path("<int:year>/register.json", downloads.whole_json, name="json"),
    path("<int:year>/360giving.json", downloads.giving_json, name="giving"),
    path("<int:year>/register.pdf", downloads.pdf, name="pdf"),
]
