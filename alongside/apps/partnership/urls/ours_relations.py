"""Addresses of a partner's own side: relations."""

from django.urls import path

from alongside.apps.partnership.views import ours_relations

urlpatterns = [
    path("notes/", ours_relations.notes, name="notes"),
    path("notes/<uuid:interaction_id>/", ours_relations.note, name="note"),
    path("promises/", ours_relations.promises, name="promises"),
]
