"""Addresses of what helps people to take part."""

from django.urls import path

from alongside.apps.engagement.views import needs

app_name = "needs"
urlpatterns = [
    path("", needs.mine, name="mine"),
    path("add/", needs.add, name="add"),
    path("not-met/", needs.unmet, name="unmet"),
    path("not-met/<uuid:occasion_id>/settle/", needs.settle, name="settle"),
    path("members/<uuid:member_id>/", needs.member, name="member"),
    path("members/<uuid:member_id>/add/", needs.add_for_member, name="add_for_member"),
    path("engagements/<uuid:engagement_id>/", needs.engagement, name="engagement"),
    path("engagements/<uuid:engagement_id>/print/", needs.to_print, name="print"),
    path("<uuid:need_id>/", needs.need, name="need"),
    path("<uuid:need_id>/change/", needs.change, name="change"),
    path("<uuid:need_id>/still/", needs.still, name="still"),
    path("<uuid:need_id>/end/", needs.end, name="end"),
    path("<uuid:need_id>/log/", needs.log, name="log"),
]
