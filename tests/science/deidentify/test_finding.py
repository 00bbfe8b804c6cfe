"""What is found, how certain, and why; and the floors under what was measured."""

import pytest

from alongside.science.deidentify import Finder, deidentify
from alongside.science.deidentify.numbers import has_right_check_digit
from benchmarks.deidentify import NOT_PROMISED, Scores, main, read_sentences, score

FINDER = Finder(["Ruth Adams", "Bev", "Hope"])

# What must be covered in every half, by class: the share, a little below what was measured.
FLOORS = {
    "nhs_number": 0.95, "phone": 0.95, "email": 0.85, "postcode": 0.95, "ni_number": 0.95, "date_of_birth": 0.95,
    "titled_name": 0.95, "own_name": 0.9, "staff_name": 0.9, "address": 0.9, "web_address": 0.9, "handle": 0.9,
    "record_number": 0.9,
}  # fmt: skip


def found(text: str, **more: object) -> list[tuple[str, str, str]]:
    return [
        (text[span.start : span.end], span.kind, span.certainty)
        for span in deidentify(text, FINDER, **more)[0]  # type: ignore[arg-type]
    ]


@pytest.fixture(scope="module")
def halves() -> tuple[Scores, Scores]:
    sentences = read_sentences()
    return (
        score([one for one in sentences if not one.is_held_out]),
        score([one for one in sentences if one.is_held_out]),
    )


def test_there_are_enough_sentences_and_both_halves_are_large() -> None:
    sentences = read_sentences()
    assert len(sentences) >= 400
    assert 180 < sum(one.is_held_out for one in sentences) < len(sentences) - 180


@pytest.mark.parametrize("kind", sorted(FLOORS))
def test_recall_stays_above_its_floor_in_both_halves(kind: str, halves: tuple[Scores, Scores]) -> None:
    for half in halves:
        assert half.of(kind).labelled
        assert half.of(kind).recall >= FLOORS[kind]


def test_precision_stays_above_its_floor_in_both_halves(halves: tuple[Scores, Scores]) -> None:
    for half in halves:
        assert half.total().precision >= 0.95
        assert half.of("staff_name").right_class / half.of("staff_name").labelled >= 0.8


def test_names_without_a_title_are_not_promised_and_the_figure_says_so(halves: tuple[Scores, Scores]) -> None:
    assert all(half.of(NOT_PROMISED).recall < 0.5 for half in halves)


def test_the_benchmark_prints_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no-such-file"]) == 0
    assert main(["--misses"]) == 0
    printed = capsys.readouterr().out
    assert "Held-out half" in printed
    assert "SKIPPED: no real comments" in printed


def test_check_digits_are_those_of_the_nhs() -> None:
    assert has_right_check_digit("9990173915")
    assert not has_right_check_digit("9990173914")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NHS number 999 017 3915", [("999 017 3915", "nhs_number", "sure")]),
        ("NHS number 999 017 3914", [("999 017 3914", "nhs_number", "doubtful")]),
        ("It said 999 017 3915.", [("999 017 3915", "nhs_number", "doubtful")]),
        ("It said 999 017 3914.", []),
        ("call 7700 900123", [("7700 900123", "phone", "doubtful")]),
        ("it was 7700 900123 units", []),
        ("0 1 2 3 4 5 6 7 8 9", []),
        ("ring 0 1 6 3 2 9 6 0 0 0 1", [("0 1 6 3 2 9 6 0 0 0 1", "phone", "sure")]),
        ("on 01/02/2023 10:30", []),
        ("01-02-2023 4567 8", []),
        ("it is 04700 900123 somehow", []),
        ("44 20 7946 0018", [("44 20 7946 0018", "phone", "sure")]),
        ("+1 202 555 0143", [("+1 202 555 0143", "phone", "sure")]),
        ("+5 0 0 0 0 0 0 0 0", []),
        ("ring me, one two three four five six seven", [("one two three four five six seven", "phone", "doubtful")]),
        ("one two three four five six seven", []),
        ("ab 12 34 56 c, he said", [("ab 12 34 56 c", "ni_number", "doubtful")]),
        ("ab 12 34 56, he said", []),
        ("GB 12 34 56 C", []),
        ("see B4 3rd floor", []),
        ("ref no AB12345", [("AB12345", "record_number", "doubtful")]),
        ("born 3/4/1960, off 5/6/2020", [("3/4/1960", "date_of_birth", "sure")]),
        ("dob 1954", [("1954", "date_of_birth", "doubtful")]),
        ("jane@gmail maybe", [("jane@gmail", "email", "doubtful")]),
        ("@ 3pm", []),
        ("look at example dot thing", []),
        ("ann at work.com", [("ann at work.com", "email", "doubtful")]),
        ("www.nhs.uk/help and www.a.example", [("www.a.example", "web_address", "sure")]),
        ("twitter name: gwyn", [("gwyn", "handle", "doubtful")]),
        ("facebook is great", []),
        ("wait @home", []),
        ("5 Plover Way", [("5 Plover Way", "address", "doubtful")]),
    ],
)  # fmt: skip
def test_numbers_and_addresses(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr Will be late", [("Will", "staff_name", "doubtful")]),
        ("MS KHAN WAS THERE", [("KHAN", "titled_name", "sure")]),
        ("I have MS Khan said", []),
        ("dr van dyke came", [("van dyke", "staff_name", "sure")]),
        ("dr van was late", []),
        ("dr sarah jones rang", [("sarah jones", "staff_name", "sure")]),
        ("nurse sarah jones rang", [("sarah", "staff_name", "sure")]),
        ("dr foo bar", [("foo", "staff_name", "doubtful")]),
        ("Drs Foo and Baz", [("Foo", "staff_name", "sure"), ("Baz", "staff_name", "sure")]),
        ("Dr Foo and Leeds", [("Foo", "staff_name", "sure")]),
        ("the physio, Foo, came", []),
        ("my mum ALS", []),
        ("my mum Zyx", [("Zyx", "own_name", "doubtful")]),
        ("my mum, April was awful", []),
        ("my sister Jane came", [("Jane", "own_name", "sure")]),
        ("Sir Robert Ward was full", []),
        ("The May Physio came", []),
        ("Will the nurse come", []),
        ("my name: Zed", [("Zed", "own_name", "sure")]),
        ("my name zed", []),
        ("the name is Zed", []),
        ("Dr K", [("K", "staff_name", "sure")]),
        ("Dr K2", []),
        ("Dr", []),
        ("nurse", []),
        ("Dr .", []),
        ("receptionist -", []),
        ("my dad", []),
        ("GRACE THE NURSE WAS KIND", []),
        ("I'm Grace, and ill", []),
        ("I'm Grace Okoro, and ill", [("Grace Okoro", "own_name", "sure")]),
        ("my name is", []),
        ("I am", []),
        ("Regards,", []),
        ("hope helped, Hope helped", [("Hope", "staff_name", "doubtful")]),
        ("Adams helped and adams too", [("Adams", "staff_name", "doubtful")]),
    ],
)  # fmt: skip
def test_names(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


def test_names_known_beforehand_are_covered_whole_and_in_parts() -> None:
    assert found("ann bello wrote; Bello again, bello not.", known_names=["Ann Bello", "7"]) == [
        ("ann bello", "own_name", "sure"),
        ("Bello", "own_name", "sure"),
    ]


def test_small_letters_are_guessed_only_in_english() -> None:
    assert found("dr wedi mynd", language="cy") == []
    assert found("dr smythe zqr", language="en") == [("smythe", "staff_name", "doubtful")]


def test_overlaps_take_the_class_of_the_longest_and_are_sure_where_one_is() -> None:
    ((words, _kind, certainty),) = found("nhs number 01632 960001 is wrong")
    assert words == "01632 960001"
    assert certainty == "sure"
