"""Calendar files: whatever is written is read back, on every day of every year."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from alongside.adapters.files.calendars import CalendarEntry, write_calendar

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
MOMENTS = st.integers(1_580_000_000, 2_040_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=90)


@settings(max_examples=50)
@given(MOMENTS, st.integers(1, 5000), WORDS, WORDS, st.integers(0, 99))
def test_an_event_is_read_back_as_it_was_written(
    starts_at: datetime, minutes: int, summary: str, location: str, sequence: int
) -> None:
    entry = CalendarEntry(
        uid="one@alongside",
        sequence=sequence,
        status="CONFIRMED",
        summary=summary,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        changed_at=AT,
        location=location,
        url="https://example.org/events/",
    )
    (event,) = Calendar.from_ical(write_calendar([entry], name="Ours", written_at=AT)).walk("VEVENT")

    assert event["UID"] == "one@alongside"
    assert event["SEQUENCE"] == sequence
    assert event.decoded("DTSTART") == starts_at
    assert event.decoded("DTEND") == entry.ends_at
    assert event.decoded("DTSTAMP") == AT
    assert str(event["SUMMARY"]) == summary
    assert str(event["LOCATION"]) == location


def test_a_cancelled_event_keeps_its_identifier_and_says_so() -> None:
    planned = CalendarEntry("one@alongside", 0, "CONFIRMED", "Day", AT, AT + timedelta(hours=1), AT)
    cancelled = CalendarEntry("one@alongside", 1, "CANCELLED", "Day", AT, AT + timedelta(hours=1), AT)
    text = write_calendar([cancelled], name="Ours", written_at=AT).decode()

    assert "STATUS:CANCELLED" in text
    assert "SEQUENCE:1" in text
    assert "DTSTART:20261122T090000Z" in text
    assert "LOCATION" not in text
    assert "UID:one@alongside" in write_calendar([planned], name="Ours", written_at=AT).decode()


def test_an_empty_calendar_is_a_calendar() -> None:
    assert Calendar.from_ical(write_calendar([], name="Ours", written_at=AT)).walk("VEVENT") == []
