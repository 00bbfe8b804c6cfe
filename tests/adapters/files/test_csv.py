"""CSV as spreadsheets write it, and as nobody should."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.adapters.files import FileRefused, open_table, write_csv
from alongside.adapters.files.delimited import LINE_CHARACTERS

ENCODABLE = st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00")
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def save(folder: Path, content: bytes, name: str = "comments.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def read(path: Path) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    reader = open_table(path, path.name)
    return reader.columns, [row.cells for row in reader.rows()]


def refusal(path: Path) -> str:
    with pytest.raises(FileRefused) as refused:
        read(path)
    return str(refused.value)


def test_rows_are_numbered_from_one_and_know_their_line(tmp_path: Path) -> None:
    reader = open_table(save(tmp_path, b'id,text\n1,"two\nlines"\n\n2,next\n'), "comments.csv")

    rows = list(reader.rows())

    assert [(row.row, row.line) for row in rows] == [(1, 2), (2, 5)]
    assert rows[0].cells == ("1", "two\nlines")


@pytest.mark.parametrize(
    ("encoding", "noted"), [("utf-8", ""), ("utf-8-sig", ""), ("cp1252", "Windows-1252")]
)
def test_the_three_encodings_read_the_same(tmp_path: Path, encoding: str, noted: str) -> None:
    reader = open_table(save(tmp_path, "text\ncafé, naïve £5\n".replace(",", ";").encode(encoding)), "a.csv")

    assert [row.cells[0] for row in reader.rows()] == ["café; naïve £5"] or reader.delimiter == ";"
    assert reader.encoding == encoding
    assert noted in " ".join(reader.deviations)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_separator_is_found(tmp_path: Path, delimiter: str) -> None:
    path = save(
        tmp_path, delimiter.join(["id", "text"]).encode() + b"\n" + delimiter.join(["1", "a"]).encode()
    )

    assert read(path) == (("id", "text"), [("1", "a")])


def test_a_comma_inside_words_does_not_hide_the_semicolons(tmp_path: Path) -> None:
    path = save(tmp_path, b"id;text, in full\n1;one, two, three\n2;four\n")

    assert read(path)[0] == ("id", "text, in full")


def test_right_to_left_emoji_markup_and_formulas_come_through_unchanged(tmp_path: Path) -> None:
    words = ["شكرا جزيلا", "👩🏽‍⚕️ thanks", "<script>alert(1)</script>", "=HYPERLINK(1)", "  spaced  "]
    file = io.StringIO()
    csv.writer(file).writerows([["id", "text"], *[[str(n), word] for n, word in enumerate(words)]])

    _, rows = read(save(tmp_path, file.getvalue().encode()))

    assert [row[1] for row in rows] == words


def test_the_rows_can_be_read_again(tmp_path: Path) -> None:
    reader = open_table(save(tmp_path, b"text\na\nb\n"), "a.csv")

    assert list(reader.rows()) == list(reader.rows())


def test_a_short_row_is_filled_and_noted(tmp_path: Path) -> None:
    reader = open_table(save(tmp_path, b"id,text\n1\n"), "a.csv")

    assert [row.cells for row in reader.rows()] == [("1", "")]
    assert "shorter than the header" in reader.deviations[0]


def test_empty_cells_beyond_the_header_are_dropped(tmp_path: Path) -> None:
    assert read(save(tmp_path, b"id,text,\n1,a,,\n")) == (("id", "text"), [("1", "a")])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", ["empty", "header row"]),
        (b"\n\n", ["no header"]),
        (b",,\n1,2,3", ["no header"]),
        (b"id,id\n1,2", ["columns 1 and 2", "“id”"]),
        (b"id,,text\n1,2,3", ["column 2", "name of this column is empty"]),
        (b'id,text\n1,"open', ["Line 2", "never closed"]),
        (b'id,text\n1,"a"b', ["Line 2", "after its closing quote"]),
        (b"id,text\n1,a,b", ["Row 1 (line 2)", "3 cells", "has 2"]),
        (b"id,text\n1,\x00", ["Byte 11", "NUL"]),
        ("id,text\n1,a".encode("utf-16"), ["UTF-16", "UTF-8"]),
        (b"PK\x03\x04rest", ["zip or Office"]),
        (b"%PDF-1.7", ["PDF"]),
        (b"\xd0\xcf\x11\xe0\xa1", ["before 2007"]),
        (b"id,text\n1,\x81\x20", ["Byte 11", "0x81", "Windows-1252"]),
        ("é,ü,ö\n".encode() + b"1,2,\xe9", ["Byte 14", "0xE9", "though the rest"]),
    ],
)
def test_a_bad_file_is_refused_with_its_place_and_a_cure(
    tmp_path: Path, content: bytes, said: list[str]
) -> None:
    message = refusal(save(tmp_path, content))

    for words in said:
        assert words in message


def test_ten_megabytes_in_one_cell_are_refused_by_row_and_column(tmp_path: Path) -> None:
    path = save(tmp_path, b"id,text\n1,ok\n2," + b"x" * 10_000_000 + b"\n")

    with pytest.raises(FileRefused) as refused:
        read(path)

    assert (refused.value.problem.row, refused.value.problem.column) == (2, "text")
    assert "10,000,000 characters" in str(refused.value)


def test_a_line_without_end_is_never_held_whole(tmp_path: Path) -> None:
    assert "longer than" in refusal(save(tmp_path, b"text\n" + b"x" * (LINE_CHARACTERS + 10)))


def test_fifty_thousand_columns_are_refused(tmp_path: Path) -> None:
    assert "50,000 columns" in refusal(save(tmp_path, ",".join(map(str, range(50_000))).encode()))


def test_a_missing_column_names_the_nearest_and_all_there_are(tmp_path: Path) -> None:
    reader = open_table(save(tmp_path, b"Comment ID,Free text\n1,a"), "a.csv")

    with pytest.raises(FileRefused, match=r"Did you mean “Free text”.*“Comment ID”, “Free text”"):
        reader.column("freetext")
    assert reader.column("free TEXT") == 1


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r"Accepted endings: \.csv"):
        open_table(save(tmp_path, b"x", "notes.pages"), "notes.pages")


def test_a_named_encoding_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path, b"text\n\xe9\n")

    with pytest.raises(FileRefused, match="not UTF-8"):
        open_table(path, "a.csv", encoding="utf-8")


@QUIET
@given(content=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_and_nothing_else(tmp_path: Path, content: bytes) -> None:
    try:
        read(save(tmp_path, content))
    except FileRefused as refused:
        cure = refused.problem.cure
    else:
        cure = "none needed"
    assert cure


@QUIET
@given(
    rows=st.lists(
        st.tuples(st.text(ENCODABLE, min_size=1, max_size=20), st.text(ENCODABLE, max_size=40)), max_size=8
    )
)
def test_what_is_written_is_read_back(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    path = tmp_path / "round.csv"
    with path.open("wb") as file:
        write_csv(file, ["id", "text"], rows)

    _, back = read(path)

    def guarded(cell: str) -> str:
        starts = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
        return f"'{cell}" if cell.startswith(starts) else cell

    assert back == [(guarded(first), guarded(second)) for first, second in rows]


def test_a_reader_tells_how_much_of_the_file_it_has_read(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("words\n" + "The bus never came.\n" * 5_000, encoding="utf-8")
    reader = open_table(path, "long.csv")
    shares = [reader.share_read for _row in reader.rows()]
    assert shares == sorted(share for share in shares if share is not None)
    assert shares[0] == 0
    assert 0.3 < (shares[2_500] or 0) < 0.7
    assert (shares[-1] or 0) > 0.95
