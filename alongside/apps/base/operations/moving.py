"""Every row that points to one row is made to point to another, column by column, so that it can be put back."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction


@dataclass(frozen=True)
class MovedValue:
    """One column of one row that was changed: `model` is its label, ids and values are texts, "" is nothing."""

    model: str
    row_id: str
    column: str
    was: str
    became: str


def list_pointing(model: type[models.Model]) -> list[tuple[type[models.Model], Any]]:
    """Return the tables whose rows point to this one, each with the column; those between two tables as well."""
    found = [
        (relation.related_model, relation.field)
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel)
    ]
    return sorted(found, key=lambda pair: (pair[0]._meta.label_lower, pair[1].attname))


def count_pointing(
    model: type[models.Model], row_id: object, *, leave_out: Collection[UUID] = ()
) -> Counter[str]:
    """Return how many rows of each table point to a row, by the table's label; `leave_out` are ids not to count."""
    found: Counter[str] = Counter()
    for table, field in list_pointing(model):
        rows = table._base_manager.filter(models.Q((field.attname, row_id)))
        if leave_out and isinstance(table._meta.pk, models.UUIDField):
            rows = rows.exclude(pk__in=list(leave_out))
        found[table._meta.label_lower] += rows.count()
    return +found


def move_rows(
    *, model: type[models.Model], from_id: object, to_id: object, stay: Collection[str] = ()
) -> tuple[list[MovedValue], int]:
    """Make every row that points to one row point to another; return what was changed, and how many stayed.

    A row stays where the other row has its like already and the table takes only one. Tables in `stay` (labels) are
    left alone and not counted. Runs inside the caller's transaction.
    """
    moved: list[MovedValue] = []
    left = 0
    for table, field in list_pointing(model):
        label = table._meta.label_lower
        if label in stay:
            continue
        ids = sorted(
            table._base_manager.filter(models.Q((field.attname, from_id))).values_list("pk", flat=True)
        )
        done = list(_point_at(table, field.attname, ids, to_id))
        left += len(ids) - len(done)
        moved += [MovedValue(label, str(row_id), field.attname, str(from_id), str(to_id)) for row_id in done]
    return moved, left


def _point_at(table: type[models.Model], column: str, ids: Sequence[Any], to_id: object) -> Iterable[Any]:
    """Change all rows in one statement; where one may not change, each by itself."""
    if _try_to_write(table, column, ids, to_id):
        return ids
    return [row_id for row_id in ids if _try_to_write(table, column, [row_id], to_id)]


def _try_to_write(table: type[models.Model], column: str, ids: Sequence[Any], value: object) -> bool:
    try:
        with transaction.atomic():
            for start in range(0, len(ids), 500):
                table._base_manager.filter(pk__in=ids[start : start + 500]).update(**{column: value})
    except IntegrityError:
        return False
    return True


def put_back(values: Iterable[MovedValue]) -> tuple[int, int]:
    """Give each column back what stood there, last changed first; return how many were put back, how many were not.

    What is gone, or has been changed since, is left as it is. Runs inside the caller's transaction.
    """
    back = left = 0
    for one in reversed(list(values)):
        table = apps.get_model(one.model)
        field = next(field for field in table._meta.concrete_fields if field.attname == one.column)
        rows = table._base_manager.filter(pk=one.row_id).filter(
            models.Q((field.attname, _as_value(field, one.became)))
        )
        changed = rows.update(**{field.attname: _as_value(field, one.was)})
        back, left = back + changed, left + 1 - changed
    return back, left


def _as_value(field: Any, text: str) -> Any:
    """Return a stored text as a value of its column."""
    if text == "" and field.null:
        return None
    return (field.target_field if field.is_relation else field).to_python(text)
