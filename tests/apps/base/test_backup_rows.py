"""Each value of a row goes into a backup and comes back the same, on either database."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.apps.registry import Apps
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.db.models.functions import Collate

from alongside.apps.base.operations.backups import rows


class Everything(models.Model):
    """A table with each kind of column; it is never made."""

    id = models.CharField(primary_key=True, max_length=10)
    moment = models.DateTimeField()
    day = models.DateField()
    hour = models.TimeField()
    span = models.DurationField(null=True)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    secret = models.BinaryField()
    told = models.JSONField()
    other = models.ForeignKey("self", on_delete=models.PROTECT, null=True)

    class Meta:
        app_label = "base"
        managed = False
        apps = Apps()  # of its own, so that nobody else meets a table that is not there


@pytest.mark.parametrize(
    ("name", "value", "plain"),
    [
        (
            "moment",
            datetime(2026, 3, 1, 9, 30, 0, 5, tzinfo=timezone(timedelta(hours=1))),
            "2026-03-01T08:30:00.000005+00:00",
        ),
        ("day", date(2026, 3, 1), "2026-03-01"),
        ("hour", time(9, 30), "09:30:00"),
        ("span", timedelta(days=2, microseconds=7), "172800000007"),
        ("price", Decimal("12.50"), "12.50"),
        ("secret", b"\x00\xff", "AP8="),
        ("told", {"b": [1, "two"]}, {"b": [1, "two"]}),
        ("other", "k1", "k1"),
        ("span", None, None),
    ],
)
def test_a_value_goes_in_and_comes_out(name: str, value: object, plain: object) -> None:
    field = Everything._meta.get_field(name)
    assert rows._encoder(field)(value) == plain
    expected = field.get_db_prep_save(  # type: ignore[union-attr]
        value.astimezone(UTC) if isinstance(value, datetime) else value, connection
    )
    found = rows._decoder(field)(plain)
    assert repr(found) == repr(expected) or bytes(found) == bytes(expected)  # type: ignore[call-overload]


def test_a_uuid_is_written_the_same_from_either_database() -> None:
    assert rows._plain(UUID(int=7)) == f"{7:032x}"


def test_a_kind_of_value_nobody_taught_is_an_error() -> None:
    with pytest.raises(TypeError, match="teach it"):
        rows._plain(object())


def test_keys_of_letters_sort_by_code_point_on_either_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "connection", SimpleNamespace(vendor="postgresql"))
    assert isinstance(rows._order(Session), Collate)
    monkeypatch.setattr(rows, "connection", SimpleNamespace(vendor="sqlite"))
    assert rows._order(Session) == "pk"
