"""What the command writes may be handed on, unless somebody asked for exact counts and was told."""

import csv
import json
import random
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from alongside.cli.main import group
from alongside.cli.numbers import Numbers

WARDS = {"Ash": 40, "Birch": 21, "Cedar": 3}
SAYINGS = (
    "I waited for hours in the waiting room before anybody came",
    "The car park was full and the car parking cost far too much",
    "The food was cold again and the meals were late",
)


@pytest.fixture
def comments(tmp_path: Path) -> Path:
    chance = random.Random(7)
    path = tmp_path / "comments.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "text", "person", "ward"])
        for ward, people in WARDS.items():
            for number in range(people):
                words = f"{chance.choice(SAYINGS)}, visit {number}"
                rows.writerow([f"{ward}{number}", words, f"{ward}-{number}", ward])
    return path


def run(comments: Path, out: Path, *more: str) -> Result:
    columns = ["--text", "text", "--id", "id", "--person", "person", "--by", "ward"]
    return CliRunner().invoke(group, ["themes", str(comments), *columns, "--out", str(out), *more])


def counts_in(document: dict[str, Any]) -> list[object]:
    rows = [*document["themes"], *document["by"]]
    return [*document["counts"].values(), *(row[name] for row in rows for name in ("voices", "people"))]


def test_without_asking_no_small_number_and_no_exact_one_is_written(comments: Path, tmp_path: Path) -> None:
    result = run(comments, tmp_path / "out")

    document = json.loads((tmp_path / "out/themes.json").read_text(encoding="utf-8"))
    shown = counts_in(document)
    assert document["disclosure"] == "safe"
    assert "1 to 7" in shown
    assert all(count == "1 to 7" or count % 5 == 0 for count in shown)  # type: ignore[operator]
    page = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert "Not for release" not in page + result.stdout
    assert "64" not in result.stdout  # the number of people in the file


def test_exact_counts_are_for_the_team_and_every_output_says_so(comments: Path, tmp_path: Path) -> None:
    result = run(comments, tmp_path / "out", "--disclosure", "none")

    document = json.loads((tmp_path / "out/themes.json").read_text(encoding="utf-8"))
    page = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert document["counts"]["people"] == document["counts"]["voices"] == 64
    assert document["disclosure"] == "none"
    for words in (document["by_note"], page, result.stdout):
        assert "Not for release" in words
    assert page.index("Not for release") < page.index("<h1>")


def test_another_word_for_disclosure_is_refused_with_the_two_that_would_do(
    comments: Path, tmp_path: Path
) -> None:
    result = run(comments, tmp_path / "out", "--disclosure", "some")

    assert result.exit_code == 2
    assert "'safe', 'none'" in result.stderr


def test_rows_hold_no_group(comments: Path, tmp_path: Path) -> None:
    run(comments, tmp_path / "out")

    with (tmp_path / "out/voices.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == ["voice_id", "theme_id", "score", "status"]


@pytest.mark.parametrize(
    ("count", "total", "words"),
    [(0, 0, None), (5, 100, None), (20, 100, "20%"), (8, 8, "100%"), (9, 2_000, "under 1%")],
)
def test_a_share_tells_no_more_than_the_counts_as_shown(count: int, total: int, words: str | None) -> None:
    assert Numbers("safe").share(count, total) == words


def test_an_exact_share_is_of_the_exact_counts() -> None:
    assert Numbers("none").share(1, 3) == "33%"
    assert Numbers("none").share(0, 0) == "under 1%"
    assert Numbers("none").about(3) == "3"
