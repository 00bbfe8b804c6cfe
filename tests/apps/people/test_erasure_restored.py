"""Whoever was erased stays erased when a backup from before comes back."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from alongside.apps.base.operations.backups import BackupRefused, inspect_backup, make_backup, restore_backup
from alongside.apps.base.operations.triggers import without_triggers
from alongside.apps.base.rules import SYSTEM, Refused
from alongside.apps.base.rules.subjects import Subject
from alongside.apps.engagement.models import Voice
from alongside.apps.people.models import Erasure
from alongside.apps.people.operations import erase_subject, replay_erasures
from alongside.apps.people.operations.erasing import ledger_path, read_ledger
from tests.factories.canaries import NEVER_CHANGED, erase_planted, find_in_tables, plant
from tests.factories.people import NOW
from tests.factories.requests import (
    have_say,
    make_governance,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Keep the ledger and uploads of each test apart."""
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"


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
