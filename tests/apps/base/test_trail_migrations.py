"""Tables change their shape without losing their triggers, and the audit goes on from a baseline."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any
from weakref import ReferenceType

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models.signals import post_migrate, pre_migrate

from alongside.apps.base.bridge.triggers import list_faulty_triggers, list_installed_triggers
from alongside.apps.base.models import AuditChange
from alongside.apps.base.operations.triggers import refresh_triggers, remove_triggers
from alongside.apps.base.rules.audited import AuditedTable, describe_table, list_audited_tables
from alongside.apps.people.models import Organisation
from tests.factories.people import NOW, make_viewer
from tests.factories.trail import seal, verify

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def announce(signal: Any, label: str, plan: list[Any]) -> None:
    """Tell our own receiver what Django would."""
    told = [receiver for (name, _), receiver, *_rest in signal.receivers if name == "alongside.trail"]
    (receiver,) = [one() if isinstance(one, ReferenceType) else one for one in told]
    assert receiver is not None
    receiver(sender=apps.get_app_config(label), plan=plan)


def test_triggers_make_way_for_a_migration_and_come_back_with_a_baseline() -> None:
    make_viewer("analyst")
    plan = [(SimpleNamespace(app_label="people"), False)]
    announce(pre_migrate, "base", [])
    assert list_installed_triggers()
    announce(pre_migrate, "people", plan)
    assert list_installed_triggers()
    announce(pre_migrate, "base", plan)
    assert not list_installed_triggers()
    Organisation.objects.create(name="Made by a migration", kind="own", created_at=NOW)
    announce(post_migrate, "people", plan)
    assert list_faulty_triggers()
    announce(post_migrate, "base", plan)
    assert list_faulty_triggers() == []
    tables = set(AuditChange.objects.filter(kind="baseline").values_list("table_name", flat=True))
    assert {"people_organisation", "people_person"} <= tables
    assert all(name.startswith("people_") for name in tables)
    seal()
    assert verify().findings == ()


def test_a_trigger_of_a_table_that_is_no_longer_audited_is_taken_away() -> None:
    name = "alongside_keep_old"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"CREATE TRIGGER {name} BEFORE DELETE ON django_content_type BEGIN SELECT 1; END")
        else:
            cursor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'"
            )
            cursor.execute(
                f"CREATE TRIGGER {name} BEFORE DELETE ON django_content_type FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
    assert ("django_content_type", name) in list_installed_triggers()
    assert refresh_triggers() == 0
    assert ("django_content_type", name) not in list_installed_triggers()


def test_before_the_audit_has_its_tables_nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    remove_triggers()
    monkeypatch.setattr(connection.introspection, "table_names", lambda: ["people_person"])
    assert refresh_triggers() == 0
    assert not list_installed_triggers()


def test_keys_of_every_kind_are_told_apart() -> None:
    kinds = {table.name: table.key_kind for table in list_audited_tables()}
    assert kinds["people_person"] == "uuid"
    assert kinds["actions_action_insight"] == "number"

    class Note(models.Model):
        word = models.OneToOneField("people.Person", primary_key=True, on_delete=models.CASCADE)

        class Meta:
            app_label = "people"
            managed = False

    class Word(models.Model):
        word = models.CharField(max_length=9, primary_key=True)

        class Meta:
            app_label = "people"
            managed = False

    described: list[AuditedTable] = [describe_table(Note), describe_table(Word)]
    assert [one.key_kind for one in described] == ["uuid", "text"]
    del apps.all_models["people"]["note"], apps.all_models["people"]["word"]
    apps.clear_cache()
