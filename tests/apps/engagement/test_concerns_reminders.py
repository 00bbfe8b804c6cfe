"""Reminders, the start page and the report: said in numbers, never in a patient's words."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from alongside.apps.base.models import Job
from alongside.apps.base.operations import plan_repeating_jobs
from alongside.apps.base.operations.jobs import claim_job
from alongside.apps.base.rules.registry import registry, resolve
from alongside.apps.engagement.bridge import send_reminder
from alongside.apps.engagement.models import Concern, ConcernEvent
from alongside.apps.engagement.operations import close_concern, decide_concern, take_on_concern
from alongside.apps.engagement.operations.reminding import Reminded, remind_of_concerns
from alongside.apps.engagement.queries.concern_day import list_day
from alongside.apps.engagement.queries.concern_reports import make_report, protect_lines
from tests.factories.concerns import make_confirmed, make_heard, make_raised
from tests.factories.people import NOW, make_person, make_viewer

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)  # due on Tuesday at five
TUESDAY = MONDAY + timedelta(days=1)


class Post:
    """A mail server that keeps what it takes."""

    def __init__(self, *, takes: bool = True) -> None:
        self.sent: list[tuple[str, int, int]] = []
        self.takes = takes

    def __call__(self, to: str, waiting: int, late: int) -> bool:
        self.sent.append((to, waiting, late))
        return self.takes


def remind(post: Post, at: datetime) -> Reminded:
    return remind_of_concerns(
        triagers=["sam@example.org"], administrators=["colin@example.org"], send=post, at=at
    )


def test_a_concern_is_reminded_of_from_four_hours_before_its_deadline_once_a_day() -> None:
    make_raised(at=MONDAY)
    post = Post()

    assert remind(post, TUESDAY) == Reminded(0, 0)
    assert remind(post, TUESDAY + timedelta(hours=3)) == Reminded(1, 0)
    assert remind(post, TUESDAY + timedelta(hours=4)) == Reminded(0, 0)
    assert remind(post, TUESDAY + timedelta(days=1)) == Reminded(1, 0)
    assert post.sent == [("sam@example.org", 1, 0), ("sam@example.org", 1, 1)]
    assert ConcernEvent.objects.filter(kind="reminded").count() == 2


def test_what_must_be_seen_at_once_is_reminded_of_at_once_and_one_that_is_decided_never() -> None:
    officer, post = make_viewer("safety_officer"), Post()
    make_raised(at=MONDAY, urgency="now")
    done = make_raised(at=MONDAY, urgency="now")
    take_on_concern(concern_id=done.id, by=officer, at=MONDAY)
    decide_concern(concern_id=done.id, is_one=False, kind="unsure", reason="x", by=officer, at=MONDAY)

    assert remind(post, MONDAY + timedelta(minutes=5)) == Reminded(1, 0)


def test_a_day_late_the_administrators_are_told_how_many() -> None:
    make_raised(at=MONDAY)
    post = Post()

    assert remind(post, TUESDAY + timedelta(days=1, hours=8)) == Reminded(1, 1)
    assert ("colin@example.org", 1, 1) in post.sent
    assert remind(post, TUESDAY + timedelta(days=1, hours=9)) == Reminded(0, 0)
    assert ConcernEvent.objects.filter(kind="escalated").count() == 1


def test_where_no_mail_leaves_nothing_is_written_down_and_the_next_hour_tries_again() -> None:
    make_raised(at=MONDAY, urgency="now")

    assert remind(Post(takes=False), MONDAY) == Reminded(0, 0)
    assert remind(Post(), MONDAY + timedelta(hours=1)) == Reminded(1, 0)


def test_the_mail_names_a_number_and_a_link_and_nothing_else(settings: Any) -> None:
    make_heard()
    assert send_reminder(to="sam@example.org", waiting=2, late=1, link="https://alongside.example/concerns/")
    assert send_reminder(to="sam@example.org", waiting=1, late=0, link="https://alongside.example/concerns/")

    many, one = mail.outbox
    assert many.subject == "2 concerns wait for a look"
    assert "1 of them past the deadline" in many.body
    assert one.subject == "One concern waits for a look"
    assert "past the deadline" not in one.body
    assert all("rash" not in f"{letter.subject}{letter.body}" for letter in mail.outbox)
    settings.EMAIL_BACKEND = "tests.apps.engagement.test_concerns_reminders.Broken"
    assert not send_reminder(to="sam@example.org", waiting=1, late=0, link="https://alongside.example/")


class Broken:
    """A mail server that does not answer."""

    def __init__(self, **_options: object) -> None:
        pass

    def send_messages(self, _messages: object) -> int:
        raise OSError


def work_at(at: datetime) -> None:
    work = claim_job(clock=lambda: at)
    assert work is not None
    resolve(registry.job_kinds[work.kind].handler)(work)


def test_the_reminder_comes_round_by_itself_on_working_days() -> None:
    make_person("safety_officer", email="sam@example.org")
    make_person("administrator", email="colin@example.org")
    make_raised(at=MONDAY, urgency="now")
    saturday = MONDAY - timedelta(days=2)

    plan_repeating_jobs(at=saturday)
    Job.objects.exclude(kind="engagement.remind").delete()
    work_at(saturday)
    assert mail.outbox == []
    plan_repeating_jobs(at=MONDAY)
    Job.objects.filter(state="waiting").exclude(kind="engagement.remind").delete()
    work_at(MONDAY)

    assert [letter.to for letter in mail.outbox] == [["sam@example.org"]]
    assert Job.objects.order_by("-finished_at").values_list("result", flat=True)[0] == {
        "reminded": 1,
        "escalated": 0,
    }


def test_an_installation_without_mail_still_shows_what_waits_on_the_start_page(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    settings.DEMO = False
    make_raised(at=MONDAY, urgency="now")
    plan_repeating_jobs(at=MONDAY)
    Job.objects.exclude(kind="engagement.remind").delete()
    work_at(MONDAY)

    assert Concern.objects.get().reminded_on is None
    (line,) = list_day(make_viewer("safety_officer"), MONDAY.date())
    assert (line.group, line.title) == ("needs_you", "Safeguarding")
    assert "look at once" in line.detail


def test_the_day_of_those_who_triage_is_capped_and_says_what_is_late() -> None:
    officer = make_viewer("safety_officer")
    for _number in range(10):
        make_raised(at=MONDAY)
    lines = list_day(officer, TUESDAY.date())
    assert len(lines) == 9
    assert lines[-1].title == "2 more concerns wait"
    assert {line.group for line in list_day(officer, TUESDAY.date() + timedelta(days=1))} == {
        "late",
        "needs_you",
    }
    make_heard("The urgent one: I want to kill myself.")
    assert any("Heart failure clinic" in line.detail for line in list_day(officer, TUESDAY.date()))


def test_an_administrator_is_told_how_many_are_a_day_late_and_nobody_else_anything() -> None:
    make_raised(at=MONDAY)
    administrator = make_viewer("administrator")

    assert list_day(administrator, TUESDAY.date()) == []
    (line,) = list_day(administrator, TUESDAY.date() + timedelta(days=1))
    assert line.title == "1 concern is a day late: see that somebody looks"
    assert list_day(make_viewer("analyst"), TUESDAY.date() + timedelta(days=9)) == []


def test_the_report_counts_by_kind_and_month_against_the_first_deadline() -> None:
    officer = make_viewer("safety_officer")
    make_confirmed(officer, NOW + timedelta(hours=3))
    late = make_raised(at=MONDAY - timedelta(days=40), kind="complaint")
    take_on_concern(concern_id=late.id, by=officer, at=MONDAY)
    decide_concern(concern_id=late.id, is_one=False, kind="complaint", reason="x", by=officer, at=MONDAY)
    closed = Concern.objects.get(kind="adverse_event")
    close_concern(concern_id=closed.id, outcome="handled", reason="x", by=officer, at=MONDAY)
    make_raised(at=MONDAY, kind="complaint")

    lines = {(line.kind, line.month): line for line in make_report(officer, MONDAY)}
    harm = lines["adverse_event", "2026-11"]
    assert (harm.arrived, harm.in_time, harm.late, harm.not_yet) == (1, 1, 0, 0)
    assert (harm.found_to_be_one, harm.closed, harm.median_hours) == (1, 1, 3.0)
    complaint = lines["complaint", ""]
    assert (complaint.arrived, complaint.in_time, complaint.late, complaint.not_yet) == (2, 0, 1, 1)
    assert complaint.found_to_be_none == 1
    assert lines["", ""].arrived == 3
    assert {month for _kind, month in lines} == {"2026-10", "2026-11", ""}
    assert make_report(officer, MONDAY, year=2025) == []
    assert make_report(make_viewer("engagement_lead"), MONDAY) == []
    assert make_report(officer, timezone.now(), year=2026)


def test_what_leaves_the_team_hides_small_numbers_and_rounds_the_rest() -> None:
    officer = make_viewer("safety_officer")
    for number in range(13):
        concern = make_raised(at=MONDAY)
        if number < 9:
            take_on_concern(concern_id=concern.id, by=officer, at=MONDAY + timedelta(hours=2))
    make_raised(at=MONDAY, kind="complaint")

    lines = {(line.kind, line.month): line for line in protect_lines(make_report(officer, MONDAY))}
    assert lines["safeguarding", ""].numbers[0] == "15"
    assert lines["safeguarding", ""].numbers[3] == "1 to 7"
    assert lines["safeguarding", ""].median_hours == "2"
    assert lines["complaint", ""].numbers[0] == "1 to 7"
    assert lines["complaint", ""].median_hours == ""
