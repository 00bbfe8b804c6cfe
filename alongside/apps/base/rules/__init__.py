"""What may not happen, in words for the reader; who is looking; what rooms announce to each other."""

from alongside.apps.base.rules.refused import Refused, check
from alongside.apps.base.rules.viewer import PUBLIC, SYSTEM, Viewer, ViewerRequest, check_may

__all__ = ["PUBLIC", "SYSTEM", "Refused", "Viewer", "ViewerRequest", "check", "check_may"]
