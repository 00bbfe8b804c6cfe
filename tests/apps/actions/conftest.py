"""What tests of actions share: signed-in clients and the digest as a worker sends it."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from alongside.apps.base.jobs import run_next_job
from alongside.apps.base.models import Job
from alongside.apps.base.operations.jobs import start_job
from alongside.apps.base.rules import Viewer
from tests.factories.actions import make_person

Mails = list[mail.EmailMessage]


@pytest.fixture
def sign_in(db: None) -> Callable[[str], Client]:
    """Return a function that signs somebody with a role in."""

    def signed_in(role: str) -> Client:
        client = Client()
        client.force_login(make_person(role))
        return client

    return signed_in


@pytest.fixture
def send_digest() -> Callable[[Viewer], Job]:
    """Return a function that runs the digest job to its end."""

    def send(by: Viewer) -> Job:
        job = start_job(kind="actions.send_digest", arguments={}, by=by, at=timezone.now())
        run_next_job()
        job.refresh_from_db()
        return job

    return send
