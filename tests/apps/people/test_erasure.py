"""Somebody is erased: planted words are found nowhere after, what must be kept stays, a restored backup is cleared."""

import csv
import io
import logging
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, models

from alongside.apps.base.models import PersonKey
from alongside.apps.base.operations import ToLock, lock_for, open_for
from alongside.apps.base.rules import SYSTEM, Refused
from alongside.apps.base.rules.subjects import Subject
from alongside.apps.engagement.models import Contact, Import, Member, Speaker, Voice
from alongside.apps.engagement.rules import SpeakerChoice
from alongside.apps.insight.models import Evidence
from alongside.apps.insight.queries import get_insight_page
from alongside.apps.people.models import Person, RoleGrant
from alongside.apps.people.operations import erase_person, erase_subject, preview_erasure
from alongside.apps.people.operations.erasing import ledger_path
from tests.factories import engagement as listening
from tests.factories.canaries import CANARIES, erase_planted, find_in_tables, plant
from tests.factories.people import NOW, make_person, make_viewer
from tests.factories.requests import (
    EMAIL,
    NAME,
    WORDS,
    ask,
    ask_and_know,
    have_say,
    make_governance,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Keep the ledger and uploads of each test apart."""
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"


def test_planted_words_are_found_before_and_nowhere_after(caplog: pytest.LogCaptureFixture) -> None:
    # Given somebody who is known in every room
    caplog.set_level(logging.DEBUG)
    planted = plant()
    by = make_governance()
    before = find_in_tables()
    assert {line.split(".")[0] for line in before} >= {
        "engagement_voice", "engagement_contact", "engagement_member", "people_person", "base_saved_view",
        "base_audit_line",
    }  # fmt: skip
    # When they are erased
    erasure = erase_planted(by)
    # Then nothing of theirs stands anywhere: tables, ledger, log
    assert find_in_tables() == []
    assert not [word for word in CANARIES if word in ledger_path().read_text()]
    assert not [word for word in CANARIES if word in caplog.text]
    assert erasure.subjects == 3
    # And what was counted and decided is still there
    voice = Voice.with_staged.get(id=planted["voice"].id)
    assert (voice.text, voice.speaker_id) == ("", planted["spoke"].speaker.id)
    assert Evidence.objects.filter(voice=voice).exists()
    page = get_insight_page(planted["lead"], planted["insight"])
    assert page is not None
    assert page.quotes[0].quote is not None
    assert page.quotes[0].quote.hidden == "The person took these words back."
    account = Person.objects.get(id=planted["account"].id)
    assert (account.name, account.is_active) == ("Somebody who was erased", False)
    assert not account.has_usable_password()
    assert not Contact.objects.exists()
    assert not Member.objects.exists()
    assert not SessionStore().exists(planted["browser"])


def test_words_of_others_keep_their_place_when_a_name_in_them_is_covered() -> None:
    planted = plant()
    before = Voice.objects.get(id=planted["typed"]).text
    erase_planted(make_governance())
    after = Voice.objects.get(id=planted["typed"]).text
    assert len(after) == len(before)
    assert after == f"I sat beside {'█' * len(NAME)} and she cried."


def test_two_people_of_one_name_stay_apart() -> None:
    kept = have_say("I am another one.", email="other@example.org")
    plant()
    by = make_governance()
    request = ask_and_know(by, "erasure", email=EMAIL)
    assert Contact.objects.filter(speaker=kept.speaker).exists()
    erase_person(request_id=request.id, typed="ERASE", by=by, at=NOW)
    contact = Contact.objects.get(speaker=kept.speaker)
    assert (contact.name, contact.email) == (NAME, "other@example.org")
    assert Voice.objects.get(speaker=kept.speaker).text == "I am another one."


def test_what_was_locked_for_them_can_never_be_opened_again() -> None:
    spoke = have_say()
    place = f"engagement_original:{spoke.speaker.id}"
    (locked,) = lock_for([ToLock(spoke.speaker.id, WORDS, place)], at=NOW)
    assert open_for(spoke.speaker.id, locked, place=place) == WORDS
    erase_planted(make_governance())
    assert open_for(spoke.speaker.id, locked, place=place) is None
    assert PersonKey.objects.get(subject_id=spoke.speaker.id).destroyed_at == NOW


def test_a_preview_says_exactly_what_happens_and_changes_nothing() -> None:
    plant()
    by = make_governance()
    request = ask_and_know(by, "erasure")
    rows = list_rows()
    preview = preview_erasure(request_id=request.id, by=by, at=NOW)
    assert list_rows() == rows
    assert not ledger_path().exists()
    erasure = erase_person(request_id=request.id, typed="ERASE", by=by, at=NOW)
    done = {(one["table"], one["erased"]) for one in erasure.counts if one["erased"]}
    previewed = {(row.table, row.erased) for row in preview if row.erased}
    # The request itself gets one more line when it ends, which is emptied too
    assert {table for table, _number in done} == {table for table, _number in previewed}
    assert {one for one in done if not one[0].startswith("people_request")} == {
        one for one in previewed if not one[0].startswith("people_request")
    }
    kept = {row.table: row.because for row in preview if row.kept}
    assert "counted" in kept["engagement_voice"]
    assert all(kept.values())


def list_rows() -> dict[str, list[Any]]:
    models_here: list[type[models.Model]] = list(apps.get_models())
    return {model._meta.label: sorted(map(str, model._base_manager.values_list())) for model in models_here}


@pytest.mark.parametrize(("typed", "reason"), [("", "Type ERASE"), ("yes", "Type ERASE")])
def test_without_the_word_typed_nobody_is_erased(typed: str, reason: str) -> None:
    have_say()
    by = make_governance()
    request = ask_and_know(by, "erasure")
    with pytest.raises(Refused, match=reason):
        erase_person(request_id=request.id, typed=typed, by=by, at=NOW)


def test_nobody_is_erased_by_a_guess() -> None:
    have_say()
    by = make_governance()
    request, _code = ask("erasure")
    with pytest.raises(Refused, match="how you know who it is"):
        erase_person(request_id=request.id, typed="ERASE", by=by, at=NOW)
    other = ask_and_know(by, "access")
    with pytest.raises(Refused, match="of this kind"):
        erase_person(request_id=other.id, typed="ERASE", by=by, at=NOW)
    other = ask_and_know(by, "erasure")
    other.matches.update(is_this_person=False)
    with pytest.raises(Refused, match="First choose"):
        erase_person(request_id=other.id, typed="ERASE", by=by, at=NOW)
    with pytest.raises(Refused, match="erase people"):
        erase_person(request_id=other.id, typed="ERASE", by=make_viewer("engagement_lead"), at=NOW)


def test_nobody_erases_themselves_or_the_last_administrator() -> None:
    by = make_governance()
    own = Person.objects.get(id=by.own_id)
    request = ask_and_know(by, "erasure", email=own.email)
    with pytest.raises(Refused, match="cannot erase yourself"):
        erase_person(request_id=request.id, typed="ERASE", by=by, at=NOW)
    last = make_person("administrator")
    request = ask_and_know(by, "erasure", email=last.email)
    with pytest.raises(Refused, match="last administrator"):
        erase_person(request_id=request.id, typed="ERASE", by=by, at=NOW)
    make_person("administrator")
    erase_person(request_id=request.id, typed="ERASE", by=by, at=NOW)
    last.refresh_from_db()
    assert last.name == "A former colleague"
    assert not RoleGrant.objects.filter(person=last, ended_at=None).exists()


def test_a_file_that_waits_and_names_them_is_left_out() -> None:
    spoke = have_say()
    other = listening.make_engagement(title="Another")
    content = listening.make_csv([(1, "p1", f"{NAME} said so")])
    waits = listening.upload(other, content)
    plain = listening.upload(other, listening.make_csv([(1, "p1", "Nothing to see")]), name="plain.csv")
    erase_planted(make_governance())
    waits.refresh_from_db()
    plain.refresh_from_db()
    assert (waits.state, plain.state) == (Import.State.LEFT, Import.State.UPLOADED)
    assert Speaker.objects.get(id=spoke.speaker.id).pseudonym == "Erased person"


def test_a_name_in_the_settings_of_a_transcript_goes_with_its_speaker() -> None:
    heard = listening.make_engagement()
    choice = SpeakerChoice(((NAME, "P1"), ("Bob Fern", "P2"), ("Ada Okafor", "M")), ("Ada Okafor",))
    text = f"{NAME}: It was cold.\nBob Fern: I agree with {NAME}.\nAda Okafor: Thank you.\n".encode()
    found = listening.read_transcript_file(heard, text, "group.txt", choice, make_viewer("engagement_lead"))
    speaker = Speaker.objects.get(source=found.source, pseudonym="P1")
    subject = Subject(speaker_ids=frozenset({speaker.id}))
    erase_subject(subject=subject, kind="person", by=SYSTEM, at=NOW)
    assert find_in_tables(("Zorrander", "ZORRANDER")) == []
    found.refresh_from_db()
    assert ["Bob Fern", "P2"] in found.columns["pseudonyms"]


def test_erasing_twice_changes_nothing_more() -> None:
    planted = plant()
    erase_planted(make_governance())
    subject = Subject(
        frozenset({planted["account"].id}),
        frozenset({planted["spoke"].speaker.id}),
        frozenset({planted["member"]}),
    )
    again = erase_subject(subject=subject, kind="person", by=SYSTEM, at=NOW)
    assert {one["table"]: one["erased"] for one in again.counts if one["erased"]} == {}


def test_a_name_beyond_ascii_is_found_in_what_json_holds() -> None:
    name = "Siân Ŵyn-Parry"
    spoke = have_say("Nothing more.", name=name, email="sian@example.org")
    other = listening.make_engagement(title="Another")
    waits = listening.upload(other, listening.make_csv([(1, "p1", "Fine.")]))
    Import.objects.filter(id=waits.id).update(header=["id", {"who": f"seen by {name}"}, 3])
    erase_subject(
        subject=Subject(speaker_ids=frozenset({spoke.speaker.id})), kind="person", by=SYSTEM, at=NOW
    )
    waits.refresh_from_db()
    assert waits.header == ["id", {"who": f"seen by {'█' * len(name)}"}, 3]


def test_exports_made_afterwards_hold_nothing(client: Any) -> None:
    planted = plant()
    erase_planted(make_governance())
    client.force_login(Person.objects.get(id=planted["lead"].own_id))
    for address in (
        f"/engagements/{planted['spoke'].engagement.id}/voices/export.csv",
        "/engagements/members/export.csv",
        "/insight/insights/export.csv",
    ):
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert list(csv.reader(io.StringIO(body.decode("utf-8", "replace")))), address
        assert not [word for word in CANARIES if word in body.decode("utf-8", "replace")], address


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_in_the_bytes_of_the_database(settings: Any) -> None:
    plant()
    if connection.vendor == "sqlite":
        assert in_files(settings)
    erase_planted(make_governance())
    assert find_in_tables() == []
    if connection.vendor == "sqlite":
        assert in_files(settings) == []


def in_files(settings: Any) -> list[str]:
    """Return the words found in the bytes of the database and of everything beside it."""
    place = Path(str(connection.settings_dict["NAME"]))
    files = [path for path in place.parent.glob(f"{place.name}*") if path.is_file()]
    files += [path for path in Path(settings.DATA).rglob("*") if path.is_file()]
    return [
        f"{path.name}: {word}" for path in files for word in CANARIES if word.encode() in path.read_bytes()
    ]
