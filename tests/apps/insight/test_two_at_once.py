"""Two people decide at the same moment: one wins, the other is told."""

import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection

from alongside.apps.base.rules import Refused
from alongside.apps.insight.models import Placement, Theme
from alongside.apps.insight.operations import accept_theme, move_voices
from tests.factories.insight import AT, Found, make_engagement, make_lead, make_partner, make_run, make_voices

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Do everything at the same moment, each in a thread with a connection of its own; return how each ended."""
    ready = threading.Barrier(len(deeds))
    ends: list[str] = []

    def run(deed: Callable[[], object]) -> None:
        try:
            ready.wait()
            deed()
            ends.append("done")
        except Refused:
            ends.append("refused")
        except Exception as fault:
            ends.append(f"fault: {type(fault).__name__}: {fault}")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def test_of_two_people_who_accept_the_same_proposal_one_wins_and_the_other_is_told() -> None:
    engagement = make_engagement()
    voices = make_voices(engagement, ["One", "Two", "Three"])
    (proposal,) = make_run(engagement, Found({"All": voices}))
    ada, rhys = make_lead(), make_partner(engagement)

    ends = at_once(
        lambda: accept_theme(by=ada, at=AT, proposed_theme_id=proposal.id, name="Hers"),
        lambda: accept_theme(by=rhys, at=AT, proposed_theme_id=proposal.id, name="His"),
    )

    assert ends == ["done", "refused"]
    assert Theme.objects.count() == 1
    assert Placement.objects.count() == 3


def test_four_people_who_move_one_voice_leave_it_in_one_theme() -> None:
    engagement = make_engagement()
    voices = make_voices(engagement, ["One", "Two", "Three", "Four", "Lost"])
    proposals = make_run(
        engagement, Found({f"Theme {n}": [voices[n]] for n in range(4)}, unplaced=voices[4:])
    )
    ada = make_lead()
    themes = [accept_theme(by=ada, at=AT, proposed_theme_id=one.id) for one in proposals]

    def move_to(theme_id: UUID) -> Callable[[], object]:
        return lambda: move_voices(
            by=ada, at=AT, engagement_id=engagement.id, voice_ids=[voices[4].id], to_id=theme_id
        )

    assert at_once(*(move_to(theme_id) for theme_id in themes)) == ["done"] * 4
    assert Placement.objects.filter(voice=voices[4]).count() == 1
