"""Digests, not floods: one mail a person, at most once, and a bounce un-tells."""

import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from alongside.apps.actions import bridge
from alongside.apps.actions.bridge import Fate, Outcome
from alongside.apps.actions.models import Action, Digest, PrivateLink, Telling
from alongside.apps.actions.operations.digests import claim_digest, settle_cut_off_digests, settle_digest
from alongside.apps.actions.operations.links import open_link
from alongside.apps.actions.operations.rounds import send_round
from alongside.apps.actions.operations.tellings import (
    try_mail_again,
)
from alongside.apps.actions.queries.digests import count_waiting_mail, list_lost_mail, list_waiting_mailboxes
from alongside.apps.base.models import Job
from alongside.apps.base.rules import SYSTEM, Refused, Viewer
from alongside.apps.engagement.models import Contact
from tests.factories.actions import (
    AT,
    make_action,
    make_action_with_people,
    make_basis,
    make_engagement,
    make_insight,
    make_round,
    make_speaker,
    make_viewer,
)

pytestmark = pytest.mark.django_db
SendDigest = Callable[[Viewer], Job]
State = Telling.State


@pytest.fixture
def lead() -> Viewer:
    """An engagement lead."""
    return make_viewer("engagement_lead")


def queue(lead: Viewer, *mails: str, stage: str = "heard", state: str = "planned") -> Action:
    """Queue a message for people with these addresses."""
    action, _ = make_action_with_people(mails=mails, state=state)
    send_round(round_id=make_round(action, stage).id, by=lead, at=AT)
    return action


def test_two_actions_reach_one_person_in_one_mail(lead: Viewer, send_digest: SendDigest) -> None:
    queue(lead, "ann@example.org", "bob@example.org")
    queue(lead, "Ann@Example.org")
    job = send_digest(lead)
    assert sorted(one.to[0].lower() for one in mail.outbox) == ["ann@example.org", "bob@example.org"]
    assert Telling.objects.filter(state=State.ACCEPTED).count() == 3
    assert job.result == {"people": 2, "failed": 0}
    assert job.state == Job.State.DONE


def test_a_second_run_writes_to_nobody(lead: Viewer, send_digest: SendDigest) -> None:
    queue(lead, "ann@example.org")
    send_digest(lead)
    send_digest(lead)
    assert len(mail.outbox) == 1


def test_the_next_news_comes_in_the_next_digest(lead: Viewer, send_digest: SendDigest) -> None:
    action = queue(lead, "ann@example.org")
    send_digest(lead)
    send_round(round_id=make_round(action, "decided").id, by=lead, at=AT)
    send_digest(lead)
    assert len(mail.outbox) == 2
    assert PrivateLink.objects.count() == 2


def test_a_mail_says_nothing_about_action_engagement_or_person(lead: Viewer, send_digest: SendDigest) -> None:
    action = queue(lead, "ann@example.org")
    send_digest(lead)
    engagement = action.insights.get().themes.get().engagement
    sent = mail.outbox[0]
    raw = sent.message().as_string()
    for secret in (
        action.title,
        engagement.title,
        engagement.condition,
        action.insights.get().statement,
        "You told us the waits",
        "Person",
    ):
        assert secret not in raw
    assert sent.extra_headers["List-Unsubscribe"].endswith("stop/>")


def test_a_welsh_speaker_is_written_to_in_welsh(lead: Viewer, send_digest: SendDigest) -> None:
    queue(lead, "ann@example.org")
    Contact.objects.update(language="cy")
    send_digest(lead)
    assert "newyddion" in mail.outbox[0].subject


def test_nobody_is_written_to_without_permission(lead: Viewer) -> None:
    engagement = make_engagement()
    make_speaker(engagement, email="no@example.org", basis=make_basis(contact=False))
    stopped = make_speaker(engagement, email="stop@example.org")
    Contact.objects.filter(speaker=stopped).update(stopped_at=AT)
    action = make_action([make_insight(engagement)])
    with pytest.raises(Refused, match="Nobody is left who may be written to"):
        send_round(round_id=make_round(action).id, by=lead, at=AT)


def test_who_stopped_after_queueing_is_not_written_to(lead: Viewer, send_digest: SendDigest) -> None:
    queue(lead, "ann@example.org")
    Contact.objects.update(stopped_at=AT)
    send_digest(lead)
    assert not mail.outbox
    assert Telling.objects.get().state == State.UNREACHABLE


@pytest.mark.parametrize("kind", ["console", "dummy", "filebased"])
def test_mail_that_reaches_nobody_counts_in_the_demonstration_only(
    lead: Viewer, send_digest: SendDigest, settings: Any, kind: str
) -> None:
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{kind}.EmailBackend"
    settings.DEMO = False
    queue(lead, "ann@example.org")
    job = send_digest(lead)
    assert job.state == Job.State.FAILED
    assert "No mail server is set up" in job.error
    assert Telling.objects.get().state == State.WAITING
    assert bridge.send_code(to="a@b.c", language="en", code="1").fate is Fate.NOT_TRIED


def test_in_the_demonstration_printed_mail_counts(
    lead: Viewer, send_digest: SendDigest, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.EMAIL_BACKEND, settings.DEMO = "django.core.mail.backends.console.EmailBackend", True
    queue(lead, "ann@example.org")
    send_digest(lead)
    assert Telling.objects.get().state == State.ACCEPTED
    assert "There is news" in capsys.readouterr().out


class Faulty:
    """A mail server that does one wrong thing."""

    def __init__(self, at: str, fault: Exception | None) -> None:
        self.at, self.fault = at, fault

    def open(self) -> None:
        if self.at == "open" and self.fault:
            raise self.fault

    def send_messages(self, _mails: list[mail.EmailMessage]) -> int:
        if self.at == "send" and self.fault:
            raise self.fault
        return 0

    def close(self) -> None:
        raise OSError


@pytest.mark.parametrize(
    ("at", "fault", "fate", "state"),
    [
        ("open", ConnectionRefusedError(), Fate.NOT_TRIED, State.WAITING),
        ("send", smtplib.SMTPRecipientsRefused({"a": (550, b"no")}), Fate.REFUSED, State.FAILED),
        ("send", smtplib.SMTPRecipientsRefused({"a": (450, b"later")}), Fate.NOT_TRIED, State.WAITING),
        ("send", smtplib.SMTPDataError(552, b"no"), Fate.REFUSED, State.FAILED),
        ("send", smtplib.SMTPServerDisconnected(), Fate.UNKNOWN, State.FAILED),
        ("send", None, Fate.NOT_TRIED, State.WAITING),
    ],
)
def test_what_the_mail_server_does_decides_what_is_told(
    lead: Viewer, monkeypatch: pytest.MonkeyPatch, at: str, fault: Exception | None, fate: Fate, state: str
) -> None:
    queue(lead, "ann@example.org")
    monkeypatch.setattr(bridge, "get_connection", lambda: Faulty(at, fault))
    claimed = claim_digest(mailbox="ann@example.org", by=lead, at=AT)
    assert claimed is not None
    outcome = bridge.send_news(to=claimed.to, language="en", link="https://example.org/w/x/")
    assert outcome.fate is fate
    settle_digest(digest_id=claimed.id, outcome=outcome, by=lead, at=AT)
    telling = Telling.objects.get()
    assert telling.state == state
    assert Digest.objects.exists() == (state == State.FAILED)


def test_a_server_that_asks_to_wait_stops_the_run_with_a_reason(
    lead: Viewer, send_digest: SendDigest, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(lead, "ann@example.org", "bob@example.org")
    monkeypatch.setattr(EmailBackend, "open", lambda _self: (_ for _ in ()).throw(OSError()))
    job = send_digest(lead)
    assert job.state == Job.State.FAILED
    assert "did not answer. 0 mails left" in job.error
    assert Telling.objects.filter(state=State.WAITING).count() == 2


def test_a_worker_killed_before_the_claim_loses_nothing(lead: Viewer, send_digest: SendDigest) -> None:
    queue(lead, "ann@example.org")
    assert list_waiting_mailboxes(lead) == ["ann@example.org"]
    send_digest(lead)
    assert len(mail.outbox) == 1


def test_a_worker_killed_after_the_claim_never_sends_twice(lead: Viewer, send_digest: SendDigest) -> None:
    # given a worker that died between claiming and settling
    queue(lead, "ann@example.org")
    claim_digest(mailbox="ann@example.org", by=lead, at=timezone.now() - timedelta(hours=2))
    # when the next worker runs
    send_digest(lead)
    # then it writes to nobody, and says what it does not know
    assert not mail.outbox
    telling = Telling.objects.get()
    assert (telling.state, telling.note[:10]) == (State.FAILED, "The server")
    assert [lost.id for lost in list_lost_mail(lead)] == [telling.id]
    # and a person may decide to try again
    try_mail_again(telling_id=telling.id, by=lead, at=AT)
    send_digest(lead)
    assert len(mail.outbox) == 1


def test_a_fresh_claim_is_not_taken_for_a_dead_one(lead: Viewer) -> None:
    queue(lead, "ann@example.org")
    claim_digest(mailbox="ann@example.org", by=lead, at=AT)
    assert settle_cut_off_digests(by=lead, at=AT + timedelta(minutes=59)) == 0
    assert claim_digest(mailbox="ann@example.org", by=lead, at=AT) is None


def test_a_page_opened_before_the_mail_is_settled_stays_opened(lead: Viewer) -> None:
    queue(lead, "ann@example.org")
    claimed = claim_digest(mailbox="ann@example.org", by=lead, at=AT)
    assert claimed is not None
    assert open_link(token=claimed.token, at=AT) is not None
    settle_digest(digest_id=claimed.id, outcome=Outcome(Fate.UNKNOWN, "Broken"), by=lead, at=AT)
    settle_digest(digest_id=claimed.id, outcome=Outcome(Fate.ACCEPTED), by=lead, at=AT)
    assert Telling.objects.get().state == State.OPENED
    assert Digest.objects.get().state == Digest.State.FAILED


def test_only_who_may_tell_people_sees_for_whom_news_waits(lead: Viewer) -> None:
    queue(lead, "ann@example.org")
    assert count_waiting_mail(lead).people == 1
    analyst = make_viewer("analyst")
    assert count_waiting_mail(analyst).people == 0
    assert list_waiting_mailboxes(analyst) == []
    assert list_lost_mail(analyst) == []
    with pytest.raises(Refused):
        claim_digest(mailbox="ann@example.org", by=analyst, at=AT)
    assert list_waiting_mailboxes(SYSTEM) == ["ann@example.org"]
