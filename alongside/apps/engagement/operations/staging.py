"""Rows that wait in staging come and go by the thousand; the trail keeps one line for each such batch."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from alongside.apps.base.operations import record_batch
from alongside.apps.engagement.models import insert_rows


def land_rows(
    model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[object]], *, scope: UUID | None
) -> None:
    """Insert rows nobody sees yet under one source or import, and record them; inside the caller's transaction."""
    if not rows or scope is None:
        return
    insert_rows(model, names, rows)
    is_key = model._meta.pk is not None and names[0] == model._meta.pk.name
    ids: list[Any] = [row[0] for row in rows] if is_key else _find_last(model, scope, len(rows))
    record_batch(model=model, ids=ids, scope=scope)


def _find_last(model: type[models.Model], import_id: UUID, number: int) -> list[int]:
    """Return the ids the database has just given to rows of this import; only one worker lands its rows."""
    rows = model._base_manager.filter(of_import=import_id).order_by("-pk")
    return list(rows.values_list("pk", flat=True)[:number])


def delete_staged(rows: "QuerySet[Any]", *, scope: UUID | None) -> None:
    """Take staged rows away again, and record that; inside the caller's transaction."""
    ids = list(rows.values_list("pk", flat=True))
    if ids and scope is not None:
        record_batch(model=rows.model, ids=ids, scope=scope, taken_out=True)
    rows.model._base_manager.filter(pk__in=ids)._raw_delete(using="default")
