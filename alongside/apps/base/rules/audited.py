"""Which tables are audited and how each of their columns is treated, read from the models themselves.

A model says more in its `class Privacy`: `subject`, the column with the id of whom a row is about; `passing`, fields
that change all the time and mean nothing (a heartbeat); `batch`, for rows that wait in staging by the million: the
column that names what they belong to, the table it lies in, and the column there that is empty while they wait;
`secret`, fields of which not even a locked value is kept, only a digest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import models

OURS = "alongside."
OTHERS = frozenset({"account", "mfa"})  # labels of third-party apps whose tables say who can sign in
# The trail cannot audit itself; a key's own value seals itself, and its line says when it was made and destroyed.
LEFT_OUT = frozenset(
    {"base_audit_line", "base_audit_change", "base_audit_value", "base_audit_head", "base_person_key"}
)
APPEND_ONLY = ("base_audit_line", "base_audit_change", "base_audit_value")
# Columns of third-party tables that open doors; ours say `secret` in their Privacy.
SECRETS = frozenset({"key", "code", "data", "secret", "token", "password"})


@dataclass(frozen=True)
class Batch:
    """Rows that wait together: `column` names what they belong to, a row of `table` whose `open_column` is empty."""

    column: str
    table: str
    open_column: str


@dataclass(frozen=True)
class Column:
    """One column: its name in the database, and whether it holds bytes, or yes and no."""

    name: str
    is_binary: bool
    is_boolean: bool = False


@dataclass(frozen=True)
class AuditedTable:
    """One audited table. Names are those of the database; `personal` and `masked` are names of columns."""

    name: str
    key: str
    key_kind: str  # number, uuid or text
    columns: tuple[Column, ...]
    personal: frozenset[str]
    masked: frozenset[str]
    passing: tuple[str, ...]
    subject: str
    batch: Batch | None

    @property
    def watched(self) -> tuple[Column, ...]:
        """Return the columns whose change is worth a line."""
        return tuple(column for column in self.columns if column.name not in self.passing)


def _is_audited(model: type[models.Model]) -> bool:
    owner = model._meta.auto_created or model
    is_ours = owner.__module__.startswith(OURS) or model._meta.app_label in OTHERS
    return is_ours and model._meta.managed and not model._meta.proxy and model._meta.db_table not in LEFT_OUT


def _columns_of(model: type[models.Model], names: Any) -> Iterator[str]:
    known = {field.name: field.column for field in model._meta.local_concrete_fields}
    for name in names:
        if column := known.get(name):
            yield column


def _kind_of(key: object) -> str:
    if isinstance(key, (models.ForeignKey, models.OneToOneField)):
        return _kind_of(key.target_field)
    if isinstance(key, models.IntegerField):
        return "number"
    return "uuid" if isinstance(key, models.UUIDField) else "text"


def describe_table(model: type[models.Model]) -> AuditedTable:
    """Return how one model's table is audited."""
    meta = model._meta
    privacy = getattr(model, "Privacy", None)
    fields = meta.local_concrete_fields
    key = (meta.pk.column if meta.pk else None) or "id"
    columns = tuple(
        Column(
            field.column or field.name,
            isinstance(field, models.BinaryField),
            isinstance(field, models.BooleanField),
        )
        for field in fields
    )
    every = [field.name for field in fields if field.column != key]
    personal = getattr(privacy, "personal", every if meta.app_label in OTHERS else ())
    subject = getattr(privacy, "subject", "user_id" if meta.app_label in OTHERS else "")
    batch = getattr(privacy, "batch", None)
    names = {column.name for column in columns}
    ours = _columns_of(model, ("password", *getattr(privacy, "secret", ())))
    secrets = SECRETS & names if meta.app_label in OTHERS else ours
    return AuditedTable(
        name=meta.db_table,
        key=key,
        key_kind=_kind_of(meta.pk),
        columns=columns,
        personal=frozenset(_columns_of(model, personal)),
        masked=frozenset(secrets),
        passing=tuple(_columns_of(model, getattr(privacy, "passing", ()))),
        subject=subject if subject in names else "",
        batch=Batch(*batch) if batch else None,
    )


@lru_cache
def list_audited_tables() -> tuple[AuditedTable, ...]:
    """Return every audited table, by name."""
    every = apps.get_models(include_auto_created=True)
    return tuple(sorted((describe_table(one) for one in every if _is_audited(one)), key=lambda one: one.name))


def find_audited_table(name: str) -> AuditedTable | None:
    """Return one audited table by its name in the database."""
    return next((one for one in list_audited_tables() if one.name == name), None)


def list_tables_of_apps(labels: frozenset[str]) -> frozenset[str]:
    """Return the names of the tables these apps own."""
    every = apps.get_models(include_auto_created=True)
    return frozenset(one._meta.db_table for one in every if one._meta.app_label in labels)
