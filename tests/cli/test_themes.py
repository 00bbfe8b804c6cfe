"""The command line: a file in, three whole files out, and errors that say what to do."""

import csv
import json
import sys
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import click
import jsonschema
import openpyxl
import pytest
from click.testing import CliRunner, Result

from alongside.cli import main, output
from alongside.cli.main import group

ROWS = [
    ("a1", "I waited four hours to be seen", "P1", "North"),
    ("a2", "The waiting time was far too long", "P2", "North"),
    ("a3", "Waited weeks for my results", "P3", "South"),
    ("a4", "The nurses were kind and gentle", "P4", "North"),
    ("a5", "Kind staff, they cared for me 🙂", "P5", ""),
    ("a6", "Such kind and caring nurses", "P5", "South"),
    ("a7", "n/a", "P6", "South"),
    ("a8", "<script>alert('x')</script> long waiting, =1+1", "P7", "South"),
]
TALK = (
    "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Moderator>How was it?\n\n"
    "00:02.000 --> 00:04.000\n<v Asha>I waited for hours\n\n"
    "00:05.000 --> 00:06.000\n<v Ben>The wait was long\n"
)


def write_rows(path: Path, rows: Sequence[tuple[str, ...]] = ROWS, encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([("id", "text", "person", "ward"), *rows])
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, ["themes", *map(str, arguments)])


def check_document(document: Any) -> None:
    schema = json.loads(
        resources.files("alongside.content").joinpath("schemas/themes-1.json").read_text(encoding="utf-8")
    )
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)


def test_a_comments_file_becomes_a_report_and_two_data_files(tmp_path: Path) -> None:
    out = tmp_path / "out"

    result = run(
        write_rows(tmp_path / "c.csv"),
        "--text",
        "text",
        "--id",
        "id",
        "--person",
        "person",
        "--by",
        "ward",
        "--themes",
        "2",
        "--disclosure",
        "none",
        "--out",
        out,
    )

    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in out.iterdir()) == ["report.html", "themes.json", "voices.csv"]
    document = json.loads((out / "themes.json").read_text(encoding="utf-8"))
    check_document(document)
    assert document["counts"] == {"voices": 8, "placed": 7, "unplaced": 0, "blank": 1, "people": 7}
    words = {row[0]: row[1] for row in ROWS}
    for theme in document["themes"]:
        assert all(
            quote["text"] == words[quote["voice_id"]][quote["start"] : quote["end"]]
            for quote in theme["quotes"]
        )
    assert sum(cell["voices"] for cell in document["by"]) == 7
    assert "Not stated" in {cell["group"] for cell in document["by"]}
    with (out / "voices.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["voice_id"] for line in lines] == [row[0] for row in ROWS]
    assert {line["theme_id"] for line in lines if line["status"] == "placed"} == {
        t["id"] for t in document["themes"]
    }
    assert lines[6] == {"voice_id": "a7", "theme_id": "", "score": "", "status": "blank"}


def test_the_report_stands_alone_escapes_and_protects_small_groups(tmp_path: Path) -> None:
    out = tmp_path / "out"

    run(write_rows(tmp_path / "c.csv"), "--text", "text", "--id", "id", "--by", "ward", "--out", out)
    page = (out / "report.html").read_text(encoding="utf-8")

    assert "<script" not in page
    assert "src=" not in page
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in page
    assert "1 to 7" in page
    assert "proposed by the computer" in page


def test_without_id_rows_are_named_from_one_and_people_are_unknown(tmp_path: Path) -> None:
    result = run(write_rows(tmp_path / "c.csv"), "--text", "text", "--json")

    document = json.loads(result.stdout)
    check_document(document)
    assert {quote["voice_id"] for theme in document["themes"] for quote in theme["quotes"]} <= set("12345678")
    assert document["counts"]["people"] is None
    assert {theme["people"] for theme in document["themes"]} == {None}
    assert [path.name for path in tmp_path.iterdir()] == ["c.csv"]


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "c.csv")
    for name in ("one", "two", "two"):  # the third time over the files of the second
        assert run(path, "--text", "text", "--out", tmp_path / name).exit_code == 0

    for name in ("themes.json", "voices.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_groups_of_a_transcript_without_speakers_are_not_stated(tmp_path: Path) -> None:
    path = tmp_path / "a.vtt"
    path.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nI waited for hours\n", encoding="utf-8")

    document = json.loads(run(path, "--by", "Speaker", "--json").stdout)

    assert [cell["group"] for cell in document["by"]] == ["Not stated"]
    assert document["counts"]["people"] is None


def test_a_transcript_needs_no_column_and_moderators_are_not_counted(tmp_path: Path) -> None:
    path = tmp_path / "group.vtt"
    path.write_text(TALK, encoding="utf-8")

    result = run(path, "--by", "speaker", "--disclosure", "none", "--out", tmp_path / "out", "--json")

    document = json.loads(result.stdout)
    check_document(document)
    assert document["counts"] == {"voices": 2, "placed": 2, "unplaced": 0, "blank": 0, "people": 2}
    assert {cell["group"] for cell in document["by"]} == {"Asha", "Ben"}
    assert "1 turn of a moderator was kept out" in " ".join(document["deviations"])
    assert "Asha, turn 2" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_columns_named_for_a_transcript_are_left_aside_and_a_text_table_is_a_table(tmp_path: Path) -> None:
    talk, table = tmp_path / "group.vtt", tmp_path / "table.txt"
    talk.write_text(TALK, encoding="utf-8")
    table.write_text("id\ttext\n1\tI waited\n", encoding="utf-8")

    assert "left aside" in " ".join(json.loads(run(talk, "--text", "words", "--json").stdout)["deviations"])
    assert json.loads(run(table, "--text", "text", "--json").stdout)["source"]["kind"] == "csv"


def test_words_that_look_like_markup_are_only_words(tmp_path: Path) -> None:
    result = run(
        write_rows(tmp_path / "c.csv", [("1", "[/red] :smile:", "", "")]),
        "--text",
        "text",
        "--out",
        tmp_path / "o",
    )

    assert result.exit_code == 0
    assert "Traceback" not in result.output


def test_a_workbook_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in [("id", "text"), *[row[:2] for row in ROWS]]:
        book.active.append(row)
    book.save(tmp_path / "survey.xlsx")

    document = json.loads(run(tmp_path / "survey.xlsx", "--text", "text", "--id", "id", "--json").stdout)

    check_document(document)
    assert (document["source"]["kind"], document["source"]["sheet"]) == ("xlsx", "Sheet")


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        ("", ["--text", "text"], "empty"),
        ("id,text\n", ["--text", "text"], "no rows under the header"),
        ("id,text\n1,a\n", ["--text", "txt"], "Did you mean “text”"),
        ("id,text\n1,a\n", ["--text", "text", "--by", "ward"], "no column “ward”"),
        ("id,text\n1,a\n1,b\n", ["--text", "text", "--id", "id"], "Rows 1 and 2"),
        ("id,text\n,a\n", ["--text", "text", "--id", "id"], "the id is empty"),
    ],
)
def test_a_refused_file_ends_with_1_says_why_and_writes_nothing(
    tmp_path: Path, content: str, options: list[str], said: str
) -> None:
    path = tmp_path / "c.csv"
    path.write_text(content, encoding="utf-8")

    result = run(path, *options, "--out", tmp_path / "out")

    assert result.exit_code == 1
    assert said in result.stderr.replace("\n", " ")
    assert result.stdout == ""
    assert [left.name for left in tmp_path.iterdir()] == ["c.csv"]


@pytest.mark.parametrize("options", [[], ["--text", "text", "--themes", "0"], ["--text", "text", "--colour"]])
def test_a_command_not_understood_ends_with_2(tmp_path: Path, options: list[str]) -> None:
    result = run(write_rows(tmp_path / "c.csv"), *options)

    assert result.exit_code == 2
    assert "Usage" in result.stderr


def test_a_missing_file_ends_with_2_and_a_table_without_text_names_its_columns(tmp_path: Path) -> None:
    assert run(tmp_path / "none.csv").exit_code == 2
    assert "“id”, “text”" in run(write_rows(tmp_path / "c.csv")).stderr


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("Moderator: hello\n", [], "only moderators speak"),
        ("Moderator: hello\nP1: hi\n", ["--by", "ward"], "no column “ward”"),
    ],
)
def test_a_transcript_that_cannot_be_counted_is_refused(
    tmp_path: Path, text: str, options: list[str], said: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")

    result = run(path, *options, "--json")

    assert result.exit_code == 1
    assert said in result.stderr.replace("\n", " ")


def test_a_file_where_nobody_answered_is_still_a_report(tmp_path: Path) -> None:
    out = tmp_path / "out"

    result = run(
        write_rows(tmp_path / "c.csv", [("1", "", "", ""), ("2", "n/a", "", "")]),
        "--text",
        "text",
        "--out",
        out,
    )

    assert result.exit_code == 0
    assert "Nobody answered" in (out / "report.html").read_text(encoding="utf-8")


def test_exact_sizes_stand_in_the_report_only_under_a_banner_not_for_release(tmp_path: Path) -> None:
    out = tmp_path / "out"
    many = [(str(number), f"The wait was {number} hours long", f"P{number}", "N") for number in range(1, 22)]

    run(
        write_rows(tmp_path / "c.csv", many),
        "--text",
        "text",
        "--person",
        "person",
        "--themes",
        "1",
        "--disclosure",
        "none",
        "--out",
        out,
    )
    page = (out / "report.html").read_text(encoding="utf-8")

    assert "<b>21</b> voices" in page
    assert "from 21 people" in page
    assert "Not for release" in page
    assert "Not for release" in json.loads((out / "themes.json").read_text(encoding="utf-8"))["by_note"]
    assert "<svg" in page


def test_the_list_of_unplaced_voices_is_shown_with_its_length(tmp_path: Path) -> None:
    out = tmp_path / "out"
    rows = [(str(number), chr(0x4E00 + number), "", "") for number in range(220)]

    run(write_rows(tmp_path / "c.csv", rows), "--text", "text", "--out", out)

    assert "220 voices fit" in (out / "report.html").read_text(encoding="utf-8")


def test_deviations_are_listed(tmp_path: Path) -> None:
    path = write_rows(
        tmp_path / "c.csv", [*ROWS[:4], ROWS[0], ("z", "£5 for parking", "", "")], encoding="cp1252"
    )

    deviations = json.loads(run(path, "--text", "text", "--id", "id", "--json").stdout)["deviations"]

    assert "Windows-1252" in deviations[0]
    assert "1 row repeats an earlier id with the same words (row 5)" in " ".join(deviations)


def test_nothing_is_half_written_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_rows(tmp_path / "c.csv")
    out = tmp_path / "out"
    assert run(path, "--text", "text", "--out", out).exit_code == 0
    before = {left.name: left.read_bytes() for left in out.iterdir()}

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(output, "write_csv", fail)
    result = run(path, "--text", "text", "--themes", "1", "--out", out)

    assert result.exit_code == 1
    assert "No space left" in result.stderr
    assert {left.name: left.read_bytes() for left in out.iterdir()} == before
    assert sorted(left.name for left in tmp_path.iterdir()) == ["c.csv", "out"]


def test_without_out_the_folder_is_named_after_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    result = run(write_rows(tmp_path / "c.csv"), "--text", "text")

    assert (tmp_path / "c-themes" / "report.html").exists()
    assert "c-themes/report.html" in result.stdout
    assert "did not answer" in result.stdout


def test_help_teaches_with_an_example_and_loads_no_engine() -> None:
    overview = CliRunner().invoke(group, ["--help"])
    command = CliRunner().invoke(group, ["themes", "--help"])

    assert "Find the themes in what people said" in overview.stdout
    assert main.LazyGroup().list_commands(click.Context(group)) == list(main.COMMANDS)
    assert "alongside themes comments.csv --text comment" in command.stdout
    assert CliRunner().invoke(group, ["nonsense"]).exit_code == 2


def test_the_command_runs_from_its_entrance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["alongside", "--version"])

    with pytest.raises(SystemExit) as ended:
        main.main()
    assert ended.value.code == 0
