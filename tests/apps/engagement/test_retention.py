"""The end of an engagement's time: exactly what is due is found, a person says yes, words go and counts stay."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from alongside.apps.base.jobs import run_next_job
from alongside.apps.base.models import AuditLine, Job
from alongside.apps.base.operations import start_job
from alongside.apps.base.rules import SYSTEM, Refused, Viewer
from alongside.apps.engagement.models import (
    Contact,
    Engagement,
    EngagementDeletion,
    Import,
    ImportProblem,
    Receipt,
    RetentionDate,
    Speaker,
    Voice,
)
from alongside.apps.engagement.operations import close_engagement, confirm_import
from alongside.apps.engagement.operations.retention import (
    confirm_deletion,
    postpone_deletion,
    preview_deletions,
    set_keep_until,
    start_preview,
)
from alongside.apps.engagement.queries import count_in_engagement, get_engagement
from alongside.apps.engagement.queries.retention import (
    get_deletion,
    get_retention,
    list_day,
    list_deletions,
    list_due,
)
from alongside.apps.engagement.queries.voices import VoiceFilter, list_voice_texts, list_voices
from alongside.apps.engagement.rules import SpeakerChoice
from alongside.apps.engagement.rules.retention import add_years, get_default_keep_until
from alongside.apps.insight.operations import add_quoted_words
from alongside.apps.insight.queries import get_insight_page
from alongside.apps.people.models import Erasure, Person
from alongside.apps.people.operations import replay_erasures
from alongside.apps.people.operations.erasing import ledger_path
from tests.factories import insight
from tests.factories.engagement import (
    make_csv,
    make_engagement,
    make_voices,
    read_table_file,
    read_transcript_file,
    work_until_idle,
)
from tests.factories.people import NOW, make_viewer
from tests.factories.requests import WORDS, have_say, make_governance

pytestmark = pytest.mark.django_db
LONG_AGO = {"starts_on": date(2019, 1, 7), "ends_on": date(2019, 3, 31)}
DUE = date(2025, 3, 31)


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA, settings.MEDIA_ROOT, settings.RETENTION_YEARS = tmp_path, tmp_path / "files", 6


@pytest.fixture
def lead() -> Viewer:
    return make_viewer("engagement_lead")


@pytest.fixture
def by() -> Viewer:
    return make_governance()


def make_old(**changes: Any) -> Engagement:
    old = make_engagement(**{**LONG_AGO, **changes})
    make_voices(old, "Words of long ago.")
    return old


def look(on: date) -> int:
    return preview_deletions(by=SYSTEM, at=datetime(on.year, on.month, on.day, 3, tzinfo=UTC), on=on)


def waiting() -> EngagementDeletion:
    return EngagementDeletion.objects.get(state="previewed")


@pytest.mark.parametrize(
    ("on", "due"), [(DUE - timedelta(days=1), 0), (DUE, 0), (DUE + timedelta(days=1), 1)]
)
def test_exactly_what_is_due_is_found_on_the_day_after(on: date, due: int) -> None:
    make_old()
    make_engagement(title="Goes on", starts_on=date(2001, 1, 1))
    assert look(on) == due
    assert EngagementDeletion.objects.count() == due


def test_the_years_run_from_the_end_the_close_or_the_start() -> None:
    closed = datetime(2020, 5, 1, tzinfo=UTC)
    start, end = date(2019, 1, 7), date(2019, 3, 31)
    assert get_default_keep_until(starts_on=start, ends_on=None, closed_at=None, years=6) is None
    assert get_default_keep_until(starts_on=start, ends_on=end, closed_at=None, years=6) == date(2025, 3, 31)
    assert get_default_keep_until(starts_on=start, ends_on=end, closed_at=closed, years=6) == date(2026, 5, 1)
    assert get_default_keep_until(starts_on=start, ends_on=None, closed_at=closed, years=1) == date(
        2021, 5, 1
    )
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)


def test_a_day_set_by_the_lead_counts_with_its_reason(lead: Viewer, by: Viewer) -> None:
    old = make_old()
    assert get_retention(lead, old).is_default
    assert look(DUE + timedelta(days=1)) == 1
    until = date(2040, 1, 1)
    set_keep_until(engagement_id=old.id, keep_until=until, reason="A study goes on.", by=lead, at=NOW)
    assert not EngagementDeletion.objects.exists()
    assert look(DUE + timedelta(days=1)) == 0
    kept = get_retention(lead, old)
    assert (kept.keep_until, kept.reason, kept.who, kept.is_default) == (
        until,
        "A study goes on.",
        lead.name,
        False,
    )
    for changes, reason in (
        ({"reason": " "}, "Write why"),
        ({"keep_until": date(2018, 1, 1)}, "before they were said"),
    ):
        with pytest.raises(Refused, match=reason):
            set_keep_until(
                **{
                    "engagement_id": old.id,
                    "keep_until": until,
                    "reason": "x",
                    "by": lead,
                    "at": NOW,
                    **changes,
                }  # type: ignore[arg-type]
            )
    with pytest.raises(Refused, match="run engagements"):
        set_keep_until(engagement_id=old.id, keep_until=until, reason="x", by=by, at=NOW)
    RetentionDate.objects.update(set_by_id=None)
    assert get_retention(lead, old).who == ""


def test_a_preview_counts_and_deletes_nothing(by: Viewer) -> None:
    old = make_old()
    have_say(engagement=old)
    before = Voice.objects.count()
    look(NOW.date())
    look(NOW.date())
    found = get_deletion(by, waiting().id)
    assert found is not None
    assert dict(found.counts)["voices that lose their words"] == 2
    assert dict(found.counts)["ways to reach people"] == 1
    assert Voice.objects.exclude(text="").count() == before
    assert [item.title for item in list_day(by, NOW.date())] == [old.title]
    assert list_day(make_viewer("analyst"), NOW.date()) == []
    with pytest.raises(Refused, match="confirm deletions"):
        list_deletions(make_viewer("analyst"))


def test_a_preview_whose_day_was_moved_goes_away() -> None:
    old = make_old()
    look(NOW.date())
    RetentionDate.objects.create(engagement=old, keep_until=date(2050, 1, 1), reason="x", set_at=NOW)
    assert look(NOW.date()) == 0
    assert not EngagementDeletion.objects.exists()


def test_what_was_confirmed_goes_and_what_was_counted_stays(lead: Viewer, by: Viewer) -> None:
    # Given an engagement with words of known and unknown people, quoted by an insight
    old = make_old()
    spoke = have_say(engagement=old)
    other = have_say("Another engagement's words.", email="other@example.org")
    choice = SpeakerChoice((("Bob Fern", "P1"), ("Ada Okafor", "M")), ("Ada Okafor",))
    group = b"Bob Fern: Cold.\nAda Okafor: Thank you.\n"
    brought = read_transcript_file(old, group, "group.txt", choice, make_viewer("engagement_lead"))
    confirm_import(import_id=brought.id, by=SYSTEM, at=NOW)
    read_table_file(
        old, make_csv([("1", "p1", "Fine."), ("", "p2", "No id.")]), make_viewer("engagement_lead")
    )
    voice = Voice.objects.get(speaker=spoke.speaker)
    theme = insight.make_theme(old, [voice], "Being rung", lead)
    found = insight.make_insight(theme, lead)
    add_quoted_words(by=lead, at=NOW, insight_id=found, voice_id=voice.id, words="nobody rang")
    close_engagement(engagement_id=old.id, by=lead, at=datetime(2019, 4, 1, tzinfo=UTC))
    counted = count_in_engagement(lead, old.id)
    look(NOW.date())
    deletion = waiting()
    assert deletion.effects == [["insights that lose quotes", 1]]
    # When a governance lead says yes and the worker has done it
    confirm_deletion(deletion_id=deletion.id, by=by, at=NOW)
    assert look(NOW.date()) == 1  # one that was confirmed is not previewed again
    work_until_idle()
    # Then no word, fact or contact of it is left, and everybody still counts
    deletion.refresh_from_db()
    assert (deletion.state, deletion.deleted_counts) == ("done", deletion.counts)
    assert not Voice.with_staged.filter(engagement=old).exclude(text="").exists()
    assert not Contact.objects.filter(speaker__engagement=old).exists()
    assert not Receipt.objects.filter(speaker__engagement=old).exists()
    assert not Speaker.objects.filter(engagement=old).exclude(age_band="", pseudonym="Erased person").exists()
    assert not ImportProblem.objects.exists()
    assert "Bob Fern" not in str(Import.objects.values_list("columns"))
    after = count_in_engagement(lead, old.id)
    assert (after.voices, after.people) == (counted.voices, counted.people)
    page = get_insight_page(lead, found)
    assert page is not None
    quote = page.quotes[0].quote
    assert quote is not None
    assert "time for which we may keep them was over" in quote.hidden
    assert page.line.statement
    assert list(list_voices(lead, old.id, VoiceFilter())) == []
    assert list_voice_texts(lead, old.id) == []
    # And nothing else went
    assert Voice.objects.get(speaker=other.speaker).text
    assert Contact.objects.filter(speaker=other.speaker).exists()
    assert list_due(NOW.date()) == []
    assert AuditLine.objects.filter(operation="delete_words").count() == 1
    again = get_engagement(lead, old.id)
    assert again is not None
    assert get_retention(lead, again).deleted_at is not None


def test_a_restored_backup_loses_the_words_again(by: Viewer) -> None:
    old = make_old()
    have_say(engagement=old)
    texts = dict(Voice.objects.values_list("id", "text"))
    look(NOW.date())
    confirm_deletion(deletion_id=waiting().id, by=by, at=NOW)
    work_until_idle()
    for voice_id, text in texts.items():
        Voice.objects.filter(id=voice_id).update(text=text)
    Erasure.objects.all().delete()
    assert replay_erasures(ledger_path=ledger_path(), by=SYSTEM, at=NOW) == 2
    assert not Voice.objects.exclude(text="").exists()
    assert set(Erasure.objects.values_list("kind", flat=True)) == {"retention"}
    assert WORDS not in ledger_path().read_text()


def test_a_deletion_is_decided_once(by: Viewer) -> None:
    make_old()
    look(NOW.date())
    deletion = waiting()
    for changes, reason in (
        ({"keep_until": NOW.date()}, "day to come"),
        ({"reason": ""}, "Write why"),
        ({"by": make_viewer("engagement_lead")}, "confirm deletions"),
        ({"deletion_id": by.own_id}, "no such deletion"),
    ):
        terms: dict[str, Any] = {
            "deletion_id": deletion.id, "keep_until": date(2030, 1, 1), "reason": "A claim.", "by": by, "at": NOW,
        }  # fmt: skip
        with pytest.raises(Refused, match=reason):
            postpone_deletion(**{**terms, **changes})
    postpone_deletion(deletion_id=deletion.id, keep_until=date(2030, 1, 1), reason="A claim.", by=by, at=NOW)
    assert look(date(2029, 12, 31)) == 0
    with pytest.raises(Refused, match="cannot become"):
        confirm_deletion(deletion_id=deletion.id, by=by, at=NOW)


def test_the_worker_looks_and_deletes_only_what_is_confirmed(by: Viewer) -> None:
    make_old()
    start_preview(by=by, at=NOW)
    start_job(kind="engagement.preview_deletions", arguments={}, by=SYSTEM, at=NOW)
    work_until_idle()
    assert Job.objects.filter(state="done", result={"due": 1}).count() == 2
    deletion = waiting()
    start_job(kind="engagement.delete_words", arguments={"deletion_id": str(deletion.id)}, by=by, at=NOW)
    assert run_next_job()
    deletion.refresh_from_db()
    assert deletion.state == "previewed"
    assert Voice.objects.exclude(text="").exists()
    with pytest.raises(Refused, match="confirm deletions"):
        start_preview(by=make_viewer("analyst"), at=NOW)


def test_the_pages_show_set_confirm_and_postpone(client: Client, lead: Viewer, by: Viewer) -> None:
    old = make_old()
    client.force_login(Person.objects.get(id=lead.own_id))
    detail = f"/engagements/{old.id}/"
    assert "Until 31 March 2025" in client.get(detail).content.decode()
    sent = {
        "keep_until_day": "1",
        "keep_until_month": "2",
        "keep_until_year": "2024",
        "reason": "People were told so.",
    }
    assert client.post(f"{detail}keep/", sent).status_code == 302
    assert "People were told so." in client.get(detail).content.decode()
    assert "Last set by" in client.get(f"{detail}keep/").content.decode()
    early = client.post(f"{detail}keep/", {**sent, "keep_until_year": "2018"}).content.decode()
    assert "before they were said" in early
    client.force_login(Person.objects.get(id=by.own_id))
    assert "Nothing is due" in client.get("/engagements/deletions/").content.decode()
    assert client.post("/engagements/deletions/look/").status_code == 302
    work_until_idle()
    page = client.get("/engagements/deletions/").content.decode()
    assert old.title in page
    address = f"/engagements/deletions/{waiting().id}/"
    assert "Yes, delete these words" in client.get(address).content.decode()
    postponed = {**sent, "keep_until_year": "2020", "postpone": "1"}
    assert "Choose a day to come" in client.post(address, postponed).content.decode()
    assert client.post(address, {"confirm": "1"}).status_code == 302
    work_until_idle()
    assert "What was deleted" in client.get(address).content.decode()
    assert "were deleted on" in client.get(detail).content.decode()
    assert (
        "No deletion is in this state"
        in client.get("/engagements/deletions/?state=postponed").content.decode()
    )
    other = make_old(title="Another")
    look(NOW.date())
    address = f"/engagements/deletions/{waiting().id}/"
    assert client.post(address, {**postponed, "keep_until_year": "2035"}).status_code == 302
    assert get_retention(lead, other).keep_until == date(2035, 2, 1)
    assert client.get(f"/engagements/deletions/{other.id}/").status_code == 404
