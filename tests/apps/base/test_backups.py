"""A backup holds everything, comes back exactly, and is refused where it could not."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, models

from alongside.apps.base.bridge.backups import ArchiveReader
from alongside.apps.base.models import AuditLine
from alongside.apps.base.operations.backups import (
    BackupRefused,
    make_backup,
    making,
    restoring,
    rows,
)
from alongside.apps.base.operations.backups.making import list_database_tables
from alongside.apps.base.operations.keys import ToLock, lock_for, open_for
from alongside.apps.base.rules import SYSTEM
from alongside.apps.base.rules.backups import LEFT_OUT, list_kept_models, list_missing_tables
from alongside.apps.base.rules.registry import AfterRestore, registry
from alongside.apps.base.rules.subjects import Subject
from alongside.apps.engagement.models import Speaker, Voice
from alongside.apps.people.models import Person
from alongside.apps.people.operations import erase_subject
from tests.factories import actions, engagement, people
from tests.factories.backups import back_up, fill, picture, put_back
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db(transaction=True)


RAN: list[str] = []


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    (tmp_path / "files" / "uploads").mkdir(parents=True)
    (tmp_path / "files" / "uploads" / "a1.csv").write_bytes(b"id,comment\n1,Warm blankets\n")
    return tmp_path / "files"


def test_everything_comes_back_as_it_was(
    tmp_path: Path, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "PART_BYTES", 300)  # several parts a table
    monkeypatch.setattr(restoring, "INSERT_ROWS", 2)
    fill()
    before = picture()
    path = back_up(tmp_path / "night.backup")
    lines = list(
        AuditLine.objects.exclude(operation="make_backup")
        .order_by("id")
        .values("id", "at", "operation", "detail")
    )
    Voice.objects.filter(text="Kind staff").update(text="Changed since")
    people.make_person("analyst", name="Came later", email="later@people.example")
    (files / "uploads" / "a1.csv").unlink()
    (files / "later.txt").write_text("came later")

    put_back(path)

    assert picture() == before
    here = AuditLine.objects.exclude(operation__in=["make_backup", "replay_erasures", "restore_backup"])
    assert list(here.order_by("id").values("id", "at", "operation", "detail")) == lines
    assert sum(count for count, _digest in before.values()) > 40
    assert (files / "uploads" / "a1.csv").read_bytes() == b"id,comment\n1,Warm blankets\n"
    assert not (files / "later.txt").exists()
    assert not Session.objects.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["files", "night.backup"]


def test_what_is_locked_opens_again_because_its_keys_came_back(tmp_path: Path) -> None:
    lead = people.make_person("administrator")
    (locked,) = lock_for([ToLock(lead.id, "only mine", "test:1")], at=NOW)
    path = back_up(tmp_path / "night.backup", "herons on the weir")
    Person.objects.filter(id=lead.id).update(name="Somebody else")
    put_back(path, "herons on the weir")
    assert open_for(lead.id, locked, place="test:1") == "only mine"


def test_new_rows_go_on_counting_after_the_restored_ones(tmp_path: Path) -> None:
    fill()
    numbered = [
        model
        for model in list_kept_models()
        if isinstance(model._meta.pk, models.AutoField | models.BigAutoField)
    ]
    assert numbered
    path = back_up(tmp_path / "night.backup")
    put_back(path)
    listened = engagement.make_engagement()
    engagement.make_voices(listened, "After the restore")
    actions.make_action_with_people(mails=["b@people.example"])


def test_the_vault_key_and_the_secret_key_are_not_in_it(tmp_path: Path, settings: Any) -> None:
    fill()
    path = back_up(tmp_path / "night.backup")
    with ArchiveReader(path) as archive:
        content = b"".join(part.read() for part in archive.parts())
    assert settings.SECRET_KEY.encode() not in content
    assert settings.VAULT_KEYS.encode() not in content


def test_every_table_is_in_a_backup_or_left_out_with_a_reason() -> None:
    assert list_missing_tables(list_database_tables()) == []
    assert all(one.reason for one in LEFT_OUT)
    # A list that names what is gone would hide what is new.
    assert {one.table for one in LEFT_OUT} <= list_database_tables()


def test_a_table_nobody_decided_about_stops_a_backup(tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE base_forgotten (words text)")
    try:
        with pytest.raises(BackupRefused, match="base_forgotten"):
            back_up(tmp_path / "night.backup")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE base_forgotten")


def test_every_column_in_the_database_is_one_a_backup_holds() -> None:
    with connection.cursor() as cursor:
        for model in list_kept_models():
            table = model._meta.db_table
            found = {column.name for column in connection.introspection.get_table_description(cursor, table)}
            assert found == set(rows.list_columns(model)), table


def test_nothing_kept_points_at_what_is_left_out() -> None:
    left_out = {one.table for one in LEFT_OUT}
    for model in list_kept_models():
        for field in model._meta.concrete_fields:
            assert field.remote_field is None or field.remote_field.model._meta.db_table not in left_out


def test_an_installation_in_use_is_not_replaced_unasked(tmp_path: Path) -> None:
    fill()
    path = back_up(tmp_path / "night.backup")
    with pytest.raises(BackupRefused, match="--replace") as refused:
        put_back(path, may_replace=False)
    assert refused.value.kind == "place"
    Person.objects.all()  # still there
    assert Person.objects.count() >= 1


def test_an_empty_installation_needs_no_word(tmp_path: Path) -> None:
    path = back_up(tmp_path / "night.backup")
    put_back(path, may_replace=False)


def note_that_it_ran(*, at: object) -> None:
    RAN.append("ran")
    if os.environ.get("FAIL_AFTER_RESTORE"):
        raise RuntimeError


def test_other_rooms_have_their_say_before_restored_rows_count(tmp_path: Path) -> None:
    RAN.clear()
    registry.add_after_restore(AfterRestore("test", 1, f"{__name__}.note_that_it_ran"))
    try:
        put_back(back_up(tmp_path / "night.backup"))
    finally:
        registry.after_restore.pop("test")
    assert RAN == ["ran"]


def test_where_the_last_step_fails_rows_and_files_are_as_before(
    tmp_path: Path, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill()
    path = back_up(tmp_path / "night.backup")
    (files / "later.txt").write_text("came later")
    before = picture()
    put_in_place = restoring._PutInPlace.__call__

    def put_and_fail(swap: restoring._PutInPlace) -> None:
        put_in_place(swap)
        raise OSError("the disk went away")

    monkeypatch.setattr(restoring._PutInPlace, "__call__", put_and_fail)
    with pytest.raises(OSError, match="went away"):
        put_back(path)
    assert picture() == before
    assert (files / "later.txt").read_text() == "came later"


def test_a_file_taken_away_while_the_backup_is_made_is_still_in_it(
    tmp_path: Path, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_table = making._write_table

    def take_away(*arguments: Any) -> Any:
        (files / "uploads" / "a1.csv").unlink(missing_ok=True)
        return write_table(*arguments)

    monkeypatch.setattr(making, "_write_table", take_away)
    summary = make_backup(path=tmp_path / "night.backup", passphrase=None, by=SYSTEM, at=NOW)
    assert [entry.name for entry in summary.files] == ["uploads/a1.csv"]


def test_where_second_names_cannot_be_given_files_are_copied(
    tmp_path: Path, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (files / "uploads" / "gone.csv").write_text("soon gone")
    (files / "link").symlink_to("/etc/hostname")
    link = os.link

    def refuse(path: Path, to: Path) -> None:
        if path.name == "gone.csv":
            raise FileNotFoundError
        if path.name == "a1.csv":
            raise OSError("no links here")
        link(path, to)

    monkeypatch.setattr("alongside.apps.base.operations.backups.making.os.link", refuse)
    (tmp_path / f"{making.LINKS_PREFIX}old").mkdir()
    summary = make_backup(path=tmp_path / "night.backup", passphrase=None, by=SYSTEM, at=NOW)
    assert [entry.name for entry in summary.files] == ["uploads/a1.csv"]
    assert not list(tmp_path.glob(f"{making.LINKS_PREFIX}*"))


def test_whoever_was_erased_since_is_erased_again(tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path
    listened = engagement.make_engagement()
    engagement.read_table_file(
        listened, engagement.make_csv([(1, "p1", "My canary sings at night")]), by=SYSTEM
    )
    speaker = Speaker.objects.get()
    path = back_up(tmp_path / "night.backup")
    erase_subject(subject=Subject(speaker_ids=frozenset({speaker.id})), kind="person", by=SYSTEM, at=NOW)

    put_back(path)

    assert not Voice.with_staged.filter(text__contains="canary").exists()
