"""An installation with something in each room, backed up and put back."""

from pathlib import Path
from typing import Any

from django.contrib.sessions.models import Session

from alongside.apps.base.bridge.backups import ArchiveReader, ArchiveWriter
from alongside.apps.base.operations.backups import (
    inspect_backup,
    make_backup,
    restore_backup,
)
from alongside.apps.base.operations.backups.rows import digest_table
from alongside.apps.base.operations.keys import ToLock, lock_for
from alongside.apps.base.rules import SYSTEM
from alongside.apps.base.rules.backups import list_kept_models
from tests.factories import actions, engagement, insight, people
from tests.factories.people import NOW


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
