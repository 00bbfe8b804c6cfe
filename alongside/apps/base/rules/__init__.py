"""What may not happen, in words for the reader; who is looking and acting; what rooms announce to each other."""

from alongside.apps.base.rules.acting import NOBODY, Acting, acting, change_acting, get_acting
from alongside.apps.base.rules.refused import Refused, check
from alongside.apps.base.rules.viewer import PUBLIC, SYSTEM, Viewer, ViewerRequest, check_may

__all__ = [
    "NOBODY",
    "PUBLIC",
    "SYSTEM",
    "Acting",
    "Refused",
    "Viewer",
    "ViewerRequest",
    "acting",
    "change_acting",
    "check",
    "check_may",
    "get_acting",
]
