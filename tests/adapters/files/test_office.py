"""Spreadsheets and Word files: judged by their directory, opened in a bounded process."""

import datetime
import io
import json
import stat
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.adapters.files import (
    FileRefused,
    bounded,
    office,
    open_table,
    read_transcript,
    write_xlsx,
    writing,
)
from alongside.adapters.files.archives import check_archive
from alongside.adapters.files.limits import CELL_CHARACTERS, DOCX, XLSX, ArchiveLimits
from alongside.adapters.files.office import _bounded

ZEROS = b"0" * (2 * 2**20)


def workbook(folder: Path, rows: Sequence[Sequence[object]], *, first_empty: bool = False) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    if first_empty:
        sheet.title = "Cover"
        sheet = book.create_sheet("Answers")
    for row in rows:
        sheet.append(list(row))
    path = folder / "survey.xlsx"
    book.save(path)
    return path


def archive(folder: Path, parts: dict[str, bytes], name: str = "bomb.xlsx") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for part, content in parts.items():
            file.writestr(part, content)
    return path


def test_cells_are_read_as_a_reader_sees_them(tmp_path: Path) -> None:
    moment = datetime.datetime(2026, 5, 14, tzinfo=None)  # noqa: DTZ001 - a spreadsheet knows no zone
    path = workbook(
        tmp_path, [["id", "text", "on", "ok"], [1, "=1+1", moment, True], [2.5, "مرحبا 🙂", None, None]]
    )

    rows = [row.cells for row in open_table(path, path.name).rows()]

    assert rows == [("1", "=1+1", "2026-05-14", "TRUE"), ("2.5", "مرحبا 🙂", "", "")]


def test_an_empty_row_inside_the_table_is_an_empty_answer_and_below_it_nothing(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["text"], ["a"], [None], ["b"], [""], [None]])

    rows = list(open_table(path, path.name).rows())

    assert [(row.row, row.line, row.cells) for row in rows] == [(1, 2, ("a",)), (2, 3, ("",)), (3, 4, ("b",))]


def test_the_first_sheet_with_a_table_is_read_and_said(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["text"], ["a"]], first_empty=True)

    reader = open_table(path, path.name)

    assert reader.sheet == "Answers"
    assert "“Answers” was read" in reader.deviations[0]
    with pytest.raises(FileRefused, match=r"others are: “Cover”"):
        reader.column("comment")
    with pytest.raises(FileRefused, match="no sheet “Nope”"):
        open_table(path, path.name, sheet="Nope")


def test_a_sheet_with_too_many_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="1,200 columns"):
        open_table(workbook(tmp_path, [list(range(1, 1201))]), "survey.xlsx")


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"xl/workbook.xml": ZEROS}, "times its size"),
        ({f"xl/{number}.xml": b"" for number in range(1_001)}, "1,001 parts"),
        ({"../evil.xml": b"x", "xl/a": b""}, "outside the file"),
        ({"/etc/passwd": b"x", "xl/a": b""}, "outside the file"),
        ({"word/document.xml": b"x"}, "another kind of file"),
        ({"xl/workbook.xml": b"<nonsense"}, "damaged"),
    ],
)
def test_a_hostile_archive_is_refused(tmp_path: Path, parts: dict[str, bytes], said: str) -> None:
    with pytest.raises(FileRefused, match=said):
        open_table(archive(tmp_path, parts), "bomb.xlsx")


def test_an_archive_that_would_unpack_too_far_is_refused_unopened(tmp_path: Path) -> None:
    path = archive(tmp_path, {"word/document.xml": b"ab" * 2**20}, "bomb.docx")
    small = ArchiveLimits(10, 2**20, 10_000, 2**30, 5, 5)

    with pytest.raises(FileRefused, match="would unpack to 2 MiB"):
        check_archive(path, small, needs="word/")


def test_a_link_and_an_encrypted_part_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "link.xlsx"
    link = zipfile.ZipInfo("xl/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(link, "/etc/passwd")
    with pytest.raises(FileRefused, match="a link"):
        open_table(path, path.name)

    locked = archive(tmp_path, {"xl/workbook.xml": b"x"}, "locked.xlsx")
    content = bytearray(locked.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    locked.write_bytes(content)
    with pytest.raises(FileRefused, match="encrypted"):
        open_table(locked, locked.name)


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "empty"), (b"\xd0\xcf\x11\xe0old", "password"), (b"text", "damaged")]
)
def test_what_is_no_office_file_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)

    with pytest.raises(FileRefused, match=said):
        open_table(path, path.name)


def test_a_process_out_of_bounds_ends_in_a_plain_refusal(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["text"], *[[f"answer {number}"] for number in range(3_000)]])
    for limits in (
        ArchiveLimits(1_000, 2**30, 100, 2**40, 0, 60),  # no processor time at all
        ArchiveLimits(1_000, 2**30, 100, 2**40, 60, 0),  # silent for too long
    ):
        with pytest.raises(FileRefused, match="more time or memory"):
            list(_bounded("xlsx", path, limits))


def test_word_paragraphs_and_tables_become_turns_and_links_are_never_followed(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Facilitator: How was it?")
    document.add_paragraph("Mary: I waited")
    document.add_paragraph("three weeks")
    row = document.add_table(rows=1, cols=2).rows[0]
    row.cells[0].text, row.cells[1].text = "Joe", "Same here"
    document.part.relate_to("http://192.0.2.1/evil", "http://x/attachedTemplate", is_external=True)
    path = tmp_path / "group.docx"
    document.save(str(path))

    transcript = read_transcript(path, path.name)

    assert [(turn.speaker, turn.text, turn.is_moderator) for turn in transcript.turns] == [
        ("Facilitator", "How was it?", True),
        ("Mary", "I waited\nthree weeks", False),
        ("Joe", "Same here", False),
    ]
    assert all(transcript.text[turn.start : turn.end] == turn.text for turn in transcript.turns)


def test_a_word_bomb_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path, {"word/document.xml": b"<w>" + b" " * 60 * 2**20}, "bomb.docx")

    with pytest.raises(FileRefused, match="at most 50 MiB"):
        read_transcript(path, path.name)


def test_a_written_workbook_is_read_back_with_formulas_made_harmless(tmp_path: Path) -> None:
    file = io.BytesIO()
    write_xlsx(file, ["id", "text"], [[1, "=cmd|' /C calc'!A0"], [2, "fine\x0b"], [-3, None]])
    path = tmp_path / "out.xlsx"
    path.write_bytes(file.getvalue())

    rows = [row.cells for row in open_table(path, path.name).rows()]

    assert rows == [("1", "'=cmd|' /C calc'!A0"), ("2", "fine\ufffd"), ("-3", "")]


def test_a_full_sheet_is_not_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "XLSX_ROWS", 3)

    with pytest.raises(ValueError, match="write a CSV"):
        write_xlsx(io.BytesIO(), ["id"], [[1], [2], [3]])


def test_the_process_says_what_it_finds_and_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same reading as in the process, here without its bounds."""
    monkeypatch.setattr("resource.setrlimit", lambda *_: None)

    def lines(*arguments: object) -> list[list[object]]:
        bounded.main([*map(str, arguments), "1", "1"])
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    table = workbook(
        tmp_path, [["text", "on", "at"], [2.0, datetime.date(2026, 5, 14), datetime.time(9, 30)]]
    )
    assert lines("xlsx", table)[1:] == [
        ["row", 1, ["text", "on", "at"]],
        ["row", 2, ["2", "2026-05-14", "09:30:00"]],
        ["end"],
    ]

    document = docx.Document()
    document.add_paragraph("x" * (CELL_CHARACTERS + 1))
    document.save(str(tmp_path / "long.docx"))
    assert lines("docx", tmp_path / "long.docx")[0][2] == "one paragraph holds 1,048,577 characters"
    assert "damaged" in str(lines("docx", table)[0][2])

    monkeypatch.setattr(bounded, "_workbook", lambda *_: (_ for _ in ()).throw(MemoryError))
    assert "more memory" in str(lines("xlsx", table)[0][2])


def test_endless_formatting_below_a_table_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "EMPTY_ROWS", 3)
    path = workbook(tmp_path, [["text"], ["a"], [""], [""], [""], [""], ["b"]])

    with pytest.raises(FileRefused, match="3 empty rows follow"):
        list(open_table(path, path.name).rows())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300), name=st.sampled_from(["a.xlsx", "a.docx"]))
def test_any_bytes_pass_the_gate_or_are_refused(tmp_path: Path, content: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(FileRefused):
        check_archive(path, XLSX if name == "a.xlsx" else DOCX, needs="xl/")


def test_a_reader_of_a_sheet_tells_how_much_of_it_it_has_read(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["words"], *[[f"Row {number}"] for number in range(9)]])
    reader = open_table(path, path.name)
    shares = [reader.share_read for _row in reader.rows()]
    assert shares[-1] in (None, 1.0)
    assert shares == sorted(share or 0 for share in shares) or set(shares) == {None}
