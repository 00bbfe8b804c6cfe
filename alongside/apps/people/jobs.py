"""Background work of the people room."""

from importlib import import_module

from django.conf import settings

from alongside.apps.base.operations import JobWork


def clear_sessions(work: JobWork) -> None:
    """Throw expired sessions away, with what somebody had begun to write in them and never sent."""
    with work.finish():
        import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
