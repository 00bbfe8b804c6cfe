"""Rows as lines of JSON that mean the same on either database, and their digest."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import F
from django.db.models.functions import Collate

CHUNK_ROWS = 2_000


def list_columns(model: type[models.Model]) -> tuple[str, ...]:
    """Return the names of a table's columns that hold data, in their own order."""
    return tuple(field.column for field in _fields(model))


def read_lines(model: type[models.Model]) -> Iterator[bytes]:
    """Yield each row of a table as a line of JSON, in the order of its key; memory stays flat."""
    fields = _fields(model)
    encoders = [_encoder(field) for field in fields]
    rows = model._base_manager.order_by(_order(model)).values_list(*[field.attname for field in fields])
    for row in rows.iterator(chunk_size=CHUNK_ROWS):
        values = [encode(value) for encode, value in zip(encoders, row, strict=True)]
        yield json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def digest_table(model: type[models.Model]) -> tuple[int, str]:
    """Return how many rows a table has now, and the SHA-256 of their lines."""
    digest, rows = hashlib.sha256(), 0
    for line in read_lines(model):
        digest.update(line)
        rows += 1
    return rows, digest.hexdigest()


def insert_lines(model: type[models.Model], columns: Sequence[str], lines: Sequence[bytes]) -> None:
    """Insert rows that `read_lines` wrote, each value as it was, whatever the columns' order."""
    by_column = {field.column: field for field in _fields(model)}
    decoders = [_decoder(by_column[column]) for column in columns]
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    marks = ", ".join(["%s"] * len(columns))
    rows: list[Any] = [
        [decode(value) for decode, value in zip(decoders, json.loads(line), strict=True)] for line in lines
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})",  # noqa: S608  (our own names)
            rows,
        )


def _fields(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not field.generated]


def _order(model: type[models.Model]) -> Any:
    """Return an order that both databases keep: letters by their code points, whatever the place's language."""
    key = model._meta.pk
    if connection.vendor == "postgresql" and isinstance(key, (models.CharField, models.TextField)):
        return Collate(F(key.attname), "C")
    return "pk"


def _plain(value: object) -> object:
    """Return a value of any column but JSON as JSON can hold it."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, timedelta):
        return str(value // timedelta(microseconds=1))
    if isinstance(value, (bytes, bytearray, memoryview)):
        return base64.b64encode(bytes(value)).decode()
    raise TypeError(f"a backup cannot hold a {type(value).__name__} yet: teach it in rows.py")


def _encoder(field: Any) -> Callable[[object], object]:
    return (lambda value: value) if isinstance(field, models.JSONField) else _plain


def _decoder(field: Any) -> Callable[[Any], object]:
    """Return what brings a plain value back to what the database takes in this column."""
    prepare = field.get_db_prep_save
    kind = field
    while kind.remote_field is not None:
        kind = kind.target_field
    if isinstance(kind, models.JSONField):
        read: Callable[[Any], object] = lambda value: value  # noqa: E731
    elif isinstance(kind, models.BinaryField):
        read = base64.b64decode
    elif isinstance(kind, models.DurationField):
        read = lambda value: timedelta(microseconds=int(value))  # noqa: E731
    else:
        read = kind.to_python
    return lambda value: prepare(None if value is None else read(value), connection)
