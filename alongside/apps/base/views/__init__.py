"""Faults, work that takes a while, saved views, and the style guide."""

from alongside.apps.base.views.faults import (
    SAFE_METHODS,
    bad_request,
    broken,
    expired,
    forbidden,
    not_found,
    refused,
    unavailable,
)
from alongside.apps.base.views.look import brand_css, change_language, look, look_print, look_public
from alongside.apps.base.views.work import drop_view, job, keep_view, stop_job_view

__all__ = [
    "SAFE_METHODS",
    "bad_request",
    "brand_css",
    "broken",
    "change_language",
    "drop_view",
    "expired",
    "forbidden",
    "job",
    "keep_view",
    "look",
    "look_print",
    "look_public",
    "not_found",
    "refused",
    "stop_job_view",
    "unavailable",
]
