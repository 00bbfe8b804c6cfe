"""Races about accounts, roles, keys, jobs and saved views."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction

from alongside.apps.base.models import Job, PersonKey, SavedView
from alongside.apps.base.operations import destroy_keys, lock_for, open_for, save_view, start_job, stop_job
from alongside.apps.base.operations.jobs import claim_job
from alongside.apps.base.operations.keys import KeyDestroyed, ToLock
from alongside.apps.base.operations.repeating import plan_repeating_jobs
from alongside.apps.base.rules import SYSTEM
from alongside.apps.base.rules.registry import JobKind, registry
from alongside.apps.people.models import ConsentText, Organisation, Person, RoleGrant
from alongside.apps.people.operations import (
    add_organisation,
    add_person,
    end_role,
    give_role,
    record_consent_text,
    set_active,
)
from tests.factories.insight import as_person, make_lead
from tests.faults.racing.race import AT, RACERS, Given, Race, as_id, differs, in_time, viewer_of

KIND = JobKind("tests.race", "Racing", "tests.factories.worker.leave_a_mark", every=timedelta(hours=1))
registry.add_job_kind(KIND)
PASSWORD = "a long enough password"


def _person() -> Given:
    return {"by": str(as_person(make_lead()).id), "word": uuid4().hex[:8]}


def _administrators() -> Given:
    RoleGrant.objects.filter(role="administrator", ended_at=None).update(ended_at=AT)
    ids = [
        add_person(
            email=f"{uuid4().hex}@people.example", name="Ada", roles=["administrator"], by=SYSTEM, at=AT
        ).id
        for _ in range(RACERS)
    ]
    return {str(place): str(one) for place, one in enumerate(ids)}


def _end_or_close(given: Given, place: int) -> None:
    if place % 2:
        end_role(person_id=as_id(given, str(place)), role="administrator", by=SYSTEM, at=AT)
    else:
        set_active(person_id=as_id(given, str(place)), is_active=False, by=SYSTEM, at=AT)


def _administrators_left(_given: Given) -> str:
    left = RoleGrant.objects.filter(role="administrator", ended_at=None, person__is_active=True).count()
    return differs("administrators left", left, 1)


def _waiting_job() -> Given:
    Job.objects.all().delete()
    job = start_job(kind=KIND.name, arguments={}, by=SYSTEM, at=AT)
    return {"job": str(job.id)}


def _claimed_once(given: Given) -> str:
    return differs("attempts", Job.objects.get(id=given["job"]).attempt, 1)


def _plan(_given: Given, _place: int) -> None:
    plan_repeating_jobs(at=AT)


def _planned_once(_given: Given) -> str:
    return differs("jobs planned", Job.objects.filter(kind=KIND.name).count(), 1)


def _no_jobs() -> Given:
    Job.objects.all().delete()
    return {}


def _subjects() -> Given:
    return {str(place): str(uuid4()) for place in range(5)}


def _lock(given: Given, place: int) -> None:
    things = [ToLock(as_id(given, str(one)), f"words {place}", f"race:{one}") for one in range(5)]
    for one, locked in enumerate(lock_for(things, at=AT)):
        with transaction.atomic():
            opened = open_for(as_id(given, str(one)), locked, place=f"race:{one}")
        assert opened == f"words {place}"


def _keys_once(given: Given) -> str:
    return differs("keys", PersonKey.objects.filter(subject_id__in=given.values()).count(), 5)


def _lock_or_destroy(given: Given, place: int) -> None:
    if place % 4 == 0:
        destroy_keys([as_id(given, str(one)) for one in range(5)], at=AT)
        return
    try:
        lock_for([ToLock(as_id(given, "0"), "words", "race:0")], at=AT)
    except KeyDestroyed:
        return


def _all_destroyed(given: Given) -> str:
    left = PersonKey.objects.filter(subject_id__in=given.values()).exclude(locked_key=None)
    return differs("keys that came back", left.count(), 0)


def _save_view(given: Given, _place: int) -> None:
    save_view(page="voices", name=given["word"], query="q=1", by=viewer_of(given), at=AT)


def _text(given: Given, _place: int) -> None:
    record_consent_text(key=given["word"], version=1, language="en", body="We read it.", by=SYSTEM, at=AT)


RACES = (
    Race("the last administrator", _administrators, _end_or_close, _administrators_left, RACERS - 1),
    Race(
        "one role given",
        _person,
        lambda given, _: give_role(person_id=as_id(given, "by"), role="analyst", by=SYSTEM, at=AT),
        lambda given: differs(
            "grants", RoleGrant.objects.filter(person_id=given["by"], role="analyst").count(), 1
        ),
        RACERS,
    ),
    Race(
        "one address, one account",
        _person,
        lambda given, _: add_person(
            email=f"{given['word']}@people.example", name="Rhys", roles=[], by=SYSTEM, at=AT, password=None
        ),
        lambda given: differs(
            "accounts", Person.objects.filter(email=f"{given['word']}@people.example").count(), 1
        ),
        1,
    ),
    Race(
        "one name, one organisation",
        _person,
        lambda given, _: add_organisation(name=given["word"], kind="charity", by=SYSTEM, at=AT),
        lambda given: differs("organisations", Organisation.objects.filter(name=given["word"]).count(), 1),
        1,
    ),
    Race(
        "one consent text",
        _person,
        _text,
        lambda given: differs("texts", ConsentText.objects.filter(key=given["word"]).count(), 1),
        RACERS,
    ),
    Race(
        "one saved view",
        _person,
        _save_view,
        lambda given: differs("views", SavedView.objects.filter(name=given["word"]).count(), 1),
        RACERS,
    ),
    Race(
        "one job, one worker",
        _waiting_job,
        lambda _given, _: in_time(claim_job(clock=lambda: AT)),
        _claimed_once,
        1,
    ),
    Race(
        "one job stopped once",
        _waiting_job,
        lambda given, _: stop_job(job_id=as_id(given, "job"), by=SYSTEM, at=AT),
        lambda given: differs("state", Job.objects.get(id=given["job"]).state, "stopped"),
        1,
    ),
    Race("work that comes round, planned once", _no_jobs, _plan, _planned_once, RACERS),
    Race("one key a person", _subjects, _lock, _keys_once, RACERS),
    Race("a destroyed key stays destroyed", _subjects, _lock_or_destroy, _all_destroyed, RACERS),
)
