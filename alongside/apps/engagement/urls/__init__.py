"""Addresses of the engagement room."""

from django.urls import path

from alongside.apps.engagement.views import engagements, imports, members, public_forms, redactions, voices

app_name = "engagement"
urlpatterns = [
    path("", engagements.engagements, name="list"),
    path("new/", engagements.before_new, name="before_new"),
    path("new/describe/", engagements.new, name="new"),
    path("members/", members.members, name="members"),
    path("members/export.<str:ending>", members.export, name="members_export"),
    path("members/new/", members.new, name="new_member"),
    path("members/<uuid:member_id>/", members.member, name="member"),
    path("members/<uuid:member_id>/leave/", members.leave, name="leave_member"),
    path("members/<uuid:member_id>/return/", members.come_back, name="return_member"),
    path("imports/<uuid:import_id>/", imports.show, name="import"),
    path("imports/<uuid:import_id>/columns/", imports.columns, name="import_columns"),
    path("imports/<uuid:import_id>/speakers/", imports.speakers, name="import_speakers"),
    path("imports/<uuid:import_id>/wrong.csv", imports.wrong_rows, name="import_wrong"),
    path("imports/<uuid:import_id>/confirm/", imports.confirm, name="import_confirm"),
    path("imports/<uuid:import_id>/leave/", imports.leave, name="import_leave"),
    path("imports/<uuid:import_id>/take-out/", imports.take_out, name="import_take_out"),
    path("redactions/", redactions.queue, name="redactions"),
    path("redactions/names/", redactions.names, name="staff_names"),
    path("redactions/names/<uuid:name_id>/end/", redactions.end_name, name="end_staff_name"),
    path("redactions/keys/", redactions.switch_keys, name="redaction_keys"),
    path("redactions/confirm/<slug:kind>/", redactions.confirm, name="confirm_redactions"),
    path("redactions/<uuid:voice_id>/", redactions.review, name="redaction"),
    path("redactions/<uuid:voice_id>/open/", redactions.open_words, name="open_original"),
    path("redactions/<uuid:voice_id>/decide/", redactions.decide, name="decide_redaction"),
    path("redactions/<uuid:voice_id>/add/", redactions.add, name="add_redaction"),
    path("voices/<uuid:voice_id>/", voices.voice, name="voice"),
    path("<uuid:engagement_id>/", engagements.detail, name="detail"),
    path("<uuid:engagement_id>/change/", engagements.change, name="change"),
    path("<uuid:engagement_id>/close/", engagements.close, name="close"),
    path("<uuid:engagement_id>/reopen/", engagements.reopen, name="reopen"),
    path("<uuid:engagement_id>/invite/", engagements.invite, name="invite"),
    path("<uuid:engagement_id>/invite/<uuid:person_id>/end/", engagements.end_invite, name="end_invite"),
    path("<uuid:engagement_id>/voices/", voices.voices, name="voices"),
    path("<uuid:engagement_id>/voices/export.<str:ending>", voices.export, name="voices_export"),
    path("<uuid:engagement_id>/type/", voices.type_one, name="type"),
    path("<uuid:engagement_id>/upload/", imports.upload, name="upload"),
    path("<uuid:engagement_id>/page/", public_forms.show, name="form"),
    path("<uuid:engagement_id>/page/change/", public_forms.change, name="form_change"),
    path("<uuid:engagement_id>/page/poster/", public_forms.poster, name="poster"),
    path("<uuid:engagement_id>/page/code.svg", public_forms.code, name="code"),
]
