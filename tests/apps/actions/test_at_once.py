"""Two people at the same moment: told counts once, a mail leaves once, five tries are five."""

import re
from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import TypeVar

import pytest
from django.core import mail
from django.db import connection

from alongside.apps.actions.models import Digest, PrivateLink, Telling
from alongside.apps.actions.operations.actions import close_action
from alongside.apps.actions.operations.digests import claim_digest
from alongside.apps.actions.operations.links import CodeFate, mail_code, try_code
from alongside.apps.actions.operations.rounds import send_round
from alongside.apps.actions.operations.tellings import record_channel, record_told, take_back_telling
from alongside.apps.actions.queries.progress import get_action_progress
from alongside.apps.actions.rules import CODE_TRIES
from alongside.apps.base.models import AuditLine
from alongside.apps.base.rules import Refused
from tests.factories.actions import AT, make_action_with_people, make_round, make_viewer, speaker_ids

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")


def at_once(works: Sequence[Callable[[], T]]) -> list[T | Exception]:
    """Do several things in threads of their own that begin together; return what each gave or raised."""
    results: list[T | Exception] = []
    start = Barrier(len(works))

    def run(work: Callable[[], T]) -> None:
        start.wait()
        try:
            results.append(work())
        except Exception as fault:  # a thread's fault is one of the results
            results.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_told_by_two_people_at_once_counts_once() -> None:
    first, second = make_viewer("engagement_lead"), make_viewer("engagement_lead")
    action, engagement = make_action_with_people(silent=3)
    round_id, who = make_round(action).id, speaker_ids(engagement)[0]
    results = at_once(
        [
            lambda viewer=viewer: record_told(  # type: ignore[misc]
                round_id=round_id, speaker_id=who, channel="phone", note="", by=viewer, at=AT
            )
            for viewer in (first, second, first, second)
        ]
    )
    assert [result for result in results if isinstance(result, Exception)] == []
    assert Telling.objects.count() == 1
    assert AuditLine.objects.filter(operation="record_told").count() == 1
    assert get_action_progress(first, action.id).told == 1


def test_a_channel_recorded_by_two_people_at_once_is_one() -> None:
    lead = make_viewer("engagement_lead")
    action, _ = make_action_with_people(silent=1)
    round_id = make_round(action).id
    results = at_once(
        [
            lambda: record_channel(
                round_id=round_id, engagement_id=None, channel="poster", note="In the hall", by=lead, at=AT
            )
        ]
        * 4
    )
    assert [result for result in results if isinstance(result, Exception)] == []
    assert Telling.objects.count() == 1


def test_a_message_sent_by_two_people_at_once_waits_once_for_each() -> None:
    lead = make_viewer("engagement_lead")
    action, _ = make_action_with_people(mails=[f"p{n}@example.org" for n in range(5)])
    round_id = make_round(action).id
    results = at_once([lambda: send_round(round_id=round_id, by=lead, at=AT)] * 3)
    assert results.count(5) == 1
    assert len([result for result in results if isinstance(result, Refused)]) == 2
    assert Telling.objects.count() == 5


def test_two_workers_claim_one_mail_once() -> None:
    lead = make_viewer("engagement_lead")
    action, _ = make_action_with_people(mails=["ann@example.org"])
    send_round(round_id=make_round(action).id, by=lead, at=AT)
    results = at_once([lambda: claim_digest(mailbox="ann@example.org", by=lead, at=AT)] * 4)
    assert [result for result in results if isinstance(result, Exception)] == []
    assert len([result for result in results if result is not None]) == 1
    assert Digest.objects.count() == 1


def test_closing_while_a_telling_is_taken_back_never_leaves_it_closed_untold() -> None:
    lead = make_viewer("engagement_lead")
    action, engagement = make_action_with_people(silent=1, state="done")
    told = record_told(
        round_id=make_round(action, "done").id,
        speaker_id=speaker_ids(engagement)[0],
        channel="phone",
        note="",
        by=lead,
        at=AT,
    )
    at_once(
        [
            lambda: close_action(action_id=action.id, by=lead, at=AT),
            lambda: take_back_telling(telling_id=told.id, by=lead, at=AT),
        ]
    )
    action.refresh_from_db()
    assert action.state == "done"
    assert get_action_progress(lead, action.id).told == 0


def test_many_guesses_at_once_are_still_five_tries() -> None:
    lead = make_viewer("engagement_lead")
    action, _ = make_action_with_people(mails=["ann@example.org"])
    send_round(round_id=make_round(action).id, by=lead, at=AT)
    claim_digest(mailbox="ann@example.org", by=lead, at=AT)
    link_id = PrivateLink.objects.get().id
    mail_code(link_id=link_id, at=AT)
    found = re.search(r"\b(\d{6})\b", str(mail.outbox[-1].body))
    assert found is not None
    wrong = "000000" if found.group(1) != "000000" else "111111"
    results = at_once([lambda: try_code(link_id=link_id, code=wrong, at=AT)] * (CODE_TRIES + 3))
    assert results.count(CodeFate.WRONG) == CODE_TRIES
    assert results.count(CodeFate.USED_UP) == 3
