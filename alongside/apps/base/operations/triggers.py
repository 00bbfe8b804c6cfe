"""Install the triggers of the trail, keep them as the models want them, and take them away for a restore."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate

from alongside.apps.base.bridge.telling import say_who_acts, suspended_on_sqlite
from alongside.apps.base.bridge.triggers import drop_sql, list_installed_triggers, list_wanted_triggers
from alongside.apps.base.models import AuditChange
from alongside.apps.base.operations.audit import record_audit
from alongside.apps.base.operations.batches import record_baselines
from alongside.apps.base.rules import Viewer, check, check_may
from alongside.apps.base.rules.audited import list_audited_tables, list_tables_of_apps


def watch_signals() -> None:
    """Begin to keep the triggers in step with the tables, and each connection able to say who acts."""
    connection_created.connect(say_who_acts, dispatch_uid="alongside.trail")
    pre_migrate.connect(_before_migrating, dispatch_uid="alongside.trail")
    post_migrate.connect(_after_migrating, dispatch_uid="alongside.trail")


def _before_migrating(sender: Any, plan: Sequence[Any] = (), **_more: object) -> None:
    """Take the triggers away before tables change: one that names a column on its way out breaks the change."""
    if sender.label == "base" and plan:
        remove_triggers()


def _after_migrating(sender: Any, plan: Sequence[Any] = (), **_more: object) -> None:
    """Put the triggers in place, and write down how the tables of migrated apps stand now."""
    if sender.label == "base":
        moved = list_tables_of_apps(frozenset(migration.app_label for migration, _backwards in plan))
        refresh_triggers(baseline_of=moved)


@transaction.atomic
def refresh_triggers(*, baseline_of: Iterable[str] = ()) -> int:
    """Make the triggers what the models want; return how many were made. Running it twice changes nothing.

    The tables named get a baseline, a digest of every row as it stands; so do all where the trail begins. A trigger
    that merely went missing gets none, for that would bless what was done meanwhile.
    """
    tables = set(connection.introspection.table_names())
    if "base_audit_change" not in tables:
        return 0
    here = list_installed_triggers()
    begins = not here and not AuditChange.objects.exists()
    wanted = {(one.table, one.name): one for one in list_wanted_triggers() if one.table in tables}
    stale = set(here) - {place for place, one in wanted.items() if here.get(place) == one.source}
    missing = [one for place, one in wanted.items() if here.get(place) != one.source]
    _drop(stale)
    _execute(statement for one in missing for statement in one.create)
    due = tables if begins else {*baseline_of} & tables
    record_baselines([one for one in list_audited_tables() if one.name in due])
    return len(missing)


@transaction.atomic
def remove_triggers() -> None:
    """Take every trigger of the trail away."""
    _drop(list_installed_triggers())


@contextmanager
def without_triggers(*, by: Viewer, at: datetime, reason: str) -> Iterator[None]:
    """Let tables be filled from a backup unaudited; the trail comes with the backup. For the restore command only.

    Hold one transaction: rows, triggers and the line that says so come together or not at all. Afterwards every
    trigger is in place again.
    """
    check_may(by, "manage_people")
    check(bool(reason.strip()), "Say why the triggers are taken away, such as the name of the backup.")
    with transaction.atomic():
        remove_triggers()
        with suspended_on_sqlite():
            yield
        refresh_triggers()
        record_audit(by=by, at=at, operation="suspend_audit_triggers", reason=reason)


def _drop(places: Iterable[tuple[str, str]]) -> None:
    known = {(one.table, one.name): one for one in list_wanted_triggers()}
    statements: list[str] = []
    for table, name in places:
        one = known.get((table, name))
        statements += one.drop if one else drop_sql(name)
    _execute(statements)


def _execute(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
