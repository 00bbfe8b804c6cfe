"""Background work of the people room."""

from importlib import import_module

from django.conf import settings
from django.utils import timezone

from alongside.apps.base.operations import JobWork
from alongside.apps.base.rules import SYSTEM
from alongside.apps.people.operations import tidy_sign_ins
from alongside.apps.people.operations.answers import forget_old_answers


def clear_sessions(work: JobWork) -> None:
    """Throw expired sessions away, with what somebody had begun to write in them and never sent.

    So go the places where nobody is signed in any more, old counts of wrong tries, and the names of people who were
    invited and did not come.
    """
    with work.finish():
        tidy_sign_ins(at=timezone.now())
        import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def forget_answers(work: JobWork) -> None:
    """Throw away sealed answers whose time is over."""
    at = work.clock()
    with work.finish() as result:
        result["forgotten"] = forget_old_answers(by=SYSTEM, at=at, on=timezone.localdate(at))
