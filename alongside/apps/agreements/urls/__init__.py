"""Addresses of the agreements room."""

from django.urls import path

from alongside.apps.agreements.views import deciding, reading, rule_sets, writing

app_name = "agreements"
urlpatterns = [
    path("", reading.agreements, name="list"),
    path("export/<str:kind>/", reading.export, name="export"),
    path("new/", writing.new, name="new"),
    path("rule-sets/", rule_sets.rule_sets, name="rule_sets"),
    path("rule-sets/new/", rule_sets.new_edition, name="new_edition"),
    path("rule-sets/<slug:name>/<int:edition>/", rule_sets.rule_set, name="rule_set"),
    path("rule-sets/<slug:name>/<int:edition>/file/", rule_sets.rule_set_file, name="rule_set_file"),
    path("comments/<uuid:comment_id>/answer/", deciding.answer, name="answer"),
    path("<uuid:agreement_id>/", reading.agreement, name="agreement"),
    path("<uuid:agreement_id>/print/", reading.paper, name="print"),
    path("<uuid:agreement_id>/pdf/", reading.pdf, name="pdf"),
    path("<uuid:agreement_id>/change/", writing.edit, name="edit"),
    path("<uuid:agreement_id>/certify/", deciding.certify, name="certify"),
    path("<uuid:agreement_id>/sign/", deciding.sign, name="sign"),
    path("<uuid:agreement_id>/move/<slug:to>/", deciding.move, name="move"),
    path("<uuid:agreement_id>/comment/", deciding.comment, name="comment"),
    path("<uuid:agreement_id>/rules/<slug:rule>/answer/", deciding.answer_finding, name="answer_finding"),
]
