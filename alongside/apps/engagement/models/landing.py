"""Many rows at once, in one statement, without an object for each value they already are."""

from collections.abc import Sequence

from django.db import connection, models


def insert_rows(model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Insert rows whose values stand in the order of `names`; a million rows cost seconds, not minutes."""
    if not rows:
        return
    fields = [field for name in names if isinstance(field := model._meta.get_field(name), models.Field)]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column or "") for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    prepare = [field.get_db_prep_save for field in fields]
    values = [
        [to_column(value, connection) for to_column, value in zip(prepare, row, strict=True)] for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})",  # noqa: S608  (our own names)
            values,
        )
