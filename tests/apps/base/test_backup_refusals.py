"""A backup that is damaged, wrong or of another version changes nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from alongside.apps.base.bridge.backups import ArchiveWriter
from alongside.apps.base.operations.backups import (
    BackupRefused,
    inspect_backup,
    restore_backup,
    restoring,
)
from alongside.apps.base.operations.backups.manifest import HEAD_NAME, TALLY_NAME, Head
from alongside.apps.base.operations.backups.reading import check_file_name
from alongside.apps.base.rules import SYSTEM
from tests.factories.backups import back_up, fill, picture, put_back, write_again
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    (tmp_path / "files" / "uploads").mkdir(parents=True)
    (tmp_path / "files" / "uploads" / "a1.csv").write_bytes(b"id,comment\n1,Warm blankets\n")
    return tmp_path / "files"


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


def in_other_words(name: str, content: bytes) -> bytes:
    return b"[]" if name == HEAD_NAME else content


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (in_other_words, "cannot be read"),
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
