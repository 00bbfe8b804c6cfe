"""Background work of the people room."""

from importlib import import_module

from django.conf import settings
from django.utils import timezone

from alongside.apps.base.operations import JobWork
from alongside.apps.people.operations import tidy_sign_ins


def clear_sessions(work: JobWork) -> None:
    """Throw expired sessions away, with what somebody had begun to write in them and never sent.

    So go the places where nobody is signed in any more, old counts of wrong tries, and the names of people who were
    invited and did not come.
    """
    with work.finish():
        tidy_sign_ins(at=timezone.now())
        import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
