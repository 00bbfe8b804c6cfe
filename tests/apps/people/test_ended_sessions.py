"""What somebody began to write and never sent does not outlive its session."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from alongside.apps.base.jobs import run_next_job
from alongside.apps.base.operations.repeating import plan_repeating_jobs
from alongside.apps.base.rules.registry import registry

pytestmark = pytest.mark.django_db


def test_ended_sessions_are_thrown_away_and_others_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {"people.clear_sessions": registry.job_kinds["people.clear_sessions"]}
    monkeypatch.setattr(registry, "job_kinds", kinds)
    for name, age in (("ended", timedelta(minutes=-1)), ("open", timedelta(hours=1))):
        store = SessionStore()
        store["draft"] = name
        store.save(must_create=True)
        Session.objects.filter(session_key=store.session_key).update(expire_date=timezone.now() + age)
    assert plan_repeating_jobs(at=timezone.now()) == 1
    assert run_next_job()
    assert [one.get_decoded()["draft"] for one in Session.objects.all()] == ["open"]
