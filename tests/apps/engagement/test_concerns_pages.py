"""The pages of concerns: who gets in, what they say, what leaves through them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.apps.engagement.models import Concern, ConcernEvent
from alongside.apps.engagement.operations import FormTerms, open_public_form
from tests.factories.concerns import make_heard, make_raised
from tests.factories.engagement import make_engagement, make_voices
from tests.factories.people import NOW, make_person, make_viewer

pytestmark = pytest.mark.django_db
ROLES = ("engagement_lead", "analyst", "administrator", "auditor", "patient_partner", "finance")


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


@pytest.fixture
def officer() -> Client:
    """The browser of somebody who triages."""
    return sign_in("safety_officer")


def sign_in(role: str) -> Client:
    client = Client()
    client.force_login(make_person(role))
    return client


def text_of(client: Client, name: str, *values: Any, query: str = "") -> str:
    answer = client.get(reverse(f"concerns:{name}", args=values) + query)
    assert answer.status_code == 200, answer.status_code
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return bytes(body).decode()


@pytest.mark.parametrize("role", ROLES)
def test_nobody_but_those_who_look_after_concerns_gets_in(role: str) -> None:
    client, concern = sign_in(role), make_heard()

    for name in ("list", "export", "report", "report_csv", "report_print", "rules"):
        assert client.get(reverse(f"concerns:{name}")).status_code == 403
    for name in ("detail", "decide", "forward", "close", "reopen", "sheet"):
        assert client.get(reverse(f"concerns:{name}", args=[concern.id])).status_code == 403
    for name in ("take", "hand_back", "contact"):
        assert client.post(reverse(f"concerns:{name}", args=[concern.id])).status_code == 403
    assert ConcernEvent.objects.count() == 1


def test_governance_reads_and_does_not_triage() -> None:
    client, concern = sign_in("governance_lead"), make_heard()

    assert "Take it on" not in text_of(client, "detail", concern.id)
    assert client.get(reverse("concerns:decide", args=[concern.id])).status_code == 403
    assert client.get(reverse("concerns:export")).status_code == 403


def test_the_whole_way_over_the_pages(officer: Client) -> None:
    concern = make_heard()
    url = reverse("concerns:detail", args=[concern.id])
    page = text_of(officer, "detail", concern.id)
    assert "<mark>" in page
    assert "Why a rule heard something" in page

    assert officer.post(reverse("concerns:take", args=[concern.id])).url == url  # type: ignore[attr-defined]
    decided = officer.post(
        reverse("concerns:decide", args=[concern.id]),
        {"is_one": "yes", "kind": "adverse_event", "reason": "Rash after new tablets."},
    )
    assert decided.status_code == 302
    now = timezone.localtime()
    sent = {
        "to": "Drug safety desk", "channel": "portal", "sent_on_day": now.day, "sent_on_month": now.month,
        "sent_on_year": now.year, "sent_time": f"{now:%H:%M}", "reference": "DS-7", "what": "The sheet.",
    }  # fmt: skip
    Concern.objects.update(raised_at=now - timedelta(days=1))
    assert officer.post(reverse("concerns:forward", args=[concern.id]), sent).status_code == 302
    closed = officer.post(
        reverse("concerns:close", args=[concern.id]), {"outcome": "acknowledged", "reason": "They have it."}
    )
    assert closed.status_code == 302
    page = text_of(officer, "detail", concern.id)
    assert "Drug safety desk" in page
    assert "DS-7" in page
    assert "Look at it again" in page
    again = officer.post(reverse("concerns:reopen", args=[concern.id]), {"reason": "More was said."})
    assert again.status_code == 302
    assert officer.post(reverse("concerns:hand_back", args=[concern.id])).status_code == 302
    concern.refresh_from_db()
    assert concern.state == "waiting"


def test_a_refusal_stands_beside_its_field_and_nothing_typed_is_lost(officer: Client) -> None:
    concern = make_heard()
    answer = officer.post(
        reverse("concerns:decide", args=[concern.id]),
        {"is_one": "yes", "kind": "adverse_event", "reason": "Typed words."},
    )

    assert answer.status_code == 200
    assert b"Take it on first" in answer.content
    assert b"Typed words." in answer.content
    empty = officer.post(reverse("concerns:forward", args=[concern.id]), {})
    assert b"Write the time as 14:30" in empty.content


def test_lateness_is_said_in_words_and_filters_have_chips(officer: Client) -> None:
    make_raised(at=NOW - timedelta(days=400), kind="complaint")
    make_raised(at=timezone.now(), kind="safeguarding")

    page = text_of(officer, "list")
    assert "Late by" in page
    assert "Due " in page
    filtered = text_of(officer, "list", query="?kind=complaint&late=yes&engagement=nonsense")
    assert "Remove" in filtered
    assert filtered.count("al-row__title") == 1
    assert "Nothing matches" in text_of(officer, "list", query="?kind=urgent_harm")


def test_an_empty_list_says_what_happens_by_itself(officer: Client) -> None:
    assert "No concern is open" in text_of(officer, "list")
    assert "No concern has arrived" in text_of(officer, "report")


def test_the_export_holds_nobodys_words(officer: Client) -> None:
    make_heard()
    make_raised()
    file = text_of(officer, "export", query="?state=open")

    assert file.count("\n") == 3
    assert "adverse_event" in file
    assert "rash" not in file
    assert "shouting" not in file


def test_the_sheet_for_forwarding_holds_the_evidence_and_all_only_where_asked(officer: Client) -> None:
    engagement = make_engagement()
    text = "I like the garden. The new tablets gave me a rash. My name is on the door."
    concern = Concern.objects.get(voice_id=make_voices(engagement, text)[0])

    assert "garden" not in text_of(officer, "sheet", concern.id)
    assert "gave me a rash" in text_of(officer, "sheet", concern.id)
    assert "garden" in text_of(officer, "sheet", concern.id, query="?words=all")
    assert ConcernEvent.objects.filter(kind="printed").count() == 3


def test_opening_a_contact_shows_it_once_and_is_written_down(officer: Client) -> None:
    concern = make_raised(contact="01632 960123")
    assert "960123" not in text_of(officer, "detail", concern.id)

    answer = officer.post(reverse("concerns:contact", args=[concern.id]))
    assert b"01632 960123" in answer.content
    assert "960123" not in text_of(officer, "detail", concern.id)
    assert ConcernEvent.objects.filter(kind="contact_opened").count() == 1


def test_the_frame_of_every_page_offers_to_raise_a_concern_about_it() -> None:
    client, engagement = sign_in("analyst"), make_engagement()
    voice_id = make_voices(engagement, "Fine.")[0]

    page = client.get(reverse("engagement:voice", args=[voice_id])).content.decode()
    assert f"/concerns/raise/?about=engagement:voice/{voice_id}" in page
    assert "/concerns/raise/?about=home:search" in client.get("/search/?q=Ada").content.decode()
    assert "Ada" not in client.get("/search/?q=Ada").content.decode().split("/concerns/raise/")[1][:60]
    raising = client.get(reverse("concerns:raise")).content.decode()
    assert "/concerns/raise/?about" not in raising


def test_somebody_raises_one_and_sees_how_far_it_is() -> None:
    make_person("safety_officer", name="Sam Officer")
    client, engagement = sign_in("engagement_lead"), make_engagement()
    url = f"{reverse('concerns:raise')}?about=engagement:detail/{engagement.id}"
    assert b"an engagement" in client.get(url).content
    assert b"Choose what it is about" in client.post(url, {}).content

    answer = client.post(
        url, {"kind": "safeguarding", "words": "She was shaken.", "urgency": "today"}, follow=True
    )
    page = answer.content.decode()
    assert "Sam Officer" in page
    assert "Somebody will look by" in page
    assert "She was shaken." in page
    concern = Concern.objects.get()
    assert concern.engagement_id == engagement.id
    assert "Safeguarding" in text_of(client, "raised")
    other = sign_in("engagement_lead")
    assert other.get(reverse("concerns:raised_one", args=[concern.id])).status_code == 404
    assert "You have raised nothing" in text_of(other, "raised")
    Concern.objects.update(state="forwarded")
    assert "Forwarded" in text_of(client, "raised_one", concern.id)


def test_where_nobody_triages_the_raiser_is_told_to_say_so() -> None:
    client = sign_in("finance")
    answer = client.post(
        f"{reverse('concerns:raise')}?about=javascript:alert",
        {"kind": "unsure", "words": "Something.", "urgency": "soon"},
        follow=True,
    )

    assert b"Tell an administrator now" in answer.content
    assert Concern.objects.get().about_page == ""


def test_people_without_an_account_are_told_whom_to_ring_and_can_tell_us() -> None:
    lead = make_viewer("engagement_lead")
    form = open_public_form(
        engagement_id=make_engagement(lead).id,
        terms=FormTerms(welcome="Tell us.", questions=(("How is it?", ""),), opens_on=NOW.date()),
        by=lead,
        at=NOW,
    )
    client = Client()
    url = f"{reverse('concerns:cannot_wait')}?page={form.slug}"
    page = client.get(url).content.decode()
    assert all(number in page for number in ("999", "111", "116 123"))
    assert client.get(reverse("concerns:cannot_wait_sent")).status_code == 302
    assert b"Tell us what happened" in client.post(url, {"kind": "complaint"}).content

    sent = client.post(url, {"kind": "urgent_harm", "words": "He is not well.", "contact": ""}, follow=True)
    assert b"It has arrived" in sent.content
    assert b"He is not well" not in sent.content
    concern = Concern.objects.get()
    assert (concern.urgency, concern.origin, concern.raised_by_id) == ("now", "public", None)
    assert concern.engagement is not None
    robot = client.post(url, {"kind": "complaint", "words": "Buy", "website": "spam"})
    assert b"Leave the field" in robot.content
    odd = client.post(reverse("concerns:cannot_wait") + "?page=%2F..", {"kind": "unsure", "words": "Hm."})
    assert odd.status_code == 302
    assert Concern.objects.count() == 2


def test_the_public_is_told_when_too_many_arrive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alongside.apps.engagement.rules.concerns.MOST_RAISED_IN_TEN_MINUTES", 0)
    answer = Client().post(reverse("concerns:cannot_wait"), {"kind": "unsure", "words": "Hm."})

    assert b"call 999" in answer.content
    assert not Concern.objects.exists()


def test_closing_an_engagement_says_that_its_concerns_stay_open() -> None:
    engagement = make_engagement()
    make_heard(engagement=engagement)
    client = sign_in("engagement_lead")
    answer = client.post(reverse("engagement:close", args=[engagement.id]), follow=True)

    assert b"1 concern of this engagement is still open" in answer.content


def test_a_concern_raised_from_an_insight_names_the_page_and_links_only_for_those_who_may_go(
    officer: Client,
) -> None:
    voice_id = make_voices(make_engagement(), "Fine.")[0]
    concern = make_raised(about=f"insight:insight/{voice_id}")

    assert "an insight" in text_of(officer, "detail", concern.id)
    assert f"/insight/insights/{voice_id}/" not in text_of(officer, "detail", concern.id)
    assert f"/insight/insights/{voice_id}/" in text_of(sign_in("governance_lead"), "detail", concern.id)
    plain = make_raised(about="home:start")
    gone = make_raised(about="home:nowhere")
    assert "a page here" in text_of(officer, "detail", plain.id)
    assert "Raised from" not in text_of(officer, "detail", gone.id)


def test_what_the_rules_listen_for_can_be_read_and_so_can_the_deadlines(
    officer: Client, settings: Any
) -> None:
    settings.CONCERN_WORKING_DAYS = {"default": 1, "urgent_harm": 0, "complaint": 3}
    page = text_of(officer, "rules")

    assert "the same working day" in page
    assert "3 working days" in page
    assert "medicine-and-event" in page
    assert "kill myself" in page
    assert "more</p>" in page


def test_the_report_is_exact_on_the_page_and_protected_in_what_leaves(officer: Client) -> None:
    for number in range(9):
        make_raised(at=timezone.now() - timedelta(days=90 + number), kind="complaint")
    make_raised(kind="safeguarding")

    page = text_of(officer, "report")
    assert "<td>9</td>" in page
    assert "All kinds" in page
    for name in ("report_csv", "report_print"):
        protected = text_of(officer, name)
        assert "1 to 7" in protected
        assert "10" in protected
    assert "Formal complaint" in text_of(officer, "report_csv")


def test_less_than_an_hour_late_is_said_so_and_so_are_hours(officer: Client) -> None:
    concern = make_raised()
    for ago, words in ((timedelta(minutes=5), "less than an hour"), (timedelta(hours=3), "Late by 3 hours")):
        Concern.objects.filter(id=concern.id).update(due_at=timezone.now() - ago)
        assert words in text_of(officer, "list")
    Concern.objects.filter(id=concern.id).update(due_at=timezone.now() + timedelta(days=9))
    assert "Due on " in text_of(officer, "detail", concern.id)
    assert officer.get("/concerns/0191d0c8-0000-7000-8000-000000000000/").status_code == 404
