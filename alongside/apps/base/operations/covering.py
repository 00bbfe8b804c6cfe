"""Covering a person's name wherever it stands in free text, and leaving nothing of it in the database's files."""

from collections.abc import Collection
from itertools import groupby

from django.db import connection, transaction

from alongside.apps.base.models import AuditLine
from alongside.apps.base.queries.mentions import list_mentions
from alongside.apps.base.rules.naming import cover_names, keep_telling
from alongside.apps.base.rules.subjects import ErasedRows

SHRED = {"sqlite": "PRAGMA wal_checkpoint(TRUNCATE)", "postgresql": "VACUUM"}


@transaction.atomic
def cover_mentions(*, names: Collection[str]) -> list[ErasedRows]:
    """Cover these names in every free text of every room, letter for letter; say where. The caller audits it."""
    telling = keep_telling(names)
    found = sorted(list_mentions(telling), key=lambda one: one.table)
    covered = []
    for table, mentions in groupby(found, key=lambda one: one.table):
        number = 0
        for mention in mentions:
            row = mention.model._base_manager.filter(pk=mention.row_id)
            value = row.values_list(mention.field, flat=True).get()
            # The trail cannot be rewritten: a reason that names somebody is emptied, and its sealed digest stays.
            new = "" if mention.model is AuditLine else cover_in(value, telling)
            row.update(**{mention.field: new})
            number += 1
        covered.append(ErasedRows(table=table, erased=number, because="named in somebody else’s words"))
    return covered


def cover_in(value: object, names: Collection[str]) -> object:
    """Return a text, or whatever JSON holds, with these names covered."""
    if isinstance(value, str):
        return cover_names(value, names)
    if isinstance(value, list):
        return [cover_in(part, names) for part in value]
    if isinstance(value, dict):
        return {cover_names(str(key), names): cover_in(part, names) for key, part in value.items()}
    return value


def shred_free_space() -> None:
    """Overwrite what an erasure left behind in the database's own files; call it after the commit.

    SQLite overwrites deleted cells by itself (secure_delete), so its log of writes is folded in and cut to nothing.
    PostgreSQL keeps the old rows until a vacuum.
    """
    with connection.cursor() as cursor:
        cursor.execute(SHRED[connection.vendor])
