"""Who in our records the person is: looked for in every room, and decided one by one, so that two people stay apart."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.apps.base.operations import record_audit
from alongside.apps.base.rules import Viewer, check
from alongside.apps.people.models import RequestMatch
from alongside.apps.people.operations.steps import add_event, lock_request
from alongside.apps.people.queries.subjects import find_subjects
from alongside.apps.people.rules.requests import check_known, check_open


@transaction.atomic
def look_for_person(*, request_id: UUID, email: str, name: str, code: str, by: Viewer, at: datetime) -> int:
    """Look for a person in every room by address, name or receipt code; return how many were found anew."""
    request = lock_request(by, request_id)
    check_open(request.state)
    check(
        bool(email.strip() or name.strip() or code.strip()),
        "Give an address, a name or a receipt code to look for.",
        field="email",
    )
    new = 0
    for match in find_subjects(by, email=email, name=name, code=code):
        _found, is_new = RequestMatch.objects.get_or_create(
            request=request,
            kind=match.kind,
            subject_id=match.id,
            defaults={"words": match.words[:300], "place": match.place[:200]},
        )
        new += is_new
    record_audit(by=by, at=at, operation="look_for_person", on=request, detail={"found": new})
    return new


@transaction.atomic
def choose_matches(*, request_id: UUID, chosen: Collection[UUID], by: Viewer, at: datetime) -> int:
    """Say which of those found are this person; the others are not. Return how many are.

    What was gathered before for another choice is thrown away.
    """
    request = lock_request(by, request_id)
    check_open(request.state)
    check_known(request.identity)
    matches = list(request.matches.select_for_update().order_by("id"))
    check(bool(matches), "First look for the person.")
    changed = False
    for match in matches:
        is_this = match.id in chosen
        if match.is_this_person is is_this:
            continue
        match.is_this_person, match.decided_by_id, match.decided_at = is_this, by.person_id, at
        match.save()
        changed = True
    if changed:
        request.records.all().delete()
        number = sum(match.is_this_person is True for match in matches)
        add_event(request, "matched", note=f"{number} of {len(matches)} found are this person", by=by, at=at)
    return sum(match.is_this_person is True for match in matches)
