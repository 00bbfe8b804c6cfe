"""The same rows reached for by sixteen, each in another order: nobody may wait for somebody who waits for them."""

import secrets
from collections.abc import Sequence
from uuid import UUID, uuid4

from alongside.apps.base.models import PersonKey
from alongside.apps.base.operations import destroy_keys, lock_for
from alongside.apps.base.operations.keys import ToLock
from alongside.apps.base.rules import SYSTEM
from alongside.apps.engagement.models import Contact, Voice
from alongside.apps.engagement.operations import set_basis
from alongside.apps.engagement.operations.contacts import stop_contacts
from alongside.apps.insight.models import Placement
from alongside.apps.insight.operations import move_voices
from alongside.apps.people.operations import get_or_create_basis
from tests.factories import actions as actions_factory
from tests.factories.insight import Found, as_person, make_engagement, make_lead, make_run, make_voices
from tests.faults.racing.race import AT, RACERS, Given, Race, as_id, differs, viewer_of

MANY = 150


def shuffle(ids: Sequence[str]) -> list[UUID]:
    """Return ids in an order of this racer's own."""
    return [UUID(one) for one in sorted(ids, key=lambda _one: secrets.randbits(32))]


def _subjects() -> Given:
    return {"ids": " ".join(str(uuid4()) for _ in range(MANY))}


def _lock(given: Given, _place: int) -> None:
    lock_for([ToLock(one, "words", f"race:{one}") for one in shuffle(given["ids"].split())], at=AT)


def _destroy(given: Given, _place: int) -> None:
    destroy_keys(shuffle(given["ids"].split()), at=AT)


def _keys(given: Given) -> str:
    return differs("keys", PersonKey.objects.filter(subject_id__in=given["ids"].split()).count(), MANY)


def _voices() -> Given:
    engagement = make_engagement()
    voices = make_voices(engagement, [f"Words {number}" for number in range(MANY)])
    make_run(engagement, Found({"Waiting": voices[:1]}, unplaced=voices[1:]))
    other = get_or_create_basis(kind="public_task", by=SYSTEM, at=AT, note="Another basis")
    return {
        "ids": " ".join(str(voice.id) for voice in voices[1:]),
        "engagement": str(engagement.id),
        "other": str(other.id),
        "by": str(as_person(make_lead()).id),
    }


def _set_basis(given: Given, place: int) -> None:
    set_basis(
        voice_ids=shuffle(given["ids"].split()),
        basis_id=as_id(given, "other"),
        reason=f"Found the letter, {place}",
        by=SYSTEM,
        at=AT,
    )


def _all_on_other(given: Given) -> str:
    changed = Voice.objects.filter(engagement_id=given["engagement"], basis_id=given["other"]).count()
    return differs("voices on the new basis", changed, MANY - 1)


def _move(given: Given, place: int) -> None:
    move_voices(
        by=viewer_of(given),
        at=AT,
        engagement_id=as_id(given, "engagement"),
        voice_ids=shuffle(given["ids"].split()),
        new_name=f"Moved {place}",
    )


def _all_placed_once(given: Given) -> str:
    placed = Placement.objects.filter(voice__engagement_id=given["engagement"]).count()
    return differs("placements", placed, MANY - 1)


def _contacts() -> Given:
    word = uuid4().hex[:8]
    _action, engagement = actions_factory.make_action_with_people(
        mails=[f"{word}-{number}@people.example" for number in range(40)]
    )
    return {
        "ids": " ".join(map(str, actions_factory.speaker_ids(engagement))),
        "engagement": str(engagement.id),
    }


def _stop(given: Given, _place: int) -> None:
    stop_contacts(speaker_ids=shuffle(given["ids"].split()), by=SYSTEM, at=AT)


def _all_stopped(given: Given) -> str:
    left = Contact.objects.filter(speaker__engagement_id=given["engagement"], stopped_at=None).count()
    return differs("still contacted", left, 0)


RACES = (
    Race("keys made in any order", _subjects, _lock, _keys, RACERS),
    Race("keys destroyed in any order", _subjects, _destroy, _keys, RACERS),
    Race("a basis changed in any order", _voices, _set_basis, _all_on_other, RACERS),
    Race("voices moved in any order", _voices, _move, _all_placed_once, RACERS),
    Race("contacts stopped in any order", _contacts, _stop, _all_stopped, RACERS),
)
