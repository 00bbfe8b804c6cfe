"""A backup holds everything, comes back exactly, and is refused where it could not."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, models

from alongside.apps.base.bridge.backups import ArchiveReader, ArchiveWriter
from alongside.apps.base.models import AuditLine
from alongside.apps.base.operations.backups import (
    BackupRefused,
    inspect_backup,
    make_backup,
    making,
    restore_backup,
    restoring,
    rows,
)
from alongside.apps.base.operations.backups.making import list_database_tables
from alongside.apps.base.operations.backups.manifest import HEAD_NAME, TALLY_NAME, Head
from alongside.apps.base.operations.backups.reading import check_file_name
from alongside.apps.base.operations.backups.rows import digest_table
from alongside.apps.base.operations.keys import ToLock, lock_for, open_for
from alongside.apps.base.rules import SYSTEM
from alongside.apps.base.rules.backups import LEFT_OUT, list_kept_models, list_missing_tables
from alongside.apps.base.rules.registry import AfterRestore, registry
from alongside.apps.base.rules.subjects import Subject
from alongside.apps.engagement.models import Speaker, Voice
from alongside.apps.people.models import Person
from alongside.apps.people.operations import erase_subject
from tests.factories import actions, engagement, insight, people
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db(transaction=True)
RAN: list[str] = []


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    (tmp_path / "files" / "uploads").mkdir(parents=True)
    (tmp_path / "files" / "uploads" / "a1.csv").write_bytes(b"id,comment\n1,Warm blankets\n")
    return tmp_path / "files"


def fill() -> None:
    """Put something believable into most tables."""
    lead = people.make_person("engagement_lead", "administrator", email="lead@people.example")
    listened = engagement.make_engagement()
    engagement.make_voices(listened, "Nobody told us. “Wait”, they said 🙂", "It was cold\nand late.")
    engagement.read_table_file(
        listened, engagement.make_csv([(1, "p1", "Long wait"), (2, "p2", "Kind staff")]), by=SYSTEM
    )
    told, _spoke = actions.make_action_with_people(mails=["a@people.example"], phones=1)
    actions.make_round(told)
    looked_at = insight.make_engagement()
    voices = insight.make_voices(looked_at, ["One", "Two", ""])
    insight.make_run(looked_at, insight.Found({"Waiting": voices[:1]}, voices[1:2], voices[2:]))
    lock_for([ToLock(lead.id, "words only she may read", "test:1")], at=NOW)
    Session.objects.create(session_key="a" * 32, session_data="x", expire_date=NOW)


def picture() -> dict[str, tuple[int, str]]:
    """Return what each table holds, but for the audit and its keys, in which restoring writes lines of its own."""
    kept = {model._meta.db_table: model for model in list_kept_models()}
    return {
        table: digest_table(model)
        for table, model in kept.items()
        if not table.startswith(("base_audit_", "base_person_key"))
    }


def back_up(path: Path, passphrase: str | None = None) -> Path:
    make_backup(path=path, passphrase=passphrase, by=SYSTEM, at=NOW)
    return path


def put_back(path: Path, passphrase: str | None = None, *, may_replace: bool = True) -> None:
    summary = inspect_backup(path, passphrase)
    restore_backup(
        path=path, passphrase=passphrase, summary=summary, may_replace=may_replace, by=SYSTEM, at=NOW
    )


def write_again(path: Path, to: Path, change: Any) -> Path:
    """Return a well-sealed copy whose parts went through `change(name, content)`, which may return None to drop one."""
    with ArchiveReader(path) as found, ArchiveWriter(to) as archive:
        for part in found.parts():
            content = change(part.name, part.read())
            if content is not None:
                archive.add_bytes(part.name, content)
    return to


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


@pytest.mark.parametrize("harm", ["cut", "flipped"])
def test_a_damaged_copy_changes_nothing(tmp_path: Path, harm: str) -> None:
    fill()
    before = picture()
    path = back_up(tmp_path / "night.backup")
    content = bytearray(path.read_bytes())
    if harm == "cut":
        del content[-1024:]
    else:
        content[len(content) // 3] ^= 4
    path.write_bytes(bytes(content))
    with pytest.raises(BackupRefused) as refused:
        put_back(path)
    assert refused.value.kind == "damaged"
    assert picture() == before


def test_a_passphrase_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    path = back_up(tmp_path / "night.backup", "herons")
    for wrong in (None, "", "gulls"):
        with pytest.raises(BackupRefused) as refused:
            inspect_backup(path, wrong)
        assert refused.value.kind == "passphrase"
    with pytest.raises(BackupRefused, match="empty"):
        back_up(tmp_path / "other.backup", "")


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "night.backup").write_text("older")
    with pytest.raises(BackupRefused, match="is there already"):
        back_up(tmp_path / "night.backup")


def without_first_row(name: str, content: bytes) -> bytes:
    return content.partition(b"\n")[2] if name.startswith("tables/people_person/") else content


def without_end(name: str, content: bytes) -> bytes | None:
    return None if name == TALLY_NAME else content


def renamed(name: str, content: bytes) -> bytes:
    return content.replace(b'"people_person"', b'"people_human"') if name == HEAD_NAME else content


def of_another_format(name: str, content: bytes) -> bytes:
    return content.replace(b'"format": 1', b'"format": 9') if name == HEAD_NAME else content


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (without_first_row, "not what it says"),
        (without_end, "no end"),
        (renamed, "nobody announced"),
        (of_another_format, "format 9"),
    ],
)
def test_what_does_not_add_up_is_refused(tmp_path: Path, change: Any, words: str) -> None:
    fill()
    path = write_again(back_up(tmp_path / "night.backup"), tmp_path / "changed.backup", change)
    with pytest.raises(BackupRefused, match=words):
        inspect_backup(path, None)


def test_parts_out_of_order_are_refused(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path / "odd.backup") as archive:
        archive.add_bytes("tables/people_person/000001.jsonl", b"[]\n")
    with pytest.raises(BackupRefused, match="order"):
        inspect_backup(tmp_path / "odd.backup", None)


def test_a_file_may_not_lead_out_of_its_folder() -> None:
    for name in ("../escape", "/etc/passwd", "", "a/../../b"):
        with pytest.raises(BackupRefused):
            check_file_name(name)
    assert check_file_name("uploads/a.csv") == "uploads/a.csv"


def change_head(**changes: Any) -> Any:
    def change(name: str, content: bytes) -> bytes:
        return json.dumps({**json.loads(content), **changes}).encode() if name == HEAD_NAME else content

    return change


@pytest.mark.parametrize(
    ("migrations", "words"), [(["base.9999_later"], "newer than this one"), ([], "older than this one")]
)
def test_a_backup_of_another_version_is_refused(tmp_path: Path, migrations: list[str], words: str) -> None:
    path = back_up(tmp_path / "night.backup")
    head = inspect_backup(path, None).head
    wanted = [*head.migrations, *migrations] if migrations else list(head.migrations)[1:]
    changed = write_again(path, tmp_path / "changed.backup", change_head(migrations=wanted))
    with pytest.raises(BackupRefused, match=words) as refused:
        put_back(changed)
    assert refused.value.kind == "version"


def test_a_backup_with_other_columns_is_refused(tmp_path: Path) -> None:
    path = back_up(tmp_path / "night.backup")
    summary = inspect_backup(path, None)
    other = Head(**{**summary.head.__dict__, "columns": summary.head.columns[1:]})
    with pytest.raises(BackupRefused, match="not those of this version"):
        restore_backup(
            path=path,
            passphrase=None,
            summary=type(summary)(other, summary.tables, summary.files),
            may_replace=True,
            by=SYSTEM,
            at=NOW,
        )


def test_rows_that_come_out_otherwise_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill()
    before = picture()
    path = back_up(tmp_path / "night.backup")
    monkeypatch.setattr(restoring, "digest_table", lambda _model: (0, ""))
    with pytest.raises(BackupRefused, match="did not come out"):
        put_back(path)
    assert picture() == before


def test_a_file_that_changes_between_two_readings_is_refused(tmp_path: Path) -> None:
    path = back_up(tmp_path / "night.backup")
    summary = inspect_backup(path, None)
    with pytest.raises(BackupRefused, match="changed while it was read"):
        restore_backup(
            path=path,
            passphrase=None,
            summary=type(summary)(summary.head, summary.tables, ()),
            may_replace=True,
            by=SYSTEM,
            at=NOW,
        )


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
