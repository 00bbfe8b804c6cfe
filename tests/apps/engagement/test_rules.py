"""What may not happen, in words for the reader."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.apps.base.rules import Refused
from alongside.apps.base.rules.cells import RowProblem, read_date, read_email, read_short
from alongside.apps.engagement.rules import (
    ALLOWED_MOVES,
    ColumnChoice,
    SpeakerChoice,
    check_choice,
    check_dates,
    check_move,
    check_open,
    check_public_form_open,
    check_questions,
    check_rate,
    check_upload,
    find_import_kind,
    guess_columns,
    hash_header,
    is_blank_answer,
    is_safe_pseudonym,
    make_file_key,
    make_id_key,
)
from alongside.science.themes.words import is_blank
from tests.factories.people import NOW

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text", ["", "  ", "N/A", "did not answer", "Did not answer.", "-", "...", "“no reply”", "Dim ateb"]
)
def test_an_answer_that_says_nothing_is_blank(text: str) -> None:
    assert is_blank_answer(text)


@pytest.mark.parametrize("text", ["No", "None of it helped.", "Nothing.", "👍", "Ok", "na zdraví"])
def test_few_words_are_words(text: str) -> None:
    assert not is_blank_answer(text)


@given(
    st.one_of(st.text(max_size=12), st.sampled_from(["Didn’t answer", "no comment", "No", " (n/a) ", "nan."]))
)
def test_an_answer_is_blank_here_exactly_when_it_is_blank_to_the_theme_engine(text: str) -> None:
    assert is_blank_answer(text) is is_blank(text)


@pytest.mark.parametrize(("name", "is_safe"), [("P3", True), ("Participant 12", True), ("Moderator", True),
                                               ("carer_2", True), ("Jane", False), ("Dr Patel", False),
                                               ("Patience", False), ("p3 Jane", False)])  # fmt: skip
def test_only_a_plain_label_is_shown_as_it_stands_in_the_file(name: str, is_safe: bool) -> None:
    assert is_safe_pseudonym(name) is is_safe


@pytest.mark.parametrize(("text", "order", "day"), [
    ("31/12/2026", "dmy", date(2026, 12, 31)), ("12/31/2026", "mdy", date(2026, 12, 31)),
    ("2026-12-31", "dmy", date(2026, 12, 31)), ("2026/12/31", "ymd", date(2026, 12, 31)),
    ("3 Apr 2026", "dmy", date(2026, 4, 3)), ("April 3, 2026", "mdy", date(2026, 4, 3)),
    ("3.4.26", "dmy", date(2026, 4, 3)), ("1/2/99", "dmy", date(1999, 2, 1)),
    ("2026-04-03T10:15:00", "dmy", date(2026, 4, 3)), ("03/04/2026 10:15", "dmy", date(2026, 4, 3)),
])  # fmt: skip
def test_a_date_is_read_in_the_order_that_was_stated(text: str, order: str, day: date) -> None:
    assert read_date("when", text, order) == day


@pytest.mark.parametrize("text", ["31/02/2026", "soon", "12/31/2026", "1/2", "1/2/3/4", "1/2/026"])
def test_a_date_that_is_none_says_how_to_write_it(text: str) -> None:
    with pytest.raises(RowProblem, match="31/12/2026") as caught:
        read_date("when", text, "dmy")
    assert (caught.value.column, caught.value.value) == ("when", text)


def test_an_empty_date_is_no_date() -> None:
    assert read_date("when", "  ", "dmy") is None


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_every_day_is_read_back_as_it_was_written(day: date) -> None:
    assert read_date("d", f"{day:%d/%m/%Y}", "dmy") == day
    assert read_date("d", f"{day:%m/%d/%Y}", "mdy") == day
    assert read_date("d", day.isoformat(), "ymd") == day


def test_an_address_is_read_and_a_wrong_one_says_what_would_do() -> None:
    assert read_email("mail", " a@example.org ") == "a@example.org"
    assert read_email("mail", "") == ""
    with pytest.raises(RowProblem, match="name@example"):
        read_email("mail", "a at example")
    with pytest.raises(RowProblem):
        read_email("mail", f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 30}.org")


def test_a_short_text_that_is_long_asks_whether_this_is_the_right_column() -> None:
    assert read_short("ward", "  Ward 3 ", 10) == "Ward 3"
    with pytest.raises(RowProblem, match="right column"):
        read_short("ward", "w" * 11, 10)
    with pytest.raises(RowProblem, match="NUL"):
        read_short("ward", "a\x00b", 10)


def test_columns_are_guessed_from_their_names() -> None:
    names = ("comment_id", "date", "trust", "service", "respondent_id", "text", "E-mail", "Age band")
    guess = guess_columns(names)
    assert guess.texts == ("text",)
    assert (guess.id, guess.person, guess.said_on, guess.service) == (
        "comment_id",
        "respondent_id",
        "date",
        "service",
    )
    assert (guess.contact_email, guess.age_band) == ("E-mail", "Age band")
    assert guess_columns(("a", "b")).texts == ()


@pytest.mark.parametrize(("choice", "words"), [
    (ColumnChoice(texts=()), "at least one column"),
    (ColumnChoice(texts=tuple("abcdefghijk")), "at most ten"),
    (ColumnChoice(texts=("gone",)), "no column “gone”"),
    (ColumnChoice(texts=("a",), service="a"), "chosen twice"),
    (ColumnChoice(texts=("a",), contact_email="b"), "did not agree to be contacted"),
    (ColumnChoice(texts=("a",), date_order="dym"), "order of day"),
])  # fmt: skip
def test_a_choice_of_columns_that_cannot_be_says_why(choice: ColumnChoice, words: str) -> None:
    with pytest.raises(Refused, match=words):
        check_choice(choice, tuple("abcdefghijk"), may_contact_again=False)


def test_a_name_without_an_address_reaches_nobody() -> None:
    with pytest.raises(Refused, match="name alone"):
        check_choice(ColumnChoice(texts=("a",), contact_name="b"), ("a", "b"), may_contact_again=True)


def test_one_column_may_be_both_the_id_and_the_person() -> None:
    check_choice(ColumnChoice(texts=("a",), id="b", person="b"), ("a", "b"), may_contact_again=False)


def test_choices_survive_being_stored() -> None:
    choice = ColumnChoice(texts=("a", "b"), id="c", age_band="d")
    assert ColumnChoice.from_json(choice.as_json()) == choice
    assert choice.facts == {"age_band": "d"}
    speakers = SpeakerChoice(pseudonyms=(("Jane", "P1"),), moderators=("Mo",))
    assert SpeakerChoice.from_json(speakers.as_json()) == speakers  # type: ignore[arg-type]


def test_a_header_is_known_again_only_when_it_is_the_same() -> None:
    assert hash_header(("a", "b")) == hash_header(("a", "b"))
    assert hash_header(("a", "b")) != hash_header(("ab",)) != hash_header(("b", "a"))


@given(st.text(), st.text(), st.integers(0, 10**9))
def test_keys_tell_places_apart_and_fit(external_id: str, column: str, place: int) -> None:
    assert len(make_id_key(external_id, column)) == 64
    assert len(make_file_key("f" * 64, place, column)) == 64
    assert make_file_key("f" * 64, place, column) < make_file_key("f" * 64, place + 1, column)


def test_only_the_moves_of_the_table_are_made() -> None:
    for state, allowed in ALLOWED_MOVES.items():
        for wanted in ALLOWED_MOVES:
            if wanted in allowed:
                check_move(state, wanted)
            else:
                with pytest.raises(Refused):
                    check_move(state, wanted)


def test_a_file_of_another_kind_an_empty_one_and_a_huge_one_are_refused() -> None:
    assert check_upload("a.CSV", 1) == "table"
    assert find_import_kind("talk.vtt") == "transcript"
    for name, size, words in (
        ("a.exe", 1, "Save it as one of"),
        ("a.csv", 0, "empty"),
        ("a.csv", 2**40, "200 MB"),
    ):
        with pytest.raises(Refused, match=words):
            check_upload(name, size)


def test_dates_questions_and_rates_are_checked() -> None:
    check_dates(TODAY, TODAY)
    with pytest.raises(Refused, match="cannot end before"):
        check_dates(TODAY, TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="day it starts"):
        check_dates(None, None)
    check_open(None)
    with pytest.raises(Refused, match="closed"):
        check_open(NOW)
    check_questions(["One?", "Two?"])
    for questions, words in (([], "at least one"), (["a", ""], "at least one"), (["a"] * 2, "the same"),
                             (list("abcdef"), "at most five")):  # fmt: skip
        with pytest.raises(Refused, match=words):
            check_questions(questions)
    check_rate(0)
    with pytest.raises(Refused, match="ten minutes"):
        check_rate(120)


def test_a_public_form_is_open_between_its_days_and_while_its_engagement_is() -> None:
    check_public_form_open(TODAY, None, None, TODAY)
    check_public_form_open(TODAY, TODAY, None, TODAY)
    with pytest.raises(Refused, match="come back on 22/11/2026"):
        check_public_form_open(TODAY, None, None, TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="closed"):
        check_public_form_open(TODAY, TODAY, None, TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="closed"):
        check_public_form_open(TODAY, None, NOW, TODAY)


def test_a_day_or_a_month_of_fifty_digits_is_no_date() -> None:
    for text in (f"31/{'4' * 50}/2026", f"{'4' * 50}/12/2026"):
        with pytest.raises(RowProblem, match="Write the date as"):
            read_date("when", text, "dmy")
