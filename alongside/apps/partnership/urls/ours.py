"""Addresses of a partner organisation's own side."""

from django.urls import path

from alongside.apps.partnership.views import ours, ours_relations

app_name = "ours"
urlpatterns = [
    path("", ours.start, name="start"),
    path("about-us/", ours.organisation, name="organisation"),
    path("about-us/ask/", ours.ask, name="ask"),
    path("records/", ours.records, name="records"),
    path("records/<slug:record>/", ours.kind, name="kind"),
    path("take-away/", ours.export, name="export"),
    path("notes/", ours_relations.notes, name="notes"),
    path("notes/<uuid:interaction_id>/", ours_relations.note, name="note"),
    path("promises/", ours_relations.promises, name="promises"),
]
