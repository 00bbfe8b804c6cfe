"""Only the ground floor, so that its pages can be tried before the rooms above it."""

from django.urls import include, path

urlpatterns = [
    path("", include("alongside.apps.base.urls")),
]
handler400 = "alongside.apps.base.views.bad_request"
handler403 = "alongside.apps.base.views.forbidden"
handler404 = "alongside.apps.base.views.not_found"
handler500 = "alongside.apps.base.views.broken"
