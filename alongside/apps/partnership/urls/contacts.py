"""Addresses of contacts: bringing them in, joining duplicates, taking them out, what partners ask to be changed."""

from django.urls import path

from alongside.apps.partnership.views import changes, contact_lists, contacts, duplicates

app_name = "contacts"
urlpatterns = [
    path("", contacts.contacts, name="list"),
    path("export/<str:kind>/", contacts.export, name="export"),
    path("cards/", contacts.vcard, name="vcard"),
    path("at/<uuid:organisation_id>/new/", contacts.new, name="new"),
    path("import/", contact_lists.upload, name="import"),
    path("import/<uuid:list_id>/", contact_lists.show, name="import_show"),
    path("import/<uuid:list_id>/columns/", contact_lists.columns, name="import_columns"),
    path("import/<uuid:list_id>/unknown/", contact_lists.unknown, name="import_unknown"),
    path("import/<uuid:list_id>/confirm/", contact_lists.confirm, name="import_confirm"),
    path("import/<uuid:list_id>/leave/", contact_lists.leave, name="import_leave"),
    path("import/<uuid:list_id>/take-out/", contact_lists.take_out, name="import_take_out"),
    path("import/<uuid:list_id>/wrong-rows/", contact_lists.wrong_rows, name="import_wrong"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/look/", duplicates.look, name="look"),
    path("duplicates/<uuid:proposal_id>/apart/", duplicates.apart, name="apart"),
    path("merges/", duplicates.merges, name="merges"),
    path("merges/<uuid:merge_id>/undo/", duplicates.undo, name="undo_merge"),
    path("merge/<slug:what>/<uuid:first_id>/<uuid:second_id>/", duplicates.join, name="merge"),
    path("changes/", changes.changes, name="changes"),
    path("changes/<uuid:change_id>/", changes.change, name="change"),
    path("<uuid:contact_id>/", contacts.contact, name="contact"),
    path("<uuid:contact_id>/edit/", contacts.edit, name="edit"),
    path("<uuid:contact_id>/end/", contacts.end, name="end"),
    path("<uuid:contact_id>/take-up/", contacts.take_up, name="take_up"),
    path("<uuid:contact_id>/card/", contacts.card, name="card"),
]
