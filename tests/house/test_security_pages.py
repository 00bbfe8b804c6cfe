"""The security checklist is whole, and every test and file it names is there."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs" / "security").glob("*.md"))
# Lines of levels 1 and 2 in each chapter of version 5.0.0.
LINES = {1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13,
         16: 16, 17: 7}  # fmt: skip
VERDICTS = {"met", "partly", "not", "not applicable"}
NODE = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
FILE = re.compile(r"`((?:alongside|docs|tests)/[\w/.-]+\.(?:py|md|yaml))`")


@dataclass(frozen=True)
class Line:
    """One line of the checklist."""

    number: str
    level: str
    short: str
    verdict: str
    where: str
    tests: str


def read_lines() -> list[Line]:
    rows = re.findall(r"^\| (\d+\.\d+\.\d+) \|(.*)\|$", (ROOT / "docs/security/asvs.md").read_text(), re.M)
    return [Line(number, *(cell.strip() for cell in rest.split("|"))) for number, rest in rows]


def test_every_line_of_levels_one_and_two_is_there_once() -> None:
    lines = read_lines()

    assert Counter(int(line.number.split(".")[0]) for line in lines) == LINES
    assert Counter(line.level for line in lines) == {"1": 70, "2": 183}
    assert len({line.number for line in lines}) == 253


def test_every_line_says_how_it_stands() -> None:
    assert {line.verdict for line in read_lines()} == VERDICTS
    silent = [line.number for line in read_lines() if not line.where or not line.short]

    assert silent == []


def test_the_count_at_the_top_is_right() -> None:
    count = Counter(line.verdict for line in read_lines())
    words = (
        f"{count['met']} met, {count['partly']} partly met, {count['not']} not met, "
        f"{count['not applicable']} not applicable"
    )
    assert words in (ROOT / "docs/security/asvs.md").read_text()


def test_every_test_that_is_named_is_there() -> None:
    gone = []
    for page in PAGES:
        for path, name in NODE.findall(page.read_text()):
            file = ROOT / path
            if not file.exists() or (name and f"def {name}(" not in file.read_text()):
                gone.append(f"{page.name}: {path}::{name}")

    assert gone == []


def test_every_file_that_is_named_is_there() -> None:
    named = {(page.name, path) for page in PAGES for path in FILE.findall(page.read_text())}

    assert [one for one in sorted(named) if not (ROOT / one[1]).exists()] == []


def test_pages_lead_to_each_other_and_nowhere_that_is_not_there() -> None:
    links = [
        (page.name, link)
        for page in PAGES
        for link in re.findall(r"\]\(([^)#]+)", page.read_text())
        if not link.startswith("http") and not (page.parent / link).exists()
    ]
    assert links == []
