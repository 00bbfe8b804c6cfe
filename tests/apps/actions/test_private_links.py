"""Private links: a GET changes nothing, a button opens a short visit, own words need a code."""

import re
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.test import Client
from django.utils import timezone

from alongside.apps.actions import bridge
from alongside.apps.actions.models import Action, HelpAnswer, OneTimeCode, PrivateLink, Telling
from alongside.apps.actions.operations.answers import (
    answer_help,
    reply,
    stop_contact,
    stop_contact_by_token,
)
from alongside.apps.actions.operations.links import CodeFate, mail_code, try_code
from alongside.apps.actions.operations.rounds import send_round
from alongside.apps.base.models import Job
from alongside.apps.base.rules import Refused, Viewer
from alongside.apps.engagement.models import Contact, Engagement, Voice
from tests.factories.actions import AT, make_action_with_people, make_round, make_viewer

pytestmark = pytest.mark.django_db
SendDigest = Callable[[Viewer], Job]
OWN_WORDS = "Nobody told us how long the wait would be."


def told_by_mail(send_digest: SendDigest, stage: str = "heard") -> tuple[str, Action, Engagement]:
    """Send one person one digest; return the path of its link."""
    lead = make_viewer("engagement_lead")
    state = "done" if stage in ("done", "did_it_help") else "planned"
    action, engagement = make_action_with_people(mails=["ann@example.org"], state=state)
    send_round(round_id=make_round(action, stage).id, by=lead, at=AT)
    send_digest(lead)
    found = re.search(r"http://[^/]+(/w/[^/\s]+/)\s", str(mail.outbox[-1].body))
    assert found is not None
    return found.group(1), action, engagement


def bare(answer: Any, path: str) -> str:
    """Return a page without the address it was asked at and without the tokens of its forms."""
    text = answer.content.decode().replace(path, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def count_rows() -> dict[str, int]:
    """Count the rows of every table."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_a_get_changes_no_row_and_shows_nobody_anything(send_digest: SendDigest) -> None:
    path, action, _ = told_by_mail(send_digest)
    before, states = count_rows(), list(Telling.objects.values_list("state", "opened_at"))
    for method in ("get", "head"):
        for address in (path, f"{path}stop/"):
            answer = getattr(Client(), method)(address)
            assert answer.status_code == 200
            assert answer["Cache-Control"] == "no-store"
            assert answer["Referrer-Policy"] == "no-referrer"
            assert action.title not in answer.content.decode()
    assert count_rows() == before
    assert list(Telling.objects.values_list("state", "opened_at")) == states
    assert PrivateLink.objects.get().exchanged_at is None


def test_an_unknown_link_shows_the_same_page_as_a_real_one(send_digest: SendDigest) -> None:
    path, _, _ = told_by_mail(send_digest)
    real, other = Client().get(path), Client().get("/w/not-a-real-token/")
    assert bare(real, path) == bare(other, "/w/not-a-real-token/")


def test_the_button_opens_a_clean_address_and_counts_as_told(send_digest: SendDigest) -> None:
    path, action, _ = told_by_mail(send_digest)
    client = Client()
    answer = client.post(path)
    assert (answer.status_code, answer["Location"]) == (302, "/your-words/")
    telling = Telling.objects.get()
    assert telling.state == Telling.State.OPENED
    assert telling.opened_at is not None
    page = client.get("/your-words/")
    assert action.title in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert OWN_WORDS not in page.content.decode()


def test_the_token_is_kept_only_as_its_digest(send_digest: SendDigest) -> None:
    path, _, _ = told_by_mail(send_digest)
    token = path.split("/")[2]
    assert PrivateLink.objects.get().token_sha256 == sha256(token.encode()).hexdigest()
    for model in apps.get_models():
        for row in model._default_manager.values_list():
            assert token not in repr(row)


def test_expired_and_unknown_links_get_the_same_kind_answer(send_digest: SendDigest) -> None:
    path, _, _ = told_by_mail(send_digest)
    PrivateLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    expired, unknown = Client().post(path), Client().post("/w/nobody-knows-this/")
    assert expired.status_code == unknown.status_code == 404
    assert bare(expired, path) == bare(unknown, "/w/nobody-knows-this/")
    assert "newest mail" in expired.content.decode()
    assert Telling.objects.get().state == Telling.State.ACCEPTED


def test_a_link_used_by_another_site_is_refused(send_digest: SendDigest) -> None:
    path, _, _ = told_by_mail(send_digest)
    assert Client().post(path, headers={"sec-fetch-site": "cross-site"}).status_code == 404
    assert Telling.objects.get().state == Telling.State.ACCEPTED


def test_each_exchange_begins_a_new_visit_until_the_link_expires(send_digest: SendDigest) -> None:
    path, _, _ = told_by_mail(send_digest)
    for _ in range(2):
        client = Client()
        client.post(path)
        assert client.get("/your-words/").status_code == 200


def test_a_visit_ends_after_half_an_hour(send_digest: SendDigest, monkeypatch: pytest.MonkeyPatch) -> None:
    path, _, _ = told_by_mail(send_digest)
    client = Client()
    client.post(path)
    later = timezone.now() + timedelta(minutes=31)
    monkeypatch.setattr("alongside.apps.actions.views.private.timezone.now", lambda: later)
    assert client.get("/your-words/").status_code == 404


def test_leaving_ends_the_visit(send_digest: SendDigest) -> None:
    path, _, _ = told_by_mail(send_digest)
    client = Client()
    client.post(path)
    client.post("/your-words/leave/")
    assert client.get("/your-words/").status_code == 404


def read_code() -> str:
    found = re.search(r"\b(\d{6})\b", str(mail.outbox[-1].body))
    assert found is not None
    return found.group(1)


def test_own_words_appear_only_after_the_code(send_digest: SendDigest) -> None:
    path, _, _ = told_by_mail(send_digest)
    client = Client()
    client.post(path)
    assert OWN_WORDS not in client.get("/your-words/own/").content.decode()
    client.post("/your-words/code/")
    assert OneTimeCode.objects.get().code_hash != read_code()
    answer = client.post("/your-words/own/", {"code": read_code()}, follow=True)
    assert OWN_WORDS in answer.content.decode()
    # another device with the same link has to ask again
    other = Client()
    other.post(path)
    assert OWN_WORDS not in other.get("/your-words/own/").content.decode()


def test_five_wrong_codes_lock_even_the_right_one(send_digest: SendDigest) -> None:
    told_by_mail(send_digest)
    link, at = PrivateLink.objects.get(), timezone.now()
    mail_code(link_id=link.id, at=at)
    right = read_code()
    wrong = "000000" if right != "000000" else "111111"
    assert [try_code(link_id=link.id, code=wrong, at=at) for _ in range(5)] == [CodeFate.WRONG] * 5
    assert try_code(link_id=link.id, code=right, at=at) is CodeFate.USED_UP
    # a new code works again, the old one does not
    mail_code(link_id=link.id, at=at + timedelta(seconds=1))
    assert try_code(link_id=link.id, code=read_code(), at=at) is CodeFate.RIGHT
    assert try_code(link_id=link.id, code=read_code(), at=at) is CodeFate.USED_UP


def test_a_code_works_for_ten_minutes_and_a_few_are_sent_an_hour(send_digest: SendDigest) -> None:
    told_by_mail(send_digest)
    link, at = PrivateLink.objects.get(), timezone.now()
    assert try_code(link_id=link.id, code="123456", at=at) is CodeFate.USED_UP
    mail_code(link_id=link.id, at=at)
    assert try_code(link_id=link.id, code=read_code(), at=at + timedelta(minutes=10)) is CodeFate.USED_UP
    for minute in range(1, 4):
        mail_code(link_id=link.id, at=at + timedelta(minutes=minute))
    with pytest.raises(Refused, match="wait an hour"):
        mail_code(link_id=link.id, at=at + timedelta(minutes=5))


def test_a_code_goes_nowhere_once_the_contact_is_gone(send_digest: SendDigest) -> None:
    told_by_mail(send_digest)
    Contact.objects.all().delete()
    with pytest.raises(Refused, match="no e-mail address"):
        mail_code(link_id=PrivateLink.objects.get().id, at=timezone.now())


def test_a_reply_is_a_new_voice_of_the_same_person(send_digest: SendDigest) -> None:
    path, _, engagement = told_by_mail(send_digest)
    client = Client()
    client.post(path)
    telling = Telling.objects.get()
    client.post(f"/your-words/reply/{telling.id}/", {"words": "That is not quite it."})
    voice = Voice.objects.get(replies_to_round_id=telling.round_id)
    assert (voice.text, voice.speaker_id, voice.engagement_id) == (
        "That is not quite it.",
        telling.speaker_id,
        engagement.id,
    )


def test_an_empty_reply_says_what_to_do_and_keeps_the_page(send_digest: SendDigest) -> None:
    path, action, _ = told_by_mail(send_digest)
    client = Client()
    client.post(path)
    page = client.post(f"/your-words/reply/{Telling.objects.get().id}/", {"words": " "}).content.decode()
    assert "Write your reply first" in page
    assert action.title in page


def test_did_it_help_is_answered_once_a_person_and_may_be_changed(send_digest: SendDigest) -> None:
    path, _, _ = told_by_mail(send_digest, "did_it_help")
    client = Client()
    client.post(path)
    address = f"/your-words/help/{Telling.objects.get().id}/"
    client.post(address, {"answer": "yes"})
    client.post(address, {"answer": "partly", "words": "Only on Tuesdays."})
    assert HelpAnswer.objects.get().answer == "partly"
    assert Voice.objects.filter(text="Only on Tuesdays.").exists()


def test_nobody_answers_for_another_link(send_digest: SendDigest) -> None:
    path, _, _ = told_by_mail(send_digest, "did_it_help")
    stranger, _ = make_action_with_people(mails=["bob@example.org"])
    other = Telling.objects.create(
        round=make_round(stranger),
        speaker_id=stranger.insights.get().themes.get().placements.get().voice.speaker_id,
        engagement=stranger.insights.get().themes.get().engagement,
        channel="email",
        state="waiting",
        at=AT,
    )
    client = Client()
    client.post(path)
    client.post(f"/your-words/help/{other.id}/", {"answer": "yes"})
    client.post(f"/your-words/reply/{other.id}/", {"words": "Not mine"})
    assert not HelpAnswer.objects.exists()
    assert not Voice.objects.filter(text="Not mine").exists()


@pytest.mark.parametrize("way", ["visit", "link", "expired"])
def test_stop_is_honoured_for_everything_that_waits(send_digest: SendDigest, way: str) -> None:
    path, action, _ = told_by_mail(send_digest)
    lead = make_viewer("engagement_lead")
    send_round(round_id=make_round(action, "decided").id, by=lead, at=AT)
    client = Client()
    if way == "visit":
        client.post(path)
        client.post("/your-words/stop/")
    else:
        if way == "expired":
            PrivateLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
        # as a mail program does: no cookie, no page before
        Client(enforce_csrf_checks=True).post(f"{path}stop/", {"List-Unsubscribe": "One-Click"})
    assert Contact.objects.get().stopped_at is not None
    sent = len(mail.outbox)
    send_digest(lead)
    assert len(mail.outbox) == sent
    assert Telling.objects.get(round__stage="decided").state == Telling.State.UNREACHABLE


def test_stopping_with_an_unknown_link_tells_nobody_anything(send_digest: SendDigest) -> None:
    path, _, _ = told_by_mail(send_digest)
    known, unknown = Client().post(f"{path}stop/"), Client().post("/w/unknown/stop/")
    assert bare(known, path) == bare(unknown, "/w/unknown/")


def test_what_a_person_can_do_wrong_is_answered_in_words(send_digest: SendDigest) -> None:
    path, _, _ = told_by_mail(send_digest, "did_it_help")
    client, telling = Client(), Telling.objects.get()
    client.post(path)
    assert "Choose one of the answers" in client.post(f"/your-words/help/{telling.id}/", {}).content.decode()
    long = client.post(f"/your-words/reply/{telling.id}/", {"words": "x" * 5_001}).content.decode()
    assert "5,000" in long or "5000" in long
    client.post("/your-words/code/")
    assert "not the code" in client.post("/your-words/own/", {"code": "abc"}).content.decode()
    assert "Enter the 6 numbers" in client.post("/your-words/own/", {}).content.decode()
    OneTimeCode.objects.update(tries_left=0)
    assert "Ask for a new one" in client.post("/your-words/own/", {"code": "1"}).content.decode()
    for _ in range(3):
        client.post("/your-words/code/")
    assert "wait an hour" in client.post("/your-words/code/", follow=True).content.decode()


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("post", "/your-words/code/"),
        ("get", "/your-words/own/"),
        ("post", "/your-words/reply/{id}/"),
        ("post", "/your-words/help/{id}/"),
        ("post", "/your-words/stop/"),
    ],
)
def test_without_a_visit_every_page_says_kindly_that_it_is_closed(method: str, address: str) -> None:
    found = getattr(Client(), method)(address.format(id="01a20515-1668-717a-802b-cd1857842658"))
    assert found.status_code == 404
    assert "This page is closed" in found.content.decode()


def test_a_code_that_cannot_be_sent_says_so(send_digest: SendDigest, monkeypatch: pytest.MonkeyPatch) -> None:
    told_by_mail(send_digest)
    refused = bridge.Outcome(bridge.Fate.REFUSED)
    monkeypatch.setattr(bridge, "send_code", lambda **_words: refused)
    with pytest.raises(Refused, match="could not send the code"):
        mail_code(link_id=PrivateLink.objects.get().id, at=timezone.now())


def test_answers_are_checked_where_they_are_kept(send_digest: SendDigest) -> None:
    told_by_mail(send_digest)
    link, telling, at = PrivateLink.objects.get(), Telling.objects.get(), timezone.now()
    with pytest.raises(Refused, match="Choose one"):
        answer_help(link_id=link.id, telling_id=telling.id, answer="perhaps", words="", at=at)
    with pytest.raises(Refused, match="Write your reply"):
        reply(link_id=link.id, telling_id=telling.id, words=" ", at=at)
    with pytest.raises(Refused, match="longer than we can take"):
        reply(link_id=link.id, telling_id=telling.id, words="x" * 5_001, at=at)
    with pytest.raises(Refused, match="has changed"):
        stop_contact(link_id=telling.id, at=at)
    assert not stop_contact_by_token(token="nobody", at=at)
