"""Addresses of a year's disclosure, from collecting to correcting."""

from django.urls import path

from alongside.apps.partnership.views.disclosures import checks, corrections, declaration, notes, steps, years

app_name = "disclosures"
urlpatterns = [
    path("", years.disclosures, name="list"),
    path("begin/", steps.begin, name="begin"),
    path("declaration/", declaration.declaration, name="declaration"),
    path("declaration/<str:ending>/", declaration.download, name="declaration_export"),
    path("<uuid:disclosure_id>/", years.disclosure, name="disclosure"),
    path("<uuid:disclosure_id>/rows/", years.rows, name="rows"),
    path("<uuid:disclosure_id>/rows/export/<str:kind>/", years.export, name="export"),
    path("<uuid:disclosure_id>/people/", years.people, name="people"),
    path("<uuid:disclosure_id>/step/<str:press>/", steps.take, name="take"),
    path("<uuid:disclosure_id>/send-back/", steps.back, name="send_back"),
    path("<uuid:disclosure_id>/method/", notes.method, name="method"),
    path("<uuid:disclosure_id>/partners/", checks.partners, name="checks"),
    path("partners/<uuid:check_id>/", checks.check, name="check"),
    path("<uuid:disclosure_id>/add/", corrections.add, name="add"),
    path("rows/<uuid:row_id>/correct/", corrections.correct, name="correct"),
    path("corrections/<uuid:correction_id>/", corrections.decide, name="decide"),
]
