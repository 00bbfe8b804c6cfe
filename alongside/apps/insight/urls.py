"""Addresses of the insight room."""

from django.urls import path

from alongside.apps.insight.views import review, start

app_name = "insight"
urlpatterns = [
    path("", start.start, name="start"),
    path("themes/", start.start, name="themes"),
    path("themes/<uuid:theme_id>/", start.start, name="theme"),
    path("insights/", start.start, name="insights"),
    path("engagements/<uuid:engagement_id>/", start.engagement, name="engagement"),
    path("engagements/<uuid:engagement_id>/find-themes/", start.find_themes, name="find_themes"),
    path("engagements/<uuid:engagement_id>/review/", review.review, name="review"),
    path("engagements/<uuid:engagement_id>/review/decide/", review.decide, name="decide"),
    path("engagements/<uuid:engagement_id>/review/voices/", review.voices, name="review_voices"),
    path("engagements/<uuid:engagement_id>/review/keys/", review.switch_keys, name="switch_keys"),
]
