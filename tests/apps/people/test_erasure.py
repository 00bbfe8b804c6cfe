"""Somebody is erased: planted words are found nowhere after, what must be kept stays, a restored backup is cleared."""

import csv
import io
import logging
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, models

from alongside.apps.base.models import PersonKey
from alongside.apps.base.operations import ToLock, lock_for, open_for, save_view
from alongside.apps.base.operations.backups import BackupRefused, inspect_backup, make_backup, restore_backup
from alongside.apps.base.operations.triggers import without_triggers
from alongside.apps.base.rules import SYSTEM, Refused, Viewer
from alongside.apps.base.rules.subjects import Subject
from alongside.apps.engagement.models import Contact, Import, Member, Speaker, Voice
from alongside.apps.engagement.operations.voices import set_basis
from alongside.apps.engagement.rules import SpeakerChoice
from alongside.apps.insight.models import Evidence
from alongside.apps.insight.operations import add_quoted_words
from alongside.apps.insight.queries import get_insight_page
from alongside.apps.people.models import Erasure, Person, RoleGrant
from alongside.apps.people.operations import erase_person, erase_subject, preview_erasure, replay_erasures
from alongside.apps.people.operations.erasing import ledger_path, read_ledger
from tests.factories import engagement as listening
from tests.factories import insight
from tests.factories.people import NOW, make_person, make_viewer
from tests.factories.requests import (
    EMAIL,
    NAME,
    WORDS,
    ask,
    ask_and_know,
    have_say,
    join,
    make_governance,
)

pytestmark = pytest.mark.django_db
CANARIES = ("Zorrander", "zorrander", "900417", "999 123 4560", "zylopharm")


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Keep the ledger and uploads of each test apart."""
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"


# Lines that nobody can change, and no erasure does: a backup holds them as they stand.
NEVER_CHANGED = {"people_consent_line"}


def find_in_tables(words: tuple[str, ...] = CANARIES) -> list[str]:
    """Return every column of every table, the libraries' too, in which one of these words stands."""
    found = []
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description or ()]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    plain = (
                        bytes(value).decode("utf-8", "ignore")
                        if isinstance(value, bytes | memoryview)
                        else str(value)
                    )
                    found += [f"{table}.{name}: {word}" for word in words if word in plain]
    return found


def plant() -> dict[str, Any]:
    """Plant the same person in every room."""
    lead = make_viewer("engagement_lead", name="Ada Okafor")
    spoke = have_say()
    member = join()
    account = make_person("patient_partner", name=NAME, email=EMAIL)
    voice = Voice.objects.get(speaker=spoke.speaker)
    theme = insight.make_theme(spoke.engagement, [voice], "Being rung", lead)
    found = insight.make_insight(theme, lead, statement="People wait for a call")
    add_quoted_words(by=lead, at=NOW, insight_id=found, voice_id=voice.id, words="nobody rang")
    set_basis(voice_ids=[voice.id], basis_id=voice.basis_id, reason=f"{NAME} asked us to", by=SYSTEM, at=NOW)
    save_view(page="members", name=f"About {NAME}", query=f"q={EMAIL}", by=lead, at=NOW)
    typed = listening.make_voices(spoke.engagement, f"I sat beside {NAME.upper()} and she cried.", by=SYSTEM)
    browser = SessionStore()
    browser["say-abc"] = {"contact": {"email": EMAIL, "name": NAME}, "answers": {"1": WORDS}}
    browser.create()
    return {
        "lead": lead, "spoke": spoke, "member": member, "account": account, "voice": voice, "insight": found,
        "typed": typed[0], "browser": browser.session_key,
    }  # fmt: skip


def erase_planted(by: Viewer) -> Erasure:
    request = ask_and_know(by, "erasure")
    return erase_person(request_id=request.id, typed="erase", by=by, at=NOW)


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


def test_a_restored_backup_is_cleared_by_replaying_the_ledger(tmp_path: Path) -> None:
    """A backup is a copy from before the erasure; here the same rows are put back as they were."""
    # Given a backup of every table, and an erasure after it
    planted = plant()
    backup = {model: list(model._base_manager.values()) for model in apps.get_models() if is_ours(model)}
    by = make_governance()
    erase_planted(by)
    ledger = tmp_path / "kept-ledger.jsonl"
    shutil.copy(ledger_path(), ledger)
    # When the backup is restored
    restore(backup)
    assert find_in_tables() != []
    # And the ledger is replayed, twice
    assert replay_erasures(ledger_path=ledger, by=SYSTEM, at=NOW + timedelta(days=9)) == 1
    assert replay_erasures(ledger_path=ledger, by=SYSTEM, at=NOW + timedelta(days=9)) == 0
    # Then nothing of theirs is there again, and the record of it is
    assert [one for one in find_in_tables() if not one.startswith("django_session")] == []
    assert Erasure.objects.get().replayed_at == NOW + timedelta(days=9)
    assert Voice.with_staged.get(id=planted["voice"].id).text == ""


def is_ours(model: type[models.Model]) -> bool:
    return model.__module__.startswith("alongside.")


def restore(backup: dict[type[models.Model], list[dict[str, Any]]]) -> None:
    """Put every table back as it was, as a restored backup holds it."""
    with without_triggers(by=SYSTEM, at=NOW, reason="backup of Monday"):
        back = {model: rows for model, rows in backup.items() if model._meta.db_table not in NEVER_CHANGED}
        for model in back:
            model._base_manager.all()._raw_delete("default")
        for model, rows in back.items():
            model._base_manager.bulk_create([model(**row) for row in rows])


def test_a_changed_ledger_is_refused(tmp_path: Path) -> None:
    for name in ("First", "Second"):
        spoke = have_say(f"Words of {name}", name=f"{name} Person", email=f"{name}@example.org")
        erase_subject(
            subject=Subject(speaker_ids=frozenset({spoke.speaker.id})), kind="person", by=SYSTEM, at=NOW
        )
    lines = read_ledger(ledger_path())
    assert len(lines) == 2
    other = tmp_path / "other.jsonl"
    for broken in (
        [lines[1]],
        [lines[1], lines[0]],
        [lines[0].replace("2026", "2025"), lines[1]],
        ["{", lines[0]],
        ["3"],
    ):
        other.write_text("\n".join(broken) + "\n")
        with pytest.raises(Refused, match=r"Line 1 of the ledger|Line 2"):
            replay_erasures(ledger_path=other, by=SYSTEM, at=NOW)


def test_a_line_cut_off_by_a_crash_is_written_over() -> None:
    spoke = have_say()
    ledger_path().parent.mkdir(parents=True, exist_ok=True)
    ledger_path().write_text('{"id": "cut o')
    erase_subject(
        subject=Subject(speaker_ids=frozenset({spoke.speaker.id})), kind="person", by=SYSTEM, at=NOW
    )
    assert replay_erasures(ledger_path=ledger_path(), by=SYSTEM, at=NOW) == 0
    assert len(read_ledger(ledger_path())) == 1


def test_without_a_ledger_there_is_nothing_to_replay(tmp_path: Path) -> None:
    assert replay_erasures(ledger_path=tmp_path / "none.jsonl", by=SYSTEM, at=NOW) == 0


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


@pytest.mark.django_db(transaction=True)
def test_a_real_backup_from_before_an_erasure_comes_back_without_them(tmp_path: Path) -> None:
    plant()
    file = tmp_path / "before.backup"
    make_backup(path=file, passphrase=None, by=SYSTEM, at=NOW)
    by = make_governance()
    erase_planted(by)
    summary = inspect_backup(file, None)
    restore_backup(
        path=file, passphrase=None, summary=summary, may_replace=True, by=SYSTEM, at=NOW + timedelta(days=3)
    )
    assert find_in_tables() == []
    assert Erasure.objects.get().replayed_at == NOW + timedelta(days=3)
    # And where the ledger was changed, nothing is restored
    ledger_path().write_text(ledger_path().read_text().replace("2026", "2025"))
    with pytest.raises(BackupRefused, match="ledger of erasures was changed"):
        restore_backup(path=file, passphrase=None, summary=summary, may_replace=True, by=SYSTEM, at=NOW)
    assert find_in_tables() == []
