"""Rules of events: clocks that skip an hour or show it twice, titles in calendars, who is next on a list."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.apps.base.rules import Refused
from alongside.apps.partnership.models import Event, Registration
from alongside.apps.partnership.rules.event_clock import as_local, find_which, read_local
from alongside.apps.partnership.rules.events import (
    EventTerms,
    check_can_move,
    check_changeable,
    check_neutral_title,
    check_ready_to_open,
    check_report,
    check_visibility_stays,
    find_avoided,
    find_reminder,
    find_report_due,
    list_next_states,
    make_avoided,
)
from alongside.apps.partnership.rules.projects import list_next_states as next_project_states
from alongside.apps.partnership.rules.registrations import (
    CLASSES,
    MOVES,
    Places,
    check_few_lately,
    find_next,
    hash_code,
    make_receipt_code,
)

LONDON = ZoneInfo("Europe/London")
AVOIDED = make_avoided(
    ["psori", "heart"], ["young people’s asthma", "Second Stair Heart Group", "Ada Okafor", ""]
)
TERMS = EventTerms(7, (3, 7), timedelta(hours=48), 60, ())
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


@settings(max_examples=60)
@given(st.integers(26_000_000, 34_000_000).map(lambda minutes: datetime.fromtimestamp(minutes * 60, UTC)))
def test_every_moment_is_read_back_from_what_its_clock_shows(moment: datetime) -> None:
    local = as_local(moment)

    assert read_local(local.date(), local.time(), which=find_which(moment)) == moment


@given(st.integers(min_value=0, max_value=59))
@settings(max_examples=10)
def test_an_hour_that_clocks_skip_is_refused_with_times_that_exist(minute: int) -> None:
    with pytest.raises(Refused, match="skip it"):
        read_local(date(2026, 3, 29), time(1, minute))


def test_an_hour_shown_twice_is_asked_about_and_each_answer_is_its_own_moment() -> None:
    with pytest.raises(Refused, match="twice"):
        read_local(date(2026, 10, 25), time(1, 30))
    first = read_local(date(2026, 10, 25), time(1, 30), which="first")
    second = read_local(date(2026, 10, 25), time(1, 30), which="second")

    assert second - first == timedelta(hours=1)
    assert (find_which(first), find_which(second)) == ("first", "second")
    with pytest.raises(Refused):
        read_local(date(2026, 10, 25), time(1, 30), which="third")


def test_the_same_time_of_day_is_another_moment_in_summer() -> None:
    assert read_local(date(2026, 7, 1), time(10)) == datetime(2026, 7, 1, 9, tzinfo=UTC)
    assert read_local(date(2026, 12, 1), time(10)) == datetime(2026, 12, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "title",
    [
        "Psoriasis day",
        "Evening with Second Stair heart group",
        "Young people's Asthma",
        "Lunch with ada okafor",
        "  ",
        "Young People’s asthma day",
    ],
)
def test_a_calendar_title_says_nothing_of_illness_people_or_groups(title: str) -> None:
    with pytest.raises(Refused):
        check_neutral_title(title, AVOIDED)


def test_neutral_words_may_stand_in_a_calendar() -> None:
    check_neutral_title("Partnership day, second part", AVOIDED)
    assert find_avoided("", AVOIDED) == ""
    assert find_avoided("Partnership day", make_avoided([], [])) == ""


def test_an_event_moves_only_as_its_table_says_and_with_its_words() -> None:
    event = Event(state="idea", starts_at=AT + timedelta(days=1), ends_at=AT + timedelta(days=1, hours=2))
    for to, words, message in (
        ("open", "", "cannot become"),
        ("nonsense", "", "cannot become"),
        ("cancelled", "", "Say why"),
    ):
        with pytest.raises(Refused, match=message):
            check_can_move(event, to, words, AT)
    check_can_move(event, "cancelled", "Too few", AT)
    event.state = "approved"
    check_can_move(event, "open", "", AT)
    with pytest.raises(Refused, match="past"):
        check_can_move(event, "open", "", AT + timedelta(days=2))
    with pytest.raises(Refused, match="Say why it goes back"):
        check_can_move(event, "idea", "", AT)
    event.state = "open"
    with pytest.raises(Refused, match="Until then"):
        check_can_move(event, "held", "", AT)
    check_can_move(event, "held", "", AT + timedelta(days=2))
    check_changeable(event)
    with pytest.raises(Refused):
        check_changeable(Event(state="held"))


@pytest.mark.parametrize(
    ("missing", "kind"),
    [
        ("purpose", "own"), ("access_plan", "own"), ("venue", "own"), ("venue_reason", "own"),
        ("acknowledgement", "sponsored"), ("acknowledged_where", "joint"), ("agenda", "own"), ("partners", "joint"),
    ],
)  # fmt: skip
def test_an_event_is_not_opened_before_its_page_says_everything(missing: str, kind: str) -> None:
    words = ("purpose", "access_plan", "venue", "venue_reason", "acknowledgement", "acknowledged_where")
    event = Event(kind=kind, place="hybrid", **{name: "" if name == missing else "Words" for name in words})
    with pytest.raises(Refused):
        check_ready_to_open(event, agenda_items=int(missing != "agenda"), has_partners=missing != "partners")


def test_an_online_event_needs_no_venue() -> None:
    event = Event(kind="own", place="online", purpose="Learning", access_plan="Captions")
    check_ready_to_open(event, agenda_items=1, has_partners=False)


def test_who_may_see_an_event_stays_once_somebody_registered() -> None:
    check_visibility_stays(Event(visibility="public"), "team")
    with pytest.raises(Refused):
        check_visibility_stays(Event(visibility="public", registered_at=AT), "team")
    check_visibility_stays(Event(visibility="public", registered_at=AT), "public")


def test_a_report_says_what_happened_and_why_it_cost_more() -> None:
    with pytest.raises(Refused, match="what happened"):
        check_report(what_happened=" ", over=(), because="")
    with pytest.raises(Refused, match="lunch"):
        check_report(what_happened="We met", over=("lunch",), because=" ")
    check_report(what_happened="We met", over=("lunch",), because="Two more came")
    check_report(what_happened="We met", over=(), because="")


def test_a_report_is_due_and_reminded_of_on_its_days() -> None:
    ended = date(2026, 11, 1)
    assert find_report_due(ended, TERMS) == date(2026, 11, 8)
    assert [find_reminder(ended, ended + timedelta(days=days), TERMS) for days in (0, 3, 6, 7)] == [
        0,
        1,
        1,
        2,
    ]


@settings(max_examples=60)
@given(
    st.integers(1, 6),
    st.integers(0, 3),
    st.integers(0, 6),
    st.lists(st.booleans(), max_size=8),
)
def test_offers_never_exceed_the_places_and_pass_nobody_by(
    capacity: int, carer_places: int, held: int, waiting: list[bool]
) -> None:
    places = Places(capacity, carer_places, min(held, capacity), 0)
    pairs = [(str(number), carer) for number, carer in enumerate(waiting)]
    found = find_next(places, pairs)
    chosen = [carer for key, carer in pairs if key in found]

    assert places.held + len(found) <= capacity
    assert sum(chosen) <= carer_places
    passed = [carer for key, carer in pairs if key not in found and any(int(one) > int(key) for one in found)]
    assert all(passed)  # only somebody whose carer had no place is passed by
    if len(found) < capacity - places.held:
        assert all(carer for key, carer in pairs if key not in found)


def test_every_state_has_its_class_and_its_moves() -> None:
    assert (list_next_states("closed"), next_project_states("closed")) == ((), ())
    assert set(CLASSES) == set(MOVES) == set(Registration.State.values)
    assert {state for state, one in CLASSES.items() if one.holds_place} == set(Registration.HOLD)
    assert [state for state, one in CLASSES.items() if one.is_counted] == ["registered", "attended"]


def test_a_code_is_known_however_it_is_typed() -> None:
    code = make_receipt_code()
    assert hash_code(code) == hash_code(f" {code.lower().replace('-', ' ')} ")
    with pytest.raises(Refused):
        check_few_lately(60, 60)
    check_few_lately(59, 60)
